"""Starting and stopping the nodes of a cluster."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import configuration
from cluster import ADDRESS, Cluster, Node, saved
from distribution import Refusal, java, locked, make_folder, say, server

PAUSE_SECONDS = 0.25
STOP_SECONDS = 60
LOG_LINES = 15
# What the vendor's own start script gives to the program that starts the server.
_LAUNCHER_OPTIONS = ("-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-Dcli.name=server")
_LAUNCHER = "org.elasticsearch.launcher.CliToolLauncher"


def start(cluster: Cluster, analysis: Path | None, seconds: int) -> None:
    """Start the nodes that do not run yet and return once the cluster answers healthily.

    Raises ``Refusal`` when that is not so in time, and then leaves none of the nodes behind
    that it started itself.
    """
    program, home = java(), server()
    if saved(cluster.folder) is None:
        _require_free_ports(cluster.nodes)
    make_folder(cluster.folder)
    for place in (cluster.folder, home, program.parent):
        configuration.require_within_reach(place)
    with locked(cluster.folder / "lock"):
        _require_same(cluster)
        absent = [node for node in cluster.nodes if node.pid() is None]
        _require_free_ports(absent)
        for node in absent:
            configuration.write(cluster, node, home, program)
        if analysis:
            configuration.copy_analysis(cluster, analysis)
        cluster.save()
        deadline = time.monotonic() + seconds
        try:
            _launch(absent, home, program, deadline)
            _wait_until_healthy(cluster, deadline)
        except BaseException:
            _end(absent)
            raise


def stop(folder: Path, *, remove: bool) -> None:
    """Stop the nodes of the cluster in a folder; do nothing when none runs.

    ``remove`` takes away all that the cluster kept, and nothing else that is in the folder.
    """
    cluster = saved(folder)
    if cluster is None:
        say(f"Elasticsearch: in {folder} is geen cluster.")
        return
    with locked(folder / "lock"):
        if not _end(cluster.nodes):
            say("Elasticsearch: draaide niet.")
        if remove:
            for node in cluster.nodes:
                shutil.rmtree(node.folder, ignore_errors=True)
            shutil.rmtree(cluster.password_file.parent, ignore_errors=True)
            (folder / "cluster.json").unlink(missing_ok=True)
            (folder / "lock").unlink()
    if remove and not any(folder.iterdir()):
        folder.rmdir()


def _require_same(cluster: Cluster) -> None:
    """Raise ``Refusal`` when the folder holds a cluster that these options do not fit."""
    before = saved(cluster.folder)
    if before is None:
        return
    if before.running() and before.options != cluster.options:
        raise Refusal(
            f"De cluster in {cluster.folder} draait al, met {before.options}; stop die eerst "
            "of start met dezelfde opties."
        )
    if before.options.nodes != cluster.options.nodes:
        raise Refusal(
            f"De gegevens in {cluster.folder} zijn van een cluster met aantal nodes "
            f"{before.options.nodes}; verwijder ze met stop --remove of kies een andere poort."
        )


def _require_free_ports(nodes: Iterable[Node]) -> None:
    for port in (port for node in nodes for port in (node.http_port, node.transport_port)):
        with socket.socket() as probe:
            # Without this a port that was just left counts as taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, port))
            except OSError as error:
                raise Refusal(
                    f"Poort {port} is niet te openen ({error.strerror}); kies een andere met "
                    "--port."
                ) from error


def _launch(nodes: list[Node], home: Path, program: Path, deadline: float) -> None:
    """Start servers side by side; each launcher ends when its server is up, or with its error."""
    launchers = {node: _launcher(node, home, program) for node in nodes}
    try:
        for node, launcher in launchers.items():
            _require_started(node, launcher, deadline)
    finally:
        for launcher in launchers.values():
            # A server whose launcher goes before it is up goes too.
            launcher.kill()
            launcher.wait()


def _require_started(node: Node, launcher: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        status = launcher.wait(max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired:
        raise Refusal(
            f"{node.name} was niet op tijd gestart; geef meer tijd met --timeout, of kijk in "
            f"{node.log}."
        ) from None
    if status != 0:
        say("\n".join(node.log.read_text(errors="replace").splitlines()[-LOG_LINES:]))
        raise Refusal(
            f"{node.name} is niet gestart; de laatste regels staan hierboven en alles staat "
            f"in {node.log}."
        )


def _launcher(node: Node, home: Path, program: Path) -> subprocess.Popen[bytes]:
    """Start what the vendor's ``bin/elasticsearch`` starts; the distribution here lacks it."""
    node.pid_file.unlink(missing_ok=True)
    command = [str(program), *_LAUNCHER_OPTIONS, f"-Dcli.script={home}/bin/elasticsearch"]
    command += ["-Dcli.libs=lib/tools/server-cli", f"-Des.path.home={home}"]
    command += [f"-Des.path.conf={node.folder / 'config'}", "-Des.distribution.type=tar"]
    command += ["-Des.java.type=ES_JAVA_HOME", "-cp", f"{home}/lib/*:{home}/lib/cli-launcher/*"]
    command += [_LAUNCHER, "--daemonize", "--pidfile", str(node.pid_file)]
    with node.log.open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=home,
            # Nothing of the caller's environment can change how the server starts.
            env={
                "PATH": os.defpath,
                "HOME": str(node.folder),
                "ES_TMPDIR": str(node.folder / "tmp"),
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C at the terminal is not for the server.
            start_new_session=True,
            **configuration.as_owner(),
        )


def _wait_until_healthy(cluster: Cluster, deadline: float) -> None:
    wanted = f"wait_for_status=yellow&wait_for_nodes={cluster.options.nodes}&timeout=5s"
    while time.monotonic() < deadline:
        health = cluster.ask(f"/_cluster/health?{wanted}")
        if health and not health["timed_out"]:
            return
        time.sleep(PAUSE_SECONDS)
    raise Refusal(f"De cluster werd niet op tijd gezond; kijk in {cluster.folder}/node-*/logs.")


def _end(nodes: Iterable[Node]) -> bool:
    """End the servers, in good order or else hard; return whether there was one."""
    alive = {node: pid for node in nodes if (pid := node.pid()) is not None}
    for pid in alive.values():
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    left = list(alive)
    while left and time.monotonic() < deadline:
        time.sleep(PAUSE_SECONDS)
        # The process number's file goes a moment before the process does.
        left = [node for node in left if node.is_process(alive[node])]
    for node in left:
        say(f"Elasticsearch: {node.name} stopte niet binnen {STOP_SECONDS} s en is afgebroken.")
        os.kill(alive[node], signal.SIGKILL)
    return bool(alive)
