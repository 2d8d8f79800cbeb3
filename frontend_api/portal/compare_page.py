"""Two to four gemeenten beside each other: a chart and a table of the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frontend_api.portal.phrases import enumeration
from frontend_api.portal.place_links import compare_url, place_url
from frontend_api.portal.scales import out_of_hundred, similarity_level
from lessons import selectors
from lessons.records import GemeenteRecord, SideBySide, TraitRow, TraitValue

MAX_GEMEENTEN = 4
MARKS = ("circle", "square", "triangle", "diamond")
"""The form of each gemeente's mark: told apart without colour."""

CHART_WIDTH, LANE_HEIGHT, _MARGIN = 320, 16, 10
SCALE_ENDS = 3.5
"""Standard deviations at the ends of the scale; what lies further stands at the end."""


class UnclearChoice(ValueError):
    """A choice of gemeenten that cannot be shown; the message says in Dutch what to do."""

    def __init__(self, message: str, typed: Sequence[str]) -> None:
        super().__init__(message)
        self.message = message
        self.typed = tuple(typed)


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of one gemeente on the scale of one trait."""

    form: str
    x: float
    y: float
    text: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class ShownTrait:
    """A trait as it is drawn."""

    row: TraitRow
    marks: tuple[Mark, ...]
    description: str


@dataclass(frozen=True, slots=True)
class ShownGemeente:
    """A gemeente that is compared."""

    code: str
    name: str
    url: str
    form: str
    rest_url: str
    """The same comparison without it."""


@dataclass(frozen=True, slots=True)
class ShownPair:
    """How alike two of the gemeenten are."""

    names: str
    similarity: int
    level: int


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Gemeenten beside each other; empty until some are chosen."""

    title: str
    gemeenten: tuple[ShownGemeente, ...]
    traits: tuple[ShownTrait, ...]
    pairs: tuple[ShownPair, ...]
    fields: tuple[str, ...]
    """What stands in the fields of the form."""
    names: tuple[str, ...]
    """All gemeenten, to choose from."""
    notices: tuple[str, ...]
    width: int
    height: int
    lanes: tuple[float, ...]
    middle: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The gemeenten that were chosen, and what to know of the choice."""

    names: Mapping[str, str]
    """Code → name, in the order in which they were chosen."""
    notices: tuple[str, ...]
    every_name: tuple[str, ...]
    """All gemeenten, to choose from."""


def choose(typed: Sequence[str]) -> Choice:
    """Return the gemeenten that were typed, each by code or name, without repetition.

    A former code or name stands for its successor. Raises :class:`UnclearChoice`. Takes
    three queries at most, and two more for each former one.
    """
    asked = [text.strip() for text in typed if text.strip()]
    table = selectors.facet_tables(("gemeente",))["gemeente"]
    if len(asked) > MAX_GEMEENTEN:
        raise UnclearChoice(
            f"U koos {len(asked)} gemeenten. Vergelijk er twee tot en met {MAX_GEMEENTEN}.", asked
        )
    by_name = {name.casefold(): code for code, name in table.labels.items()}
    names: dict[str, str] = {}
    notices = []
    for text in asked:
        code = text.upper() if text.upper() in table.labels else by_name.get(text.casefold())
        if code is None:
            successor = _successor(text)
            if successor is None:
                raise UnclearChoice(_unknown(text), asked)
            notices.append(successor.notice)
            code = successor.code
        names[code] = table.labels[code]
    return Choice(names, tuple(notices), tuple(table.labels.values()))


def _unknown(text: str) -> str:
    shown = "".join(letter for letter in text[:60] if letter.isprintable())
    return (
        f"Er is geen gemeente met de naam of code ‘{shown}’. Kies een naam uit de lijst, "
        "of een CBS-code zoals GM0150."
    )


def _successor(text: str) -> GemeenteRecord | None:
    """Return what stands today for a gemeente that ended, by its code or name."""
    for former in selectors.former_gemeenten():
        if text.casefold() in (former.code.casefold(), former.name.casefold()):
            return selectors.gemeente(former.code)
    return None


def compare_page(choice: Choice, typed: Sequence[str] = ()) -> ComparePage:
    """Return the page; ``typed`` fills the form where the choice itself could not be read."""
    codes = list(choice.names)
    beside = selectors.side_by_side("gemeente", codes) if codes else SideBySide((), (), ())
    fields = [*(typed or choice.names.values())][:MAX_GEMEENTEN]
    return ComparePage(
        title=f"{enumeration([*choice.names.values()]) or 'Gemeenten'} naast elkaar",
        gemeenten=tuple(
            ShownGemeente(
                code,
                name,
                place_url("gemeente", code),
                form,
                compare_url(*(other for other in codes if other != code)),
            )
            for (code, name), form in zip(choice.names.items(), MARKS, strict=False)
        ),
        traits=tuple(map(_trait, beside.traits)),
        pairs=tuple(
            ShownPair(
                f"{pair.one.name} en {pair.other.name}",
                out_of_hundred(pair.similarity),
                similarity_level(pair.similarity),
            )
            for pair in beside.pairs
            if pair.similarity is not None
        ),
        fields=(*fields, *[""] * (MAX_GEMEENTEN - len(fields))),
        names=choice.every_name,
        notices=choice.notices,
        width=CHART_WIDTH,
        height=LANE_HEIGHT * len(codes) + 4,
        lanes=tuple(_lane(place) for place in range(len(codes))),
        middle=CHART_WIDTH / 2,
    )


def _trait(row: TraitRow) -> ShownTrait:
    values = "; ".join(f"{value.place.name} {value.text}" for value in row.values)
    return ShownTrait(
        row,
        tuple(_mark(place, value) for place, value in enumerate(row.values)),
        f"{values}. De middelste gemeente: {row.middle}.",
    )


def _mark(place: int, value: TraitValue) -> Mark:
    score = value.score if value.score is not None else 0.0
    share = max(-1.0, min(1.0, score / SCALE_ENDS))
    half = CHART_WIDTH / 2 - _MARGIN
    return Mark(
        MARKS[place],
        round(CHART_WIDTH / 2 + share * half, 1),
        _lane(place),
        value.text,
        value.score is not None,
    )


def _lane(place: int) -> float:
    return 2 + LANE_HEIGHT * (place + 0.5)
