"""What the loading commands print, in Dutch: one line for each step."""

from __future__ import annotations

from django.core.management.base import CommandError, OutputWrapper

from lessons.loading.problems import LoadingError
from lessons.loading.publishing import Counts

PROGRESS_STEP = 10


class Console:
    """Prints steps, and progress within a step."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out

    def step(self, name: str, counts: Counts) -> None:
        """Print what a step did."""
        parts = [
            f"{number} {word}"
            for number, word in (
                (counts.created, "nieuw"),
                (counts.changed, "bijgewerkt"),
                (counts.kept, "ongewijzigd"),
            )
            if number
        ]
        self.out.write(f"{name}: {', '.join(parts) or 'niets te doen'}.")

    def progress(self, name: str, done: int, total: int) -> None:
        """Print every tenth item, and the last."""
        if done % PROGRESS_STEP == 0 or done == total:
            self.out.write(f"  {name}: {done} van {total}")
            self.out.flush()


def refusal(error: LoadingError) -> CommandError:
    """Return the error that ends the command: every fault on a line of its own."""
    count = len(error.problems)
    faults = "1 fout" if count == 1 else f"{count} fouten"
    lines = "\n".join(f"  {problem}" for problem in error.problems)
    return CommandError(f"{faults}; er is niets veranderd.\n{lines}", returncode=1)
