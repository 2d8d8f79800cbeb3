"""Rights that one process has at a time, and that end with it, however it ends.

With SQLite everything runs on one machine, and a file in the data folder decides. With
PostgreSQL there may be several machines, and the database that they share decides.
"""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from search.engines.contract import EngineError

WRITING, REBUILDING = "writing", "rebuilding"
LOOK_SECONDS = 0.5
"""How long to wait for a right that is free: whoever looks at it holds it for an instant."""

_RETRY_SECONDS = 0.02


class Locks(Protocol):
    """Gives rights by name."""

    def holding(self, name: str, wait: float) -> AbstractContextManager[bool]:
        """Hold the right; the value tells whether it came within ``wait`` seconds."""


class FileLocks:
    """Locks as files in a folder, for the processes and threads of one machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def holding(self, name: str, wait: float) -> Iterator[bool]:
        """Hold the right; the value tells whether it came within ``wait`` seconds."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # A lock of flock belongs to this opening of the file, so it keeps threads of one
        # process apart as well.
        with (self._folder / f"{name}.lock").open("a") as file:
            yield _flock(file.fileno(), time.monotonic() + wait)


def _flock(descriptor: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_RETRY_SECONDS)
        else:
            return True


class PostgresqlLocks:
    """Advisory locks in the database, for the processes of all machines."""

    def __init__(self, scope: str) -> None:
        self._scope = scope

    @contextmanager
    def holding(self, name: str, wait: float) -> Iterator[bool]:
        """Hold the right; the value tells whether it came within ``wait`` seconds.

        The lock belongs to a transaction on a connection of its own: it ends when that
        connection breaks, and a pool of connections between us and the server may share
        what it likes.
        """
        own = connection.copy()
        with closing(own):
            try:
                own.set_autocommit(False)
                with own.cursor() as cursor:
                    held = self._obtained(cursor, name, time.monotonic() + wait)
            except DatabaseError as error:
                raise EngineError(f"The database gave no lock: {error}") from error
            yield held

    def _obtained(self, cursor: CursorWrapper, name: str, deadline: float) -> bool:
        digest = hashlib.blake2b(f"{self._scope} {name}".encode(), digest_size=8).digest()
        key = int.from_bytes(digest, "big", signed=True)
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
            if cursor.fetchone()[0]:
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(_RETRY_SECONDS)
