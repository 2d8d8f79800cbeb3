"""From a tree of clauses to tantivy's query objects. Pure: nothing is read or searched here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from tantivy import Occur, Query, Schema

from search.engines.analysis import WORDS_FIELD
from search.engines.embedded.schema import PLACE_FIELD
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
)

_KEPT = 512
_MOST_BY_ITSELF = 500


class Translator:
    """Translates for the index of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        # What is sought for a word is the same in every question with that word.
        self._best_of = lru_cache(maxsize=_KEPT)(self._best_of_anew)

    def query(self, clause: Clause) -> Query:
        """Return the query for a clause; one whose score counts, unless its clauses say not."""
        match clause:
            case Boosted(inner, boost):
                return Query.boost_query(self.query(inner), boost)
            case Constant(inner, score):
                return Query.const_score_query(self.query(inner), score)
            case Word() | Phrase() | Lessons() | InPlaces():
                return self._leaf(clause)
            case AllOf() | AnyOf() | BestOf() | TextClauses():
                return self._combined(clause)

    def occurring(self, asked: TextClauses) -> list[tuple[Occur, Query]]:
        """Return the queries of clauses, each with whether it must, should or must not hold."""
        return [
            *((Occur.Must, query) for query in self._each(asked.required)),
            *((Occur.Should, query) for query in self._each(asked.preferred)),
            *((Occur.MustNot, query) for query in self._each(asked.excluded)),
        ]

    def one_of(self, pks: Sequence[int]) -> Query:
        """Return the query for the lessons with these keys; the score is to be left aside."""
        if len(pks) > _MOST_BY_ITSELF:
            return Query.term_set_query(self._schema, "pk", list(pks))
        # Each by itself takes a quarter of the time of all in one set, or less.
        each = [(Occur.Should, Query.term_query(self._schema, "pk", pk, "basic")) for pk in pks]
        return Query.boolean_query(each) if each else Query.empty_query()

    def _leaf(self, clause: Word | Phrase | Lessons | InPlaces) -> Query:
        match clause:
            case Word(field, term):
                option = "position" if field == WORDS_FIELD else "freq"
                return Query.term_query(self._schema, field, term, option)
            case Phrase(field, terms, slop):
                words: list[str | tuple[int, str]] = [*terms]
                return Query.phrase_query(self._schema, field, words, slop=slop)
            case Lessons(pks):
                return self.one_of(pks)
            case InPlaces(codes):
                return Query.term_set_query(self._schema, PLACE_FIELD, list(codes))

    def _combined(self, clause: AllOf | AnyOf | BestOf | TextClauses) -> Query:
        match clause:
            case AllOf(clauses):
                return Query.boolean_query([(Occur.Must, query) for query in self._each(clauses)])
            case AnyOf((only,), 1):
                return self.query(only)
            case AnyOf(clauses, needed):
                some = [(Occur.Should, query) for query in self._each(clauses)]
                return Query.boolean_query(some, needed)
            case BestOf():
                return self._best_of(clause)
            case TextClauses():
                return Query.boolean_query(self.occurring(clause))

    def _each(self, clauses: tuple[Clause, ...]) -> Iterable[Query]:
        return map(self.query, clauses)

    def _best_of_anew(self, clause: BestOf) -> Query:
        return Query.disjunction_max_query([*self._each(clause.clauses)], clause.share)
