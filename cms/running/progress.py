"""What the person at the terminal sees while Lessenbank gets ready."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Writes one line for each step, at once, also when the output is a file."""

    def __init__(self, output: TextIO = sys.stdout) -> None:
        self._output = output

    def line(self, text: str) -> None:
        print(text, file=self._output, flush=True)

    def unchanged(self, title: str) -> None:
        self.line(f"  {title}: ongewijzigd")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announce a step, and say how long it took when it has ended well."""
        self.line(f"  {title} ...")
        start = time.monotonic()
        yield
        self.line(f"  {title}: klaar in {_seconds(time.monotonic() - start)}")


def _seconds(duration: float) -> str:
    return f"{duration:.1f} s".replace(".", ",")
