"""The facets: under which codes lessons are found, and what those codes are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import models
from django.db.models import CharField, F, Value

from lessons.choices import LessonKind, LessonScope
from lessons.models import VOCABULARIES, Gemeente, Jeugdregio, Succession
from lessons.reading.terms import Terms
from lessons.records import FacetTable
from lessons.visibility import public_pilots

CHOICES: Mapping[str, type[models.TextChoices]] = {"kind": LessonKind, "scope": LessonScope}


def facet_tables(facets: Collection[str]) -> dict[str, FacetTable]:
    """Return the tables of the facets, whatever their number, with at most three queries."""
    tables = {
        name: FacetTable({choice.value: str(choice.label) for choice in CHOICES[name]})
        for name in facets
        if name in CHOICES
    }
    terms = Terms()
    for name in facets:
        if name in VOCABULARIES:
            tables[name] = _vocabulary_table(name, terms)
    if places := [name for name in facets if name in _PLACES]:
        tables.update(_place_tables(places))
    return {name: tables[name] for name in facets}


def _vocabulary_table(name: str, terms: Terms) -> FacetTable:
    table = terms[name]
    followers = {
        code: current
        for code in table.codes()
        if (current := table.current_code(code)) is not None and current != code
    }
    return FacetTable(table.labels(), followers)


_PLACES = ("jeugdregio", "gemeente", "pilot")
_MAIN, _PART = "main successor", "other successor"


def _place_tables(names: list[str]) -> dict[str, FacetTable]:
    """Read gemeenten, jeugdregio's and pilots by one query; pilots cost one for the gate.

    The same query tells what became of former gemeenten.
    """
    sources = {
        "jeugdregio": lambda: _rows(Jeugdregio.objects.all(), "jeugdregio", "code", "name"),
        "gemeente": lambda: _rows(Gemeente.objects.all(), "gemeente", "code", "name"),
        "pilot": lambda: _rows(public_pilots(), "pilot", "slug", "title"),
    }
    queries = [sources[name]() for name in names]
    if "gemeente" in names:
        queries += [
            _rows(
                Succession.objects.filter(is_main=is_main), kind, "former_code", "successor__code"
            )
            for kind, is_main in ((_MAIN, True), (_PART, False))
        ]
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    tables = {name: FacetTable({}) for name in names}
    for name, code, label in sorted(rows, key=lambda row: row[2]):
        if name == _MAIN:
            tables["gemeente"].followers[code] = label
        elif name == _PART:
            parts = tables["gemeente"].parts
            parts[code] = (*parts.get(code, ()), label)
        else:
            tables[name].labels[code] = label
    return tables


def _rows(
    found: models.QuerySet,  # type: ignore[type-arg]
    facet: str,
    code: str,
    label: str,
) -> models.QuerySet:  # type: ignore[type-arg]
    return found.order_by().values_list(Value(facet, CharField()), F(code), F(label))
