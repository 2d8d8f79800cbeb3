"""A real PostgreSQL for one test run: its own folder, its own port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

NAME = "lessenbank"
READY_SECONDS = 30.0
# Nothing here has to survive a power cut.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def programs() -> Path | None:
    """Return the folder with initdb and postgres, also where Debian hides it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    hidden = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return hidden[-1].parent if hidden else None


@contextmanager
def running(folder_of_programs: Path) -> Iterator[str]:
    """Start a server and yield the address of its empty database."""
    # PostgreSQL refuses to run as root; its package makes the user for it.
    identity: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="lessenbank-postgresql-") as name:
        data = Path(name)
        if identity:
            shutil.chown(data, "postgres")
        subprocess.run(
            [folder_of_programs / "initdb", "-D", data, "-U", NAME, "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=data, **identity,
        )  # fmt: skip
        port = _free_port()
        options = [
            "-p",
            str(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={data}",
        ]
        for setting in FAST:
            options += ["-c", setting]
        with (data / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [folder_of_programs / "postgres", "-D", data, *options],
                stdout=log, stderr=log, cwd=data, **identity,
            )  # fmt: skip
        try:
            _make_database(port, server, data / "server.log")
            yield f"postgres://{NAME}@127.0.0.1:{port}/{NAME}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(READY_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def _make_database(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            with closing(
                psycopg.connect(
                    host="127.0.0.1", port=port, user=NAME, dbname="postgres", autocommit=True
                )
            ) as connection:
                connection.execute(f'CREATE DATABASE "{NAME}"')
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.1)
