"""Use of youth care and spending on it: shown beside a comparison, never part of it.

They are what a policy officer wants to ask another gemeente about. They say nothing of
who does better: comparable context explains little of them
(``docs/comparable-gemeenten.md``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lessons.comparability.profiles import Profiles
from lessons.comparability.traits import Floats
from lessons.records import YouthCareFigure

UNKNOWN = "niet bekend"


def _use(profiles: Profiles) -> Floats:
    return profiles.figures["pct_jeugdzorg"]


def _spending(profiles: Profiles) -> Floats:
    young = profiles.figures["aantal_0_19"]
    return profiles.figures["lasten_jeugd_totaal_keur"] * 1000 / np.where(young > 0, young, np.nan)


def _percentage(value: float) -> str:
    return f"{value:.1f}%".replace(".", ",")


def _euros(value: float) -> str:
    return f"€ {value:,.0f}".replace(",", ".")


@dataclass(frozen=True)
class Outcome:
    """A figure about youth care; ``figure`` is the column whose year it has."""

    code: str
    figure: str
    label: str
    source: str
    note: str
    values: Callable[[Profiles], Floats]
    shown: Callable[[float], str]


OUTCOMES = (
    Outcome(
        code="use",
        figure="pct_jeugdzorg",
        label="jongeren tot 23 jaar met jeugdzorg in natura",
        source="CBS wijken en buurten (PDOK)",
        note=(
            "Jeugdhulp, jeugdbescherming of jeugdreclassering op enig moment in het jaar. Van een "
            "jeugdregio: het gemiddelde van haar gemeenten, naar inwoners van 0 tot en met 24 jaar."
        ),
        values=_use,
        shown=_percentage,
    ),
    Outcome(
        code="spending",
        figure="lasten_jeugd_totaal_keur",
        label="lasten voor jeugdhulp per inwoner van 0 tot en met 19 jaar",
        source="CBS, Iv3 jaarrekening (taakvelden 6.72, 6.73, 6.74 en 6.82)",
        note=(
            "Bruto lasten uit de jaarrekening, gedeeld door het nieuwste aantal inwoners van 0 tot "
            "en met 19 jaar. Gemeenten boeken niet alles op dezelfde manier."
        ),
        values=_spending,
        shown=_euros,
    ),
)


def youth_care_table(profiles: Profiles) -> tuple[tuple[YouthCareFigure, ...], ...]:
    """Return the figures of each place, in the order of the profiles."""
    columns = [_column(outcome, profiles) for outcome in OUTCOMES]
    return tuple(zip(*columns, strict=True))


def _column(outcome: Outcome, profiles: Profiles) -> list[YouthCareFigure]:
    year = profiles.years.get(outcome.figure)
    return [
        YouthCareFigure(
            code=outcome.code,
            label=outcome.label,
            value=None if np.isnan(value) else value,
            text=UNKNOWN if np.isnan(value) else outcome.shown(value),
            year=year.year if year else None,
            source=outcome.source,
            note=outcome.note,
        )
        for value in outcome.values(profiles).tolist()
    ]
