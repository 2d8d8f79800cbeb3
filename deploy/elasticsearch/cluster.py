"""One cluster on this machine: its folder, its nodes and how to reach them.

<folder>/cluster.json       how it was started, for a later start, stop or status
<folder>/lock               held while it is being started or stopped
<folder>/node-1/            config, data, logs and tmp of a node, and its process number
<folder>/access/            with --secure: the certificate and the password
"""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from distribution import Refusal, home

ADDRESS = "127.0.0.1"
USER = "lessenbank"
# A node's own traffic runs this far above its HTTP port: 9200 and 9300, as is the custom.
TRANSPORT_DISTANCE = 100
ANSWER_SECONDS = 10


@dataclass(frozen=True)
class Options:
    """How a cluster is started."""

    port: int
    nodes: int
    heap: str
    quick: bool
    secure: bool

    def __str__(self) -> str:
        flags = "".join(f" --{name}" for name in ("quick", "secure") if getattr(self, name))
        return f"--port {self.port} --nodes {self.nodes} --heap {self.heap}{flags}"


@dataclass(frozen=True)
class Node:
    """One server of a cluster; its process may or may not run."""

    name: str
    folder: Path
    http_port: int

    @property
    def transport_port(self) -> int:
        """The port on which the nodes speak to each other."""
        return self.http_port + TRANSPORT_DISTANCE

    @property
    def mark(self) -> str:
        """An argument of the server's process by which it is recognised."""
        return f"-Dlessenbank.node={self.folder}"

    @property
    def pid_file(self) -> Path:
        """The file in which the server writes its process number."""
        return self.folder / "elasticsearch.pid"

    @property
    def log(self) -> Path:
        """What the server said while starting."""
        return self.folder / "logs" / "start.log"

    def pid(self) -> int | None:
        """Return the process number when the server runs; None when it does not."""
        try:
            pid = int(self.pid_file.read_text())
        except (OSError, ValueError):
            return None
        return pid if self.is_process(pid) else None

    def is_process(self, pid: int) -> bool:
        """Whether a process is this server; the number may belong to another program by now."""
        return self.mark in _arguments(pid)


@dataclass(frozen=True)
class Cluster:
    """A folder with the options a cluster was started with."""

    folder: Path
    options: Options

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes, also those that do not run."""
        return tuple(
            Node(f"node-{number}", self.folder / f"node-{number}", self.options.port + number - 1)
            for number in range(1, self.options.nodes + 1)
        )

    @property
    def certificate(self) -> Path:
        """The certificate to trust, with --secure."""
        return self.folder / "access" / "ca.pem"

    @property
    def password_file(self) -> Path:
        """The password of ``USER``, with --secure."""
        return self.folder / "access" / "password"

    def address(self, node: Node) -> str:
        """Return where a node answers."""
        return f"{'https' if self.options.secure else 'http'}://{ADDRESS}:{node.http_port}"

    def running(self) -> tuple[Node, ...]:
        """Return the nodes whose process runs."""
        return tuple(node for node in self.nodes if node.pid() is not None)

    def ask(self, path: str, seconds: float = ANSWER_SECONDS) -> dict[str, Any] | None:
        """Return what the first running node answers; None when none gives a usable answer."""
        for node in self.running():
            request = urllib.request.Request(self.address(node) + path)  # noqa: S310 - loopback
            trusted = None
            if self.options.secure:
                login = f"{USER}:{self.password_file.read_text().strip()}".encode()
                request.add_header("Authorization", f"Basic {base64.b64encode(login).decode()}")
                trusted = ssl.create_default_context(cafile=str(self.certificate))
            # No proxy: the machine's setting for it is not about the machine itself.
            opener = urllib.request.build_opener(
                urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusted)
            )
            try:
                with opener.open(request, timeout=seconds) as answer:
                    result: dict[str, Any] = json.load(answer)
                    return result
            except (OSError, urllib.error.URLError, ValueError):
                continue
        return None

    def save(self) -> None:
        """Note the options in the folder."""
        text = json.dumps(asdict(self.options), indent=2)
        (self.folder / "cluster.json").write_text(f"{text}\n")


def folder_for(port: int, data: Path | None) -> Path:
    """Return the folder of the cluster on a port, or the one that was asked for."""
    return data.absolute() if data else home() / "clusters" / str(port)


def saved(folder: Path) -> Cluster | None:
    """Return the cluster that was started in a folder; None when there was none."""
    try:
        return Cluster(folder, Options(**json.loads((folder / "cluster.json").read_text())))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise Refusal(
            f"{folder / 'cluster.json'} is niet te lezen ({error}); verwijder de map {folder}."
        ) from error


def memory(pid: int) -> int:
    """Return the megabytes that a process holds in memory; 0 when that cannot be told."""
    found = _ask_ps(pid, "rss")
    return int(found) // 1024 if found.isdecimal() else 0


def _arguments(pid: int) -> str:
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            return ""
    return _ask_ps(pid, "args")


def _ask_ps(pid: int, column: str) -> str:
    """Return what ``ps`` says of a process; nothing where there is no such program."""
    command = ["ps", "-ww", "-o", f"{column}=", "-p", str(pid)]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""
