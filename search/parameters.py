"""The one text form of a query: URL parameters, in which every output keeps its state.

``q`` is the text, each facet is a parameter of its own name that may be repeated,
``van`` and ``tot`` are the years of the period, ``sorteer`` the order, ``na`` the
cursor. ``vanuit`` is the code of the place from which is looked; ``gewicht`` (such as
``size:4``) and ``zonder`` say how places are compared then, ``comparability`` which bands
are wanted. What is absent or empty has its default; an unknown parameter is ignored, so
that a link with a tracking code of someone else still works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lessons.selectors import FACETS
from search.engines.contract import BANDS_FACET
from search.query import LessonOrder, LessonQuery, QueryError, Viewpoint

ORDER_WORDS = MappingProxyType(
    {
        "relevantie": LessonOrder.RELEVANCE,
        "nieuwste": LessonOrder.NEWEST,
        "oudste": LessonOrder.OLDEST,
        "titel": LessonOrder.TITLE,
        "overgenomen": LessonOrder.ADOPTED,
        "vergelijkbaarheid": LessonOrder.NEAREST,
    }
)
_REPEATED = ("gewicht", "zonder", BANDS_FACET)
_WORDS_OF_ORDERS = {order: word for word, order in ORDER_WORDS.items()}


def from_parameters(parameters: Iterable[tuple[str, str]]) -> LessonQuery:
    """Return the query that the parameters stand for.

    Raises ``QueryError`` for a year or an order that cannot be read; whether codes and
    cursor exist is for ``search`` to tell. Of a parameter that may occur once, the last
    one counts.
    """
    several: dict[str, tuple[str, ...]] = {}
    single: dict[str, str] = {}
    for name, text in parameters:
        value = text.strip()
        if not value:
            continue
        if name in FACETS or name in _REPEATED:
            values = several.get(name, ())
            several[name] = values if value in values else (*values, value)
        else:
            single[name] = value
    filters = {name: codes for name, codes in several.items() if name in FACETS}
    return LessonQuery(
        text=single.get("q", ""),
        filters=MappingProxyType(filters),
        period_from=_year("van", single.get("van")),
        period_to=_year("tot", single.get("tot")),
        order=_order(single.get("sorteer")),
        after=single.get("na"),
        viewpoint=_viewpoint(single.get("vanuit"), several),
        comparability=several.get(BANDS_FACET, ()),
    )


def to_parameters(query: LessonQuery) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a query, always in the same order and without defaults.

    ``from_parameters`` turns them into the same question again; page size, counted
    facets and highlights belong to the output that asks and are not part of it.
    """
    pairs = [("q", query.text)]
    pairs += [(facet, code) for facet in FACETS for code in query.filters.get(facet, ())]
    pairs += [("van", str(query.period_from or "")), ("tot", str(query.period_to or ""))]
    if query.order is not LessonOrder.RELEVANCE:
        pairs.append(("sorteer", _WORDS_OF_ORDERS[query.order]))
    if query.viewpoint is not None:
        pairs.append(("vanuit", query.viewpoint.place))
        pairs += [("gewicht", f"{theme}:{step}") for theme, step in query.viewpoint.weights.items()]
        pairs += [("zonder", trait) for trait in query.viewpoint.without]
    pairs += [(BANDS_FACET, band) for band in query.comparability]
    pairs.append(("na", query.after or ""))
    return tuple((name, value) for name, value in pairs if value)


def _viewpoint(place: str | None, given: Mapping[str, tuple[str, ...]]) -> Viewpoint | None:
    if place is None:
        return None
    weights = {}
    for text in given.get("gewicht", ()):
        theme, _colon, step = text.partition(":")
        if not step.isascii() or not step.isdigit():
            raise QueryError(
                "Schrijf een gewicht als thema:getal, zoals size:4.",
                code="INVALID_WEIGHT",
                place="gewicht",
            )
        weights[theme] = int(step)
    return Viewpoint(place, MappingProxyType(weights), given.get("zonder", ()))


def _year(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        raise QueryError(
            "Schrijf een jaar met vier cijfers, zoals 2024.", code="INVALID_YEAR", place=name
        )
    return int(text)


def _order(word: str | None) -> LessonOrder:
    if word is None:
        return LessonOrder.RELEVANCE
    if word not in ORDER_WORDS:
        accepted = tuple(ORDER_WORDS)
        raise QueryError(
            f"Sorteren kan op: {', '.join(accepted)}.",
            code="UNKNOWN_ORDER",
            place="sorteer",
            accepted=accepted,
        )
    return ORDER_WORDS[word]
