"""One process that keeps the server and the worker together.

The server loads while the rest is prepared, and listens when that is done. The worker
starts once the server answers, so that the first page comes sooner; from then on they
stop together: when one dies the other is stopped too, and the supervisor says
which one it was. Ctrl-C and SIGTERM stop both and count as success.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from cms.running.refusals import Refusal

POLL_SECONDS = 0.1
READY_SECONDS = 60.0
GRACE_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Service:
    """A process to keep running: what we call it, and how it starts."""

    title: str
    command: Sequence[str]
    waits: bool = False
    """Whether it loads first, and begins when it reads a line from its standard input."""


class Supervisor:
    """Runs services until one of them ends or somebody asks to stop."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._services = services
        self._processes: list[tuple[Service, subprocess.Popen[bytes]]] = []
        self._stopping = False

    def run(
        self,
        is_ready: Callable[[], bool],
        when_ready: Callable[[], None],
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        """Start the services, call ``when_ready`` once the first answers, and stay.

        ``prepare`` is carried out while the first service loads; what it raises goes on.
        Returns after a stop that was asked for; raises ``Refusal`` when a service died
        or did not answer in time. However it ends, none is left running.
        """
        first, *others = self._services
        try:
            self._start(first)
            prepare()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self._ask_to_stop)
            self._let_begin()
            self._await(is_ready)
            if not self._stopping:
                when_ready()
            for service in others:
                self._start(service)
            while not self._stopping:
                self._require_alive()
                time.sleep(POLL_SECONDS)
        finally:
            self._stop_all()

    def _start(self, service: Service) -> None:
        process = subprocess.Popen(
            service.command,
            stdin=subprocess.PIPE if service.waits else subprocess.DEVNULL,
            # Ctrl-C reaches the supervisor alone, which stops the services in order.
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
        self._processes.append((service, process))

    def _let_begin(self) -> None:
        for _service, process in self._processes:
            if process.stdin is not None:
                # A process that died meanwhile is told by name a moment later.
                with suppress(BrokenPipeError), process.stdin as pipe:
                    pipe.write(b"\n")

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _await(self, is_ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._stopping and not is_ready():
            self._require_alive()
            if time.monotonic() > deadline:
                raise Refusal(
                    f"De server antwoordt na {READY_SECONDS:.0f} seconden nog niet; kijk in de "
                    "regels hierboven waarom."
                )
            time.sleep(POLL_SECONDS)

    def _require_alive(self) -> None:
        for service, process in self._processes:
            code = process.poll()
            if code is not None and not self._stopping:
                raise Refusal(
                    f"{service.title} is onverwacht gestopt ({_manner(code)}); daarom is "
                    "Lessenbank helemaal gestopt. Er is niets verloren: start opnieuw met make run."
                )

    def _stop_all(self) -> None:
        for _service, process in self._processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for _service, process in self._processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            # What did not listen, and what a service that died left behind.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdin is not None:
                process.stdin.close()


def _manner(code: int) -> str:
    if code < 0:
        return f"door signaal {signal.Signals(-code).name}"
    return f"met code {code}"


def _end_with_parent() -> None:
    """Have the kernel end this child when the supervisor is killed outright."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
