"""What is wrong with a file, told so that its author can find the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault: the place in the file, and what was expected there. In Dutch."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class LoadingError(Exception):
    """The files cannot be loaded. Nothing was changed; ``problems`` holds every fault."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def cell(file: str, row: int | None = None, column: str = "") -> str:
    """Name a place in a table: the file, the line in it and the column."""
    parts = [file]
    if row is not None:
        parts.append(f"rij {row}")
    if column:
        parts.append(f"kolom {column}")
    return ", ".join(parts)


def field(file: str, item: str, name: str = "") -> str:
    """Name a place in a content file: the file, the item's code and the field."""
    parts = [file]
    if item:
        parts.append(item)
    if name:
        parts.append(f"veld {name}")
    return ", ".join(parts)


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise a ``LoadingError`` with all of the problems, when there are any."""
    problems = tuple(problems)
    if problems:
        raise LoadingError(problems)
