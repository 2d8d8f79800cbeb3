"""Counts that wait in memory and are written beside the requests.

A request that is counted pays for a lock and an addition. Every few seconds a thread of the
process writes what was counted. A process that is killed loses the seconds since.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction

logger = structlog.get_logger(__name__)

T = TypeVar("T", bound=Hashable)


class WaitingCounts(Generic[T]):
    """The counts of one kind in this process that the database does not have yet.

    ``name`` is for the log; ``store`` writes them, in a transaction; ``every`` names the setting
    with the seconds between two writes, 0 for none by itself.
    """

    def __init__(
        self, name: str, store: Callable[[Mapping[T, int]], None], *, every: str, most: int = 5_000
    ) -> None:
        self._name = name
        self._store = store
        self._every = every
        self._most = most
        self._lock = threading.Lock()
        self._counts: Counter[T] = Counter()
        self._writer_of: int | None = None
        self._stopping = threading.Event()
        atexit.register(self._write_the_last)

    def add(self, counted: T, times: int = 1) -> None:
        """Count; drop it when too many others wait, as nobody writes them."""
        with self._lock:
            if counted in self._counts or len(self._counts) < self._most:
                self._counts[counted] += times
            # A thread does not outlive a fork: each process begins its own.
            if self._seconds and self._writer_of != os.getpid():
                self._writer_of = os.getpid()
                threading.Thread(target=self._write_again_and_again, daemon=True).start()

    def write(self) -> int:
        """Write what waits; return how much. Raises nothing: what was not written waits on."""
        taken = self.take()
        if not taken:
            return 0
        try:
            with transaction.atomic():
                self._store(taken)
        except DatabaseError:
            logger.exception("counts_not_written", counts=self._name, times=taken.total())
            for counted, times in taken.items():
                self.add(counted, times)
            return 0
        return taken.total()

    def take(self) -> Counter[T]:
        """Return what waits, which then waits no more."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
            return taken

    @property
    def _seconds(self) -> float:
        return float(getattr(settings, self._every))

    def _write_again_and_again(self) -> None:
        while not self._stopping.wait(self._seconds):
            self.write()
            connection.close()

    def _write_the_last(self) -> None:
        self._stopping.set()
        if settings.configured and self._seconds:
            self.write()
