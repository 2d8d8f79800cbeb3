"""The vocabularies, read whole: they are small, and every answer needs them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import CharField, F, Value

from lessons.addresses import term_uri, vocabulary_uri
from lessons.models import VOCABULARIES, Concept
from lessons.records import Term, TermRef, Vocabulary


class FoundBy(NamedTuple):
    """A term with all that it is narrower than: their codes, names and other names."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]


class TermTable:
    """The terms of one vocabulary at one moment.

    Follows ``replaced_by`` and ``broader`` in memory, so that showing a lesson costs no
    query for each term.
    """

    def __init__(self, vocabulary: str, terms: Iterable[Concept]) -> None:
        self.vocabulary = vocabulary
        self._by_pk = {term.pk: term for term in terms}
        self._by_code = {term.code: term for term in self._by_pk.values()}
        self._refs: dict[int, TermRef] = {}
        self._with_broader: dict[int, list[Concept]] = {}
        self._found_by: dict[int, FoundBy] = {}

    def current(self, pk: int) -> Concept:
        """Return the term that stands for this one today."""
        term, seen = self._by_pk[pk], {pk}
        while (follower := getattr(term, "replaced_by_id", None)) and follower not in seen:
            seen.add(follower)
            term = self._by_pk[follower]
        return term

    def ref(self, pk: int) -> TermRef:
        """Return the term to show for the one that a lesson holds."""
        if pk not in self._refs:
            term = self.current(pk)
            self._refs[pk] = TermRef(self.vocabulary, term.code, term.label, term_uri(term))
        return self._refs[pk]

    def with_broader(self, pk: int) -> list[Concept]:
        """Return the current term and all terms that it is narrower than."""
        if pk not in self._with_broader:
            self._with_broader[pk] = self._chain(pk)
        return self._with_broader[pk]

    def _chain(self, pk: int) -> list[Concept]:
        terms = [self.current(pk)]
        while broader := getattr(terms[-1], "broader_id", None):
            term = self.current(broader)
            if term in terms:
                break
            terms.append(term)
        return terms

    def found_by(self, pk: int) -> FoundBy:
        """Return the codes and words under which a lesson with this term is found."""
        if pk not in self._found_by:
            terms = self.with_broader(pk)
            self._found_by[pk] = FoundBy(
                codes=tuple(term.code for term in terms),
                labels=tuple(
                    label for term in terms for label in (term.label, *term.alternative_label_list)
                ),
            )
        return self._found_by[pk]

    def codes(self) -> list[str]:
        """Return the codes of all terms, merged ones included."""
        return list(self._by_code)

    def current_code(self, code: str) -> str | None:
        """Return the code that stands for this one today; None for an unknown code."""
        term = self._by_code.get(code)
        return None if term is None else self.current(term.pk).code

    def standing(self) -> list[Concept]:
        """Return the terms that stand for themselves, in order; retired ones are among them."""
        return [
            term for term in self._by_pk.values() if getattr(term, "replaced_by_id", None) is None
        ]

    def labels(self) -> dict[str, str]:
        """Return code → label of the terms that stand for themselves, in order."""
        return {term.code: term.label for term in self.standing()}

    def record(self, term: Concept) -> Term:
        """Return the term in full."""
        broader, replaced_by = (
            self._by_pk.get(getattr(term, name)) for name in ("broader_id", "replaced_by_id")
        )
        return Term(
            vocabulary=self.vocabulary,
            code=term.code,
            uri=term_uri(term),
            label=term.label,
            alternative_labels=tuple(term.alternative_label_list),
            definition=term.definition,
            source=term.source,
            order=term.order,
            broader_code=broader.code if broader else None,
            replaced_by_code=replaced_by.code if replaced_by else None,
            is_retired=term.is_retired,
            organisation_kind=getattr(term, "kind", None),
            website=getattr(term, "website", ""),
        )

    def records(self) -> tuple[Term, ...]:
        """Return all terms in order."""
        return tuple(self.record(term) for term in self._by_pk.values())


class Terms:
    """All vocabularies at one moment, read with one query when first asked for.

    Only what a lesson shows is read; ``vocabulary_record`` reads terms in full.
    """

    @cached_property
    def _tables(self) -> dict[str, TermTable]:
        terms: dict[str, list[Concept]] = {code: [] for code in VOCABULARIES}
        for vocabulary, *values in _all_rows():
            terms[vocabulary].append(_partial_term(VOCABULARIES[vocabulary], values))
        return {code: TermTable(code, found) for code, found in terms.items()}

    def __getitem__(self, vocabulary: str) -> TermTable:
        return self._tables[vocabulary]


_SHOWN_FIELDS = (
    "pk",
    "code",
    "label",
    "alternative_labels",
    "broader_id",
    "replaced_by_id",
    "is_retired",
)


def _all_rows() -> list[tuple[Any, ...]]:
    """Return vocabulary, order and shown fields of every term: a union of the tables."""
    queries = [
        model._default_manager.order_by().values_list(
            Value(code, CharField()), F("order"), *(F(name) for name in _SHOWN_FIELDS)
        )
        for code, model in VOCABULARIES.items()
    ]
    rows = queries[0].union(*queries[1:], all=True)
    return [(row[0], *row[2:]) for row in sorted(rows, key=lambda row: (row[1], row[4]))]


def _partial_term(model: type[Concept], values: list[Any]) -> Concept:
    term = model()
    for name, value in zip(_SHOWN_FIELDS, values, strict=True):
        setattr(term, name, value)
    return term


def vocabulary_record(code: str) -> Vocabulary:
    """Return a vocabulary that exists, read with one query."""
    model = VOCABULARIES[code]
    table = TermTable(code, model._default_manager.all())
    label = str(model._meta.verbose_name_plural)
    return Vocabulary(code=code, uri=vocabulary_uri(model), label=label, terms=table.records())
