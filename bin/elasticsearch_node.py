"""A real Elasticsearch for one test run, made ready while other tests run."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

COMMAND = Path(__file__).parents[1] / "deploy" / "elasticsearch" / "node.py"
PACKAGES = {"java": "default-jre-headless", "mvn": "maven"}
# A node speaks to others on a port that lies so much higher.
OTHER_PORT = 100


class Missing(Exception):
    """There is no Elasticsearch to be had; the message says why and what would help."""


@contextmanager
def starting(install: Callable[[str], bool]) -> Iterator[Callable[[], str]]:
    """Start a node; the value waits until it answers and returns its address, or raises.

    ``install`` gets a package of Debian that is missing. The node is gone afterwards.
    """
    for program, package in PACKAGES.items():
        if not shutil.which(program):
            install(package)
    port = _free_port()
    with tempfile.TemporaryFile("w+") as said:
        process = _node("start", "--port", port, "--quick", "--heap", "256m", told=said)

        def address() -> str:
            told, _ = process.communicate()
            if process.returncode == 0:
                return told.strip()
            said.seek(0)
            raise Missing((said.read().strip().splitlines() or ["onbekende oorzaak"])[-1])

        try:
            yield address
        finally:
            process.terminate()
            process.wait()
            _node("stop", "--port", port, "--remove", told=said).communicate()


def _node(*arguments: object, told: TextIO) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=told,
        text=True,
    )


def _free_port() -> int:
    while True:
        with ExitStack() as stack:
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            other = stack.enter_context(socket.socket())
            try:
                other.bind(("127.0.0.1", port + OTHER_PORT))
            except (OSError, OverflowError):
                continue
            if port < 65_000:
                return port
