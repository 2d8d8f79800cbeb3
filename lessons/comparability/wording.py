"""The comparison of two places in Dutch sentences, with the figures in them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lessons.comparability.nearness import Nearness
from lessons.comparability.traits import Trait

# Bounds of a difference, in standard deviations over all places.
ALIKE_BELOW = 0.25
SLIGHT_BELOW = 0.75
LARGE_FROM = 1.5


def reason_text(trait: Trait, own: float, other: float, difference: float) -> str:
    """Return what the other place is like on a trait, seen from one's own.

    ``difference`` is other minus own in standard deviations. One's own figure comes first.
    """
    figures = f"{trait.shown(own)} en {trait.shown(other)}{trait.unit}"
    return f"{_degree(trait, difference)}: {figures}"


def _degree(trait: Trait, difference: float) -> str:
    size = abs(difference)
    if size < ALIKE_BELOW:
        return trait.alike
    words = trait.more if difference > 0 else trait.less
    if size < SLIGHT_BELOW:
        return f"iets {words}"
    return f"veel {words}" if size >= LARGE_FROM else words


def unknown_text(trait: Trait, names: Sequence[str]) -> str:
    """Return that a trait does not count, and of which of the two places it is unknown."""
    return f"telt niet mee: {trait.label}, niet bekend van {' en '.join(names)}"


def notice_text(
    kind: str, name: str, nearness: Nearness, missing: Sequence[Trait], counting: int
) -> str:
    """Return what a reader must know before trusting the list; empty when nothing.

    ``missing`` are the traits of the place itself that are not known, of ``counting``.
    """
    if missing and len(missing) == counting:
        return f"Van {name} zijn geen cijfers bekend; daarom is er niets te vergelijken."
    sentences = []
    if math.isinf(nearness.ratio):
        sentences.append(f"Geen enkele {kind} voldoet aan de gekozen voorwaarden.")
    elif nearness.is_isolated:
        factor = f"{nearness.ratio:.1f}".replace(".", ",")
        sentences.append(
            f"Geen {kind} in deze lijst lijkt echt op {name}: de meest vergelijkbare staan "
            f"{factor} keer zo ver weg als gewoonlijk. Let op de verschillen."
        )
    if missing:
        labels = ", ".join(trait.label for trait in missing)
        sentences.append(f"Van {name} is niet bekend: {labels}. Dat telt niet mee.")
    return " ".join(sentences)
