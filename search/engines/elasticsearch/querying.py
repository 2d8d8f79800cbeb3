"""From a question to a request of ``elasticsearch.dsl``. Pure: nothing is asked here.

One request gives hits, total and all counts. The filters of the facets that are counted
work behind the counting, so that each count can leave out its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from elasticsearch.dsl import Search, aggs
from elasticsearch.dsl import query as q

from search.dutch.spelling import most_errors
from search.engines.analysis import TITLE_WORDS_FIELD
from search.engines.contract import BANDS_FACET, EngineQuery, Position, TitleQuery
from search.engines.elasticsearch.documents import SHOWN, LessonEntry, facet_field
from search.engines.ranking import (
    AllOf,
    AnyOf,
    BestOf,
    Boosted,
    Clause,
    Constant,
    InPlaces,
    Lessons,
    Phrase,
    TextClauses,
    Word,
    band_clause,
    text_clauses,
)
from search.query import LessonOrder

_REST = "rest of the facets"
BY_SCORE = (LessonOrder.RELEVANCE, LessonOrder.NEAREST)

# Lucene leaves out the factor k1 + 1 of BM25, which tantivy keeps: with it a text scores
# alike on both engines, and so weighs the same beside what scores a constant.
_SCALE = 2.2
# More codes than any facet has; the server would leave out what lies beyond.
_MOST_CODES = 10_000

# The last fields settle equal values; every lesson has another key.
_SORTS: Mapping[LessonOrder, tuple[dict[str, Any], ...]] = MappingProxyType(
    {
        **dict.fromkeys(BY_SCORE, ({"_score": "desc"}, {"published": "desc"}, {"pk": "desc"})),
        LessonOrder.ADOPTED: ({"adopted": "desc"}, {"published": "desc"}, {"pk": "desc"}),
        LessonOrder.NEWEST: ({"published": "desc"}, {"pk": "desc"}),
        LessonOrder.OLDEST: ({"published": "asc"}, {"pk": "asc"}),
        LessonOrder.TITLE: ({"title_key": "asc"}, {"pk": "asc"}, {"published": "asc"}),
    }
)


def lesson_search(query: EngineQuery, after: Position | None) -> Search[LessonEntry]:
    """Return the request for a page behind a position, with total and counts."""
    counted = {*query.facets, *([BANDS_FACET] if _counts_bands(query) else [])}
    filters = _filters(query)
    behind = {name: chosen for name, chosen in filters.items() if name in counted}
    ahead = [chosen for name, chosen in filters.items() if name not in counted]
    request = (
        _request(query, ahead, size=query.first + 1)
        .source(list(SHOWN))
        .sort(*_SORTS[query.order])
        .extra(track_total_hits=True)
    )
    if behind:
        request = request.post_filter(q.Bool(filter=[*behind.values()]))
    _count(request, query, counted, behind)
    if after is not None:
        request = request.extra(search_after=_sort_values(query.order, after))
    return request


def _count(
    request: Search[LessonEntry],
    query: EngineQuery,
    facets: Collection[str],
    behind: Mapping[str, q.Query],
) -> None:
    """Count facets: those that are not filtered on together, the others each by itself."""
    rest: Any = request.aggs
    if behind:
        rest = rest.bucket(_REST, aggs.Filter(q.Bool(filter=[*behind.values()])))
    for facet in facets:
        if facet not in behind:
            rest.bucket(facet, _counting(query, facet))
            continue
        others = [chosen for name, chosen in behind.items() if name != facet]
        alone: Any = request.aggs.bucket(_alone(facet), aggs.Filter(q.Bool(filter=others)))
        alone.bucket(facet, _counting(query, facet))


def _alone(facet: str) -> str:
    return f"without {facet}"


def _counting(query: EngineQuery, facet: str) -> aggs.Agg[LessonEntry]:
    if facet == BANDS_FACET and query.viewpoint is not None:
        bands = query.viewpoint.bands
        return aggs.Filters(
            filters={band: _translated(band_clause(query.viewpoint, [band])) for band in bands}
        )
    return aggs.Terms(field=facet_field(facet), size=_MOST_CODES)


def counts(query: EngineQuery, found: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Return facet → code → lessons from the answer to ``lesson_search``."""
    counted: dict[str, dict[str, int]] = {}
    for facet in query.facets:
        buckets = _counted(facet, found)
        counted[facet] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    if _counts_bands(query):
        bands = _counted(BANDS_FACET, found).items()
        counted[BANDS_FACET] = {band: bucket["doc_count"] for band, bucket in bands}
    return counted


def _counted(facet: str, found: Mapping[str, Any]) -> Any:
    for place in (found.get(_alone(facet)), found.get(_REST), found):
        if place is not None and facet in place:
            return place[facet]["buckets"]
    raise KeyError(facet)


def _counts_bands(query: EngineQuery) -> bool:
    return query.viewpoint is not None and query.viewpoint.counts_bands


def title_search(query: TitleQuery) -> Search[LessonEntry]:
    """Return the request for the titles that hold what was typed, newest first."""
    if query.is_tolerant:
        words = [_like(word) for word in (*query.words, query.beginning)]
    else:
        words = [q.Term(TITLE_WORDS_FIELD, {"value": word}) for word in query.words]
        words.append(q.Prefix(TITLE_WORDS_FIELD, {"value": query.beginning}))
    unexpired = q.Range("expires", {"gt": int(query.now.timestamp())})
    hidden = [q.Terms("pk", sorted(query.hidden))] if query.hidden else []
    request: Search[LessonEntry] = Search(doc_type=[LessonEntry])
    return (
        request.query(q.Bool(filter=[*words, unexpired], must_not=hidden))
        .source(["card"])
        .sort(*_SORTS[LessonOrder.NEWEST])
        .extra(size=query.first, track_total_hits=False)
    )


