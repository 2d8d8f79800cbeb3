"""Servers of the bench, and what they take of the machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes until now."""
        return sum(_cpu_seconds(pid) for pid in self._pids())

    def memory(self) -> float:
        """Return the MB of its processes, what they share counted once."""
        return sum(_memory(pid) for pid in self._pids())

    def _pids(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        return found


@contextmanager
def lessenbank(environment: dict[str, str]) -> Iterator[Server]:
    """Serve Lessenbank as ``make run`` does, without its worker."""
    with _running("cms.running.server", "127.0.0.1", environment=environment) as server:
        yield server


@contextmanager
def plain_grapple(environment: dict[str, str]) -> Iterator[Server]:
    """Serve the reference."""
    with _running("tests.bench.plain_grapple.serving", environment=environment) as server:
        yield server


@contextmanager
def _running(module: str, *arguments: str, environment: dict[str, str]) -> Iterator[Server]:
    port = _free_port()
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments, str(port)],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
    ) as process:
        try:
            # Lessenbank's server waits for a line before it listens.
            assert process.stdin is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
            _wait(process, port)
            yield Server(process, port)
        finally:
            process.send_signal(signal.SIGTERM)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server of the bench does not answer.")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
