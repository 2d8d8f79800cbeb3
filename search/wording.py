"""Other words for what was typed, as an engine gets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """Plain words that may stand in a lesson instead of a word that was typed.

    A lesson that holds them counts as one that holds the word, ``weight`` times as much.
    Several words stand together, in their order, when ``is_phrase``; otherwise all of
    them occur, wherever.
    """

    words: tuple[str, ...]
    weight: float
    is_phrase: bool = True


Alternatives = Mapping[str, tuple[Alternative, ...]]
"""Typed word → what may stand in its place, beside its own forms."""
