"""What a text asks of the fields of an index: a tree of clauses that every engine translates.

Here stands how much each match weighs, once for all engines. No text goes through a query
language: every word becomes a term, whatever it looks like. Pure: nothing is read or
searched here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.engines.analysis import (
    CURRENT,
    PARTS_FIELD,
    STANDING_FIELD,
    STEMS_FIELD,
    SUPERSEDED,
    WORDS_FIELD,
)
from search.engines.contract import EngineQuery, EngineViewpoint, pinned_value
from search.query import LessonOrder
from search.wording import Alternative

STEM_BOOST = 4.0
PART_BOOST = 0.3

PHRASE_BOOST = 3.0

# Of three words or more this share must occur, so that a whole question finds something.
_SHARE_OF_WORDS = 0.6
_ALL_WORDS_UP_TO = 2
LEAD_OF_ENOUGH = 100.0
"""More than any text scores."""

LEAD_OF_CURRENT = 12.0
"""What a lesson leads by over one that another replaces or contradicts.

About what a telling word brings: of two lessons that say much the same the successor comes
first, and one that hardly fits does not. Age alone never counts against a lesson.
"""

ALTERNATIVE_PHRASE_BOOST = 2.5
EXACT_TEXT_BOOST = 3.0
_LONGEST_EXACT = 12
_PHRASE_SLOP = 1
_OTHER_WORDS = 0.3

LIFT = 1.5
"""What a place that is alike on everything adds, times what the words tell; see ``_lifted``."""

_LIFTED_FROM = 70
_LIFT_STEP = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A field holds a term; scored by BM25."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A field holds terms in this order, with at most ``slop`` moves in between."""

    field: str
    terms: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons with these keys."""

    pks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InPlaces:
    """The lesson was learned in one of the places, see ``search.documents.place_codes``."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every clause holds; the scores add up."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least ``needed`` clauses hold; the scores of those that do add up."""

    clauses: tuple[Clause, ...]
    needed: int = 1


@dataclass(frozen=True, slots=True)
class BestOf:
    """One clause holds at least: the best score, and ``share`` of the others."""

    clauses: tuple[Clause, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Boosted:
    """A clause whose score counts so many times."""

    clause: Clause
    boost: float


@dataclass(frozen=True, slots=True)
class Constant:
    """A clause that scores this much, whatever it finds."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class TextClauses:
    """What a text requires, prefers and excludes; the scores of the first two add up."""

    required: tuple[Clause, ...] = ()
    preferred: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()


Clause = (
    Word | Phrase | Lessons | InPlaces | AllOf | AnyOf | BestOf | Boosted | Constant | TextClauses
)


def text_clauses(query: EngineQuery, *, with_lead: bool = True) -> TextClauses:
    """Return what a question asks, its filters apart: its text, or else a pinned lesson.

    The score is that of the order: how well the text fits, or how alike the place is.
    Without the lead of current lessons an engine gives it by itself, see ``current_leads``.
    """
    text = _Reading(query, with_lead=with_lead).clauses()
    if query.order is LessonOrder.NEAREST and query.viewpoint is not None:
        return _by_nearness(text, query.viewpoint)
    if query.viewpoint is not None and query.telling > 0:
        text = _lifted(text, query.viewpoint, query.telling)
    if not query.pinned:
        return text
    pinned = (
        Constant(Lessons((pk,)), pinned_value(place)) for place, pk in enumerate(query.pinned)
    )
    return TextClauses(required=(BestOf((text, *pinned), share=0.0),))


def current_leads(query: EngineQuery) -> bool:
    """Return whether lessons that no other replaces or contradicts score more.

    That is ``LEAD_OF_CURRENT`` more, but for those that are pinned.
    """
    asks = query.text.words or query.text.phrases
    is_relevance = query.order is LessonOrder.RELEVANCE
    return bool(asks) and is_relevance and not query.without_superseded


def band_clause(viewpoint: EngineViewpoint, bands: Iterable[str]) -> Clause:
    """Return what holds for lessons in one of the bands: a lesson is in its best one only."""
    nearer: tuple[str, ...] = ()
    clauses: list[Clause] = []
    for band in viewpoint.bands:
        places = viewpoint.places(band)
        if band in bands:
            clauses.append(TextClauses((InPlaces(places),), excluded=(InPlaces(nearer),)))
        nearer += places
    return AnyOf(tuple(clauses))


def _by_nearness(text: TextClauses, viewpoint: EngineViewpoint) -> TextClauses:
    """The text only selects; a lesson scores its percentage and one, without a place nothing."""
    levels = tuple(
        Constant(InPlaces(codes), level + 1.0) for level, codes in viewpoint.levels.items()
    )
    selected = tuple(Constant(clause, 0.0) for clause in text.required)
    return TextClauses(selected, (BestOf(levels, share=0.0),), text.excluded)


