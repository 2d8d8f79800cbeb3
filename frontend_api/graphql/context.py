"""What one request shares between its resolvers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from lessons import selectors
from lessons.records import (
    FormerGemeente,
    GemeenteRecord,
    JeugdregioRecord,
    Pilot,
    Term,
    Vocabulary,
)


class ReferenceTables:
    """Vocabularies, places and pilots, each read whole at the first question for it.

    They are small and most answers mention many of them, so one read for the whole
    request keeps the number of SQL queries fixed, however long a list is.
    """

    def __init__(self) -> None:
        self._terms: dict[str, dict[str, Term]] = {}

    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """Return all vocabularies."""
        found = selectors.vocabularies()
        for vocabulary in found:
            self._keep(vocabulary)
        return found

    def vocabulary(self, code: str) -> Vocabulary | None:
        """Return one vocabulary, or None."""
        found = selectors.vocabulary(code)
        if found is not None:
            self._keep(found)
        return found

    def term(self, vocabulary: str, code: str) -> Term | None:
        """Return one term, also a retired or merged one, or None."""
        if vocabulary not in self._terms:
            self.vocabulary(vocabulary)
        return self._terms.get(vocabulary, {}).get(code)

    def _keep(self, vocabulary: Vocabulary) -> None:
        self._terms[vocabulary.code] = {term.code: term for term in vocabulary.terms}

    @cached_property
    def gemeenten(self) -> dict[str, GemeenteRecord]:
        """All gemeenten by CBS code, in the order of their names."""
        return {gemeente.code: gemeente for gemeente in selectors.gemeenten()}

    @cached_property
    def predecessors(self) -> dict[str, list[FormerGemeente]]:
        """The former gemeenten that each gemeente holds the area or a part of, by its code."""
        found: dict[str, list[FormerGemeente]] = {}
        for former in selectors.former_gemeenten():
            for successor in former.successors:
                found.setdefault(successor.code, []).append(former)
        return found

    def names_of(self, gemeente: GemeenteRecord) -> tuple[str, ...]:
        """Return the name of a gemeente and those of its predecessors."""
        former = self.predecessors.get(gemeente.code, ())
        return (gemeente.name, *(one.name for one in former))

    @cached_property
    def jeugdregios(self) -> dict[str, JeugdregioRecord]:
        """All jeugdregio's by code, in the order of their names."""
        return {jeugdregio.code: jeugdregio for jeugdregio in selectors.jeugdregios()}

    @cached_property
    def pilots(self) -> dict[str, Pilot]:
        """All public pilots by slug, in the order of their titles."""
        return {pilot.slug: pilot for pilot in selectors.pilots()}


@dataclass
class RequestContext:
    """The ``context`` of every resolver. It knows no user: all answers are public."""

    tables: ReferenceTables = field(default_factory=ReferenceTables)
    deadline: float = math.inf
    """When the answer has to be there, by the monotonic clock."""
