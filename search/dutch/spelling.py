"""How far one word is from another, as typing errors go."""

from __future__ import annotations

from collections.abc import Iterable

_LONG_WORD = 8
_SHORTEST_BEGINNING = 4


def most_errors(word: str) -> int:
    """Return how many errors a word of this length may have."""
    return 2 if len(word) >= _LONG_WORD else 1


def distance(typed: str, meant: str, most: int) -> int:
    """Return the letters wrong, missing, double or swapped; ``most + 1`` when there are more."""
    if abs(len(typed) - len(meant)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        before, above, row = row, before, [i]
        for j, other in enumerate(meant, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def closest(typed: str, words: Iterable[tuple[str, int]]) -> list[str]:
    """Return the words within reach, the closest first and then the most frequent.

    ``words`` gives each with the number of lessons that hold it.
    """
    most = most_errors(typed)
    letters = frozenset(typed)
    found = []
    for word, frequency in words:
        # Each error changes two letters of the set at most: a quick way to pass by.
        if abs(len(word) - len(typed)) > most or len(letters ^ frozenset(word)) > 2 * most:
            continue
        errors = distance(typed, word, most)
        if 0 < errors <= most:
            found.append((errors, -frequency, word))
    return [word for _errors, _frequency, word in sorted(found)]


def closest_beginnings(typed: str, words: Iterable[tuple[str, int]]) -> list[str]:
    """Return the beginnings of words that may have been meant by one that is not finished.

    As :func:`closest`, but what follows in the word does not count; the first letter must be
    right.
    """
    if len(typed) < _SHORTEST_BEGINNING:
        return []
    beginnings: dict[str, int] = {}
    for word, frequency in words:
        if word[:1] == typed[:1]:
            # A letter that was forgotten or doubled makes the beginning longer or shorter.
            for length in (len(typed), len(typed) + 1, len(typed) - 1):
                beginning = word[:length]
                beginnings[beginning] = beginnings.get(beginning, 0) + frequency
    return closest(typed, beginnings.items())