def _lifted(text: TextClauses, viewpoint: EngineViewpoint, telling: float) -> TextClauses:
    """Comparable places get something on top of what the text scores.

    It is in proportion to what the words may score, and worth less than one word in
    the title: between lessons that fit the text about as well the more comparable
    one leads; one that fits it badly stays behind.
    """
    steps = (100 - _LIFTED_FROM) // _LIFT_STEP
    grouped: dict[int, tuple[str, ...]] = {}
    for level, codes in viewpoint.levels.items():
        step = (level - _LIFTED_FROM) // _LIFT_STEP
        if step > 0:
            grouped[step] = grouped.get(step, ()) + codes
    levels = tuple(
        Constant(InPlaces(codes), LIFT * telling * step / steps) for step, codes in grouped.items()
    )
    lift = (BestOf(levels, share=0.0),) if levels else ()
    return TextClauses(text.required, (*text.preferred, *lift), text.excluded)


class _Reading:
    """Reads one question; its alternatives are at hand everywhere."""

    def __init__(self, query: EngineQuery, *, with_lead: bool) -> None:
        self._query = query
        self._has_lead = with_lead and current_leads(query)

    def clauses(self) -> TextClauses:
        text = self._query.text
        required: list[Clause] = []
        preferred: list[Clause] = []
        if text.words:
            enough, lead = self._enough(text.words)
            required.append(enough)
            preferred += lead
            if 1 < len(text.typed) <= _LONGEST_EXACT:
                preferred.append(Boosted(_exact(text.typed), EXACT_TEXT_BOOST))
        required += [Boosted(_exact(phrase), PHRASE_BOOST) for phrase in text.phrases]
        excluded = [*map(_unwanted, text.excluded)]
        if self._query.without_superseded:
            excluded.append(Word(STANDING_FIELD, SUPERSEDED))
        elif self._has_lead:
            preferred.append(Constant(Word(STANDING_FIELD, CURRENT), LEAD_OF_CURRENT))
        return TextClauses(tuple(required), tuple(preferred), tuple(excluded))

    def _enough(self, words: Sequence[str]) -> tuple[Clause, list[Clause]]:
        """As many of the words as are needed; when some will do, those with enough lead."""
        needed = len(words)
        if needed > _ALL_WORDS_UP_TO:
            needed = ceil(needed * _SHARE_OF_WORDS)
        clauses = tuple(map(self._wanted, words))
        enough = AnyOf(clauses, needed)
        if not self._query.takes_some_words or needed == 1:
            return enough, []
        return AnyOf(clauses), [Constant(enough, LEAD_OF_ENOUGH)]

    def _wanted(self, word: str) -> Clause:
        """A word, or what may stand in its place; the best of them counts."""
        others = self._query.alternatives.get(word, ())
        if not others:
            return _in_any_form(word)
        # Wordings may differ and yet have the same stems.
        alternatives = dict.fromkeys(map(_alternative, others))
        return BestOf((_in_any_form(word), *alternatives), _OTHER_WORDS)


def _alternative(other: Alternative) -> Clause:
    found: Clause
    if len(other.words) == 1:
        found = _stemmed(other.words[0])
    elif other.is_phrase:
        phrase = Phrase(STEMS_FIELD, tuple(map(stem, other.words)), _PHRASE_SLOP)
        found = Boosted(phrase, ALTERNATIVE_PHRASE_BOOST)
    else:
        found = AllOf(tuple(map(_stemmed, other.words)))
    return Boosted(found, other.weight)


def _in_any_form(word: str) -> Clause:
    """A word in any of its forms; a stop word as it is, for an index has no stem of it."""
    return Boosted(Word(WORDS_FIELD, word), STEM_BOOST) if word in STOP_WORDS else _stemmed(word)


@lru_cache(maxsize=2048)
def _stemmed(word: str) -> Clause:
    stemmed = stem(word)
    whole = Boosted(Word(STEMS_FIELD, stemmed), STEM_BOOST)
    return AnyOf((whole, Boosted(Word(PARTS_FIELD, stemmed), PART_BOOST)))


def _unwanted(words: tuple[str, ...]) -> Clause:
    if len(words) > 1 or words[0] in STOP_WORDS:
        return _exact(words)
    return Word(STEMS_FIELD, stem(words[0]))


def _exact(words: tuple[str, ...]) -> Clause:
    return Word(WORDS_FIELD, words[0]) if len(words) == 1 else Phrase(WORDS_FIELD, words)
