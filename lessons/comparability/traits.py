"""The eight traits on which places are compared: what, from which source, in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lessons.choices import ComparisonTheme, ComparisonTrait

Floats = npt.NDArray[np.float64]


def _as_it_is(values: Floats) -> Floats:
    return values


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _rounded_number(value: float) -> str:
    return _number(round(value, -2) if value >= 10_000 else value)


def _percentage(value: float) -> str:
    return f"{value:.1f}%".replace(".", ",")


def _thousands_of_euros(value: float) -> str:
    return f"€ {_number(round(value * 1000, -2))}"


@dataclass(frozen=True)
class Trait:
    """One trait.

    ``alike``, ``more`` and ``less`` tell what the other place is like, seen from one's
    own; ``figure`` is a column of the reference table without its year.
    """

    code: ComparisonTrait
    theme: ComparisonTheme
    figure: str
    source: str
    alike: str
    more: str
    less: str
    shown: Callable[[float], str]
    unit: str = ""
    transformed: Callable[[Floats], Floats] = _as_it_is

    @property
    def label(self) -> str:
        """The Dutch name."""
        return str(self.code.label)


_CORE_FIGURES = "CBS StatLine 70072ned (Regionale kerncijfers Nederland)"
_INCOME = "CBS StatLine, Inkomen van huishoudens; regio"
_DISTRICT_MAP = "CBS Wijk- en Buurtkaart"
_DISTRICTS = "CBS wijken en buurten (PDOK)"

TRAITS = (
    Trait(
        code=ComparisonTrait.INHABITANTS,
        theme=ComparisonTheme.SIZE,
        figure="inwoners",
        source=_CORE_FIGURES,
        alike="bijna evenveel inwoners",
        more="meer inwoners",
        less="minder inwoners",
        shown=_rounded_number,
        transformed=np.log,
    ),
    Trait(
        code=ComparisonTrait.ADDRESS_DENSITY,
        theme=ComparisonTheme.URBANITY,
        figure="oad",
        source=_DISTRICT_MAP,
        alike="bijna even stedelijk",
        more="stedelijker",
        less="minder stedelijk",
        shown=_number,
        unit=" adressen per km²",
        # Urbanity is felt in ratios; one guards against an area without addresses.
        transformed=lambda values: np.log(np.maximum(values, 1.0)),
    ),
    Trait(
        code=ComparisonTrait.AGED_0_19,
        theme=ComparisonTheme.YOUTH,
        figure="pct_0_19",
        source=_CORE_FIGURES,
        alike="bijna evenveel jeugd van 0 tot en met 19 jaar",
        more="meer jeugd van 0 tot en met 19 jaar",
        less="minder jeugd van 0 tot en met 19 jaar",
        shown=_percentage,
    ),
    Trait(
        code=ComparisonTrait.WITH_CHILDREN,
        theme=ComparisonTheme.YOUTH,
        figure="pct_hh_met_kinderen",
        source=_CORE_FIGURES,
        alike="bijna evenveel huishoudens met kinderen",
        more="meer huishoudens met kinderen",
        less="minder huishoudens met kinderen",
        shown=_percentage,
    ),
    Trait(
        code=ComparisonTrait.INCOME,
        theme=ComparisonTheme.WELFARE,
        figure="mediaan_gestandaardiseerd_inkomen_keur",
        source=_INCOME,
        alike="bijna hetzelfde inkomen",
        more="hoger inkomen",
        less="lager inkomen",
        shown=_thousands_of_euros,
    ),
    Trait(
        code=ComparisonTrait.ASSISTANCE,
        theme=ComparisonTheme.WELFARE,
        figure="bijstand_per_1000",
        source=_DISTRICT_MAP,
        alike="bijna evenveel bijstand",
        more="meer bijstand",
        less="minder bijstand",
        shown=_number,
        unit=" per 1.000 inwoners",
        transformed=np.log1p,
    ),
    Trait(
        code=ComparisonTrait.SOCIAL_RENT,
        theme=ComparisonTheme.LIVING,
        figure="pct_corporatiehuur",
        source=_DISTRICT_MAP,
        alike="bijna evenveel corporatiewoningen",
        more="meer corporatiewoningen",
        less="minder corporatiewoningen",
        shown=_percentage,
    ),
    Trait(
        code=ComparisonTrait.HIGHER_EDUCATED,
        theme=ComparisonTheme.LIVING,
        figure="pct_hoogopgeleid",
        source=_DISTRICTS,
        alike="bijna evenveel hoogopgeleiden",
        more="meer hoogopgeleiden",
        less="minder hoogopgeleiden",
        shown=_percentage,
    ),
)
