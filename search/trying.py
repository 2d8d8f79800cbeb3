"""What a change of the word lists would do, before anybody saves it.

Everything runs in this process, on the index that serves, with lists that only this call
has: nothing is written, and no visitor sees any of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils import timezone

from lessons.records import LessonCard
from search import answering, cursors
from search.documents import lesson_documents
from search.engines.registry import get_engine
from search.explaining import Explanation, Sought, explain, sought
from search.judging import JudgedQuery, QueryKind, load_judged_queries
from search.measures import RECALL_CUT, Scores, mean_scores, score
from search.models import SynonymGroup
from search.query import LessonOrder, LessonQuery
from search.results import LessonResults
from search.synonyms import stored_synonyms
from search.text_syntax import TextQuery, parse
from search.understanding import Understanding
from search.word_lists import WordLists, current_word_lists

SHOWN = 20
COMPARED = 100
"""A lesson that comes from below this place counts as new."""

_LEAST_GAIN = 0.0005


@dataclass(frozen=True)
class Draft:
    """A change that is not saved: a group of synonyms, lessons to pin, or both."""

    group: SynonymGroup | None = None
    pinned: tuple[int, ...] = ()
    """Keys of lessons that go on top of the wording tried, before those pinned already."""

    def __bool__(self) -> bool:
        return self.group is not None or bool(self.pinned)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A lesson in its place, and the place that it has without the change."""

    pk: int
    card: LessonCard
    pinned: bool
    place: int
    was: int | None
    explanation: Explanation

    @property
    def rise(self) -> int:
        """How many places it rose; below 0 when it sank."""
        return 0 if self.was is None else self.was - self.place


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first lessons of an answer, and how the question was understood."""

    hits: tuple[Ranked, ...]
    results: LessonResults
    text: TextQuery
    meaning: Understanding
    sought: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An answer as it is and as it would be."""

    before: Ranking
    after: Ranking | None
    gone: tuple[Ranked, ...] = ()
    """Lessons of ``before`` that ``after`` does not show."""


@dataclass(frozen=True, slots=True)
class JudgedChange:
    """What a change does to a judged query."""

    query: JudgedQuery
    before: Scores
    after: Scores

    @property
    def gain(self) -> float:
        """How much nDCG@10 rises."""
        return self.after.ndcg - self.before.ndcg


@dataclass(frozen=True, slots=True)
class JudgedComparison:
    """What a change does to all judged queries."""

    changes: tuple[JudgedChange, ...]

    @property
    def changed(self) -> tuple[JudgedChange, ...]:
        """The queries of which the score changes, the most first.

        Those that are set aside stay unseen here too: whoever looks at them tunes on them.
        """
        moved = (
            change
            for change in self.changes
            if abs(change.gain) >= _LEAST_GAIN and not change.query.aside
        )
        return tuple(sorted(moved, key=lambda change: -abs(change.gain)))

    def means(self, kind: QueryKind | None = None) -> tuple[int, Scores, Scores]:
        """Return the number of queries of a kind or of all, and the means before and after."""
        chosen = [change for change in self.changes if kind in (None, change.query.kind)]
        return (
            len(chosen),
            mean_scores([change.before for change in chosen]),
            mean_scores([change.after for change in chosen]),
        )


def word_lists_with(draft: Draft, typed: str) -> WordLists:
    """Return the current word lists with a change in them."""
    lists = current_word_lists()
    synonyms = stored_synonyms(draft.group) if draft.group else lists.synonyms
    pins = lists.pins
    if draft.pinned:
        present = pins.leading(parse(typed).wording, timezone.localdate())
        pins = pins.with_lessons(typed, dict.fromkeys((*draft.pinned, *present)))
    return WordLists(synonyms, pins)


def compare(query: LessonQuery, draft: Draft) -> Comparison:
    """Answer a query without and with a change; raise ``QueryError`` for one with a fault."""
    lists = current_word_lists()
    before = _ranking(query, lists, {})
    if not draft:
        return Comparison(_shown(before), None)
    places = {hit.pk: hit.place for hit in before.hits}
    after = _shown(_ranking(query, word_lists_with(draft, query.text), places))
    shown = {hit.pk for hit in after.hits}
    gone = tuple(hit for hit in before.hits[:SHOWN] if hit.pk not in shown)
    return Comparison(_shown(before), after, gone)


def _ranking(query: LessonQuery, lists: WordLists, places: dict[int, int]) -> Ranking:
    asked = LessonQuery(
        text=query.text, filters=query.filters, order=LessonOrder.RELEVANCE, first=COMPARED
    )
    results = answering.answer(asked, lists)
    text = parse(query.text)
    meaning = answering.understood(get_engine(), text, lists)
    looked_for = sought(text, meaning, lists.synonyms)
    order = LessonOrder.RELEVANCE if text.is_ranking else LessonOrder.NEWEST
    pks = [cursors.decode(order, hit.cursor).pk for hit in results.hits]
    explanations = {
        document.pk: explain(looked_for, document) for document in lesson_documents(pks[:SHOWN])
    }
    hits = tuple(
        Ranked(
            pk,
            hit.card,
            hit.pinned,
            place,
            places.get(pk),
            explanations.get(pk, Explanation((), ())),
        )
        for place, (pk, hit) in enumerate(zip(pks, results.hits, strict=True), start=1)
    )
    return Ranking(hits, results, text, meaning, looked_for)


def _shown(ranking: Ranking) -> Ranking:
    return replace(ranking, hits=ranking.hits[:SHOWN])


@lru_cache(maxsize=1)
def _judged_queries() -> tuple[JudgedQuery, ...]:
    return load_judged_queries()


def compare_judged(draft: Draft, typed: str) -> JudgedComparison:
    """Measure all judged queries without and with a change of the answer to ``typed``.

    Asks only those again of which the change touches the words.
    """
    lists, changed = current_word_lists(), word_lists_with(draft, typed)
    return JudgedComparison(tuple(_judged_changes(_judged_queries(), lists, changed)))


def _judged_changes(
    queries: Sequence[JudgedQuery], lists: WordLists, changed: WordLists
) -> Iterator[JudgedChange]:
    today = timezone.localdate()
    for query in queries:
        before = after = score(_uuids(query.text, lists), query.grades)
        text = parse(query.text)
        readings = [answering.understood(get_engine(), text, each) for each in (lists, changed)]
        pins = [each.pins.leading(text.wording, today) for each in (lists, changed)]
        if readings[0] != readings[1] or pins[0] != pins[1]:
            after = score(_uuids(query.text, changed), query.grades)
        yield JudgedChange(query, before, after)


def _uuids(text: str, lists: WordLists) -> list[str]:
    results = answering.answer(LessonQuery(text=text, first=RECALL_CUT), lists)
    return [hit.card.uuid for hit in results.hits]