def _like(word: str) -> q.Query:
    """The word, what begins with it, or what it may be a misspelling of."""
    errors = {"value": word, "fuzziness": most_errors(word), "prefix_length": 1}
    begins = q.Prefix(TITLE_WORDS_FIELD, {"value": word})
    return q.Bool(should=[begins, q.Fuzzy(TITLE_WORDS_FIELD, errors)], minimum_should_match=1)


def place_search(query: EngineQuery, pk: int) -> Search[LessonEntry]:
    """Return the request for where one lesson stands in the order now."""
    filters = [*_filters(query).values(), q.Term("pk", {"value": pk})]
    return _request(query, filters, size=1).source(False).sort(*_SORTS[query.order])


def position(order: LessonOrder, sort_values: list[Any]) -> Position:
    """Return the position of a hit from the values that it was sorted by."""
    if order in BY_SCORE:
        score, published, pk = sort_values
        return Position(float(score), published, pk)
    if order is LessonOrder.ADOPTED:
        adopted, published, pk = sort_values
        return Position(adopted, published, pk)
    if order is LessonOrder.TITLE:
        title, pk, published = sort_values
        return Position(title, published, pk)
    published, pk = sort_values
    return Position(published, published, pk)


def _sort_values(order: LessonOrder, after: Position) -> list[Any]:
    if order in BY_SCORE or order is LessonOrder.ADOPTED:
        return [after.value, after.published, after.pk]
    if order is LessonOrder.TITLE:
        return [after.value, after.pk, after.published]
    return [after.published, after.pk]


def _request(query: EngineQuery, filters: Iterable[q.Query], *, size: int) -> Search[LessonEntry]:
    asked = text_clauses(query)
    hidden = [q.Terms("pk", sorted(query.hidden))] if query.hidden else []
    only = [q.Terms("pk", sorted(query.only))] if query.only is not None else []
    wanted = q.Bool(
        must=_each(asked.required),
        should=_each(asked.preferred),
        must_not=[*_each(asked.excluded), *hidden],
        filter=[*filters, *only, *_period(query), _unexpired(query)],
    )
    request: Search[LessonEntry] = Search(doc_type=[LessonEntry])
    return request.query(wanted).extra(size=size)


def _filters(query: EngineQuery) -> dict[str, q.Query]:
    """Return what each filter asks, by the facet that it belongs to."""
    filters: dict[str, q.Query] = {
        facet: q.Terms(facet_field(facet), list(codes)) for facet, codes in query.filters.items()
    }
    if query.viewpoint is not None and query.viewpoint.only:
        chosen = band_clause(query.viewpoint, query.viewpoint.only)
        filters[BANDS_FACET] = _translated(chosen)
    return filters


def _period(query: EngineQuery) -> Iterator[q.Query]:
    """The lesson's period overlaps the one asked for; an unknown period never does."""
    if query.period_to is not None:
        yield q.Range("period_from", {"lte": query.period_to})
    if query.period_from is not None:
        yield q.Range("period_to", {"gte": query.period_from})


def _unexpired(query: EngineQuery) -> q.Query:
    return q.Range("expires", {"gt": int(query.now.timestamp())})


def _each(clauses: Iterable[Clause]) -> list[q.Query]:
    return [_translated(clause) for clause in clauses]


def _translated(clause: Clause, boost: float = 1.0) -> q.Query:
    match clause:
        case Boosted(inner, factor):
            return _translated(inner, boost * factor)
        case Constant(inner, score):
            return q.ConstantScore(filter=_translated(inner), boost=score * boost)
        case Word() | Phrase() | Lessons() | InPlaces():
            return _leaf(clause, boost)
        case AllOf() | AnyOf() | BestOf() | TextClauses():
            return _combined(clause, boost)


def _leaf(clause: Word | Phrase | Lessons | InPlaces, boost: float) -> q.Query:
    match clause:
        case Word(field, term):
            return q.Term(field, {"value": term, "boost": boost * _SCALE})
        case Phrase(field, terms, slop):
            phrase = {"query": " ".join(terms), "slop": slop, "boost": boost * _SCALE}
            return q.MatchPhrase(field, phrase)
        case Lessons(pks):
            return q.Terms("pk", list(pks), boost=boost)
        case InPlaces(codes):
            return q.Terms("place", list(codes), boost=boost)


def _combined(clause: AllOf | AnyOf | BestOf | TextClauses, boost: float) -> q.Query:
    match clause:
        case AnyOf(()) | BestOf(()):
            # To the server, a choice out of nothing would be everything, or an error.
            return q.MatchNone()
        case AllOf(clauses):
            return q.Bool(must=_each(clauses), boost=boost)
        case AnyOf(clauses, needed):
            return q.Bool(should=_each(clauses), minimum_should_match=needed, boost=boost)
        case BestOf(clauses, share):
            return q.DisMax(queries=_each(clauses), tie_breaker=share, boost=boost)
        case TextClauses(required, preferred, excluded):
            return q.Bool(
                must=_each(required),
                should=_each(preferred),
                must_not=_each(excluded),
                boost=boost,
            )
