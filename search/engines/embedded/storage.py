"""The folder of the embedded engine: which index serves, and who may write.

    search-index/
        current          a text file: the name of the folder that serves
        <form>-<random>/ an index; more than one only while a rebuild runs. Beside the files
                         of tantivy ``writes``: how often lessons were written
        writing.lock     held while an index is written
        rebuilding.lock  held while a rebuild runs

A new index begins to serve when ``current`` is replaced, which is one step for every
reader. The locks belong to processes and end with them, also after a kill.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.locks import LOOK_SECONDS, REBUILDING, WRITING, FileLocks


class IndexFolder:
    """The folder with its indexes; ``form`` names the present form of an index.

    An index of another form, left by another version of the program, does not exist
    for this one.
    """

    def __init__(self, root: Path, form: str) -> None:
        self._root = root
        self._form = form
        self._pointer = root / "current"
        self._last = root
        self._locks = FileLocks(root)

    def current(self) -> Path | None:
        """Return the index that serves, or None."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        if not name.startswith(f"{self._form}-") or "/" in name:
            return None
        # Asked several times for each question, so it is put together once.
        path = self._last
        if path.name != name:
            path = self._last = self._root / name
        return path if (path / "meta.json").exists() else None

    def age(self) -> float | None:
        """Return for how many seconds the present index has served, or None."""
        try:
            since = self._pointer.stat().st_mtime
        except OSError:
            return None
        return None if self.current() is None else time.time() - since

    def new(self) -> Path:
        """Make and return an empty folder for an index."""
        path = self._root / f"{self._form}-{uuid.uuid4().hex[:12]}"
        path.mkdir(parents=True)
        return path

    def serve(self, path: Path) -> None:
        """Let the index serve from now on; survives a crash at any moment."""
        draft = self._root / f"current.{os.getpid()}"
        with draft.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._pointer)
        folder = os.open(self._root, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def discard_others(self) -> None:
        """Remove every index that does not serve; readers that have one open keep it."""
        serving = self.current()
        for path in self._root.iterdir():
            if path.is_dir() and path != serving:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith("current."):
                path.unlink(missing_ok=True)

    def discard_abandoned(self) -> None:
        """Remove what a killed rebuild left behind, unless another one runs."""
        with self._locks.holding(REBUILDING, 0) as held:
            if held:
                self.discard_others()

    def disown(self, path: Path) -> None:
        """Let this index serve no more; the next rebuild removes it."""
        if self.current() == path:
            self._pointer.unlink(missing_ok=True)

    def next_write(self, path: Path, seen: int) -> int:
        """Return a number higher than that of any write before. Hold the right to write.

        ``seen`` is the highest in the index itself: what the last write added may have
        left the index since.
        """
        counter = path / "writes"
        try:
            last = int(counter.read_text(encoding="ascii"))
        except (OSError, ValueError):
            last = 0
        number = max(last, seen) + 1
        draft = path / f"writes.{os.getpid()}"
        draft.write_text(str(number), encoding="ascii")
        os.replace(draft, counter)
        return number

    def sweep(self, path: Path) -> None:
        """Remove what a killed writer left half-written in an index. Hold the right to write."""
        for draft in (*path.glob(".tmp*"), *path.glob("writes.*")):
            draft.unlink(missing_ok=True)

    @contextmanager
    def writing(self, wait: float) -> Iterator[bool]:
        """Hold the right to write; the value tells whether it came within ``wait`` seconds."""
        with self._locks.holding(WRITING, wait) as held:
            yield held

    @contextmanager
    def rebuilding(self) -> Iterator[bool]:
        """Hold the right to rebuild; the value tells whether it was free."""
        with self._locks.holding(REBUILDING, LOOK_SECONDS) as held:
            yield held

    def is_rebuilding(self) -> bool:
        """Return whether anyone holds the right to rebuild."""
        with self._locks.holding(REBUILDING, 0) as held:
            return not held
