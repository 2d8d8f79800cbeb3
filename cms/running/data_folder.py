"""The folder of database, index and media: usable, and by one Lessenbank at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cms.running.refusals import Refusal

LOCK_NAME = "in-use"


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; make it when it is absent.

    Raises ``Refusal`` when another process holds it, ``OSError`` when it cannot be used.
    The operating system lets go of the lock however the process ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"\0" * 65536)
    with (folder / LOCK_NAME).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refusal(
                f"De gegevensmap {folder} is al in gebruik door een andere Lessenbank "
                f"(proces {lock.read().strip() or 'onbekend'}); stop die of kies met "
                "LESSENBANK_DATA een andere map."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
