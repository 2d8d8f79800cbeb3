"""A term, a vocabulary, and what a facet needs of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term as shown beside a lesson: always the current one, also after a merge."""

    vocabulary: str
    code: str
    label: str
    uri: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary in full; ``uri`` is permanent."""

    vocabulary: str
    code: str
    uri: str
    label: str
    alternative_labels: tuple[str, ...]
    definition: str
    source: str
    order: int
    broader_code: str | None
    replaced_by_code: str | None
    is_retired: bool
    organisation_kind: str | None = None
    """Partners only: a code of ``OrganisationKind``."""
    website: str = ""
    """Partners only."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary with its terms in order, retired ones included."""

    code: str
    uri: str
    label: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """The codes of one facet at one moment."""

    labels: dict[str, str] = field(hash=False)
    """Current code → Dutch label, in order."""
    followers: dict[str, str] = field(hash=False, default_factory=dict)
    """Merged code → the code that stands for it today."""
    parts: dict[str, tuple[str, ...]] = field(hash=False, default_factory=dict)
    """Code of what was divided → the codes that stand for it beside its follower."""

    def current(self, code: str) -> str | None:
        """Return the code that stands for this one today; None for an unknown code."""
        return code if code in self.labels else self.followers.get(code)

    def all_current(self, code: str) -> tuple[str, ...]:
        """Return every code that stands for this one today; none for an unknown code."""
        current = self.current(code)
        return () if current is None else (current, *self.parts.get(code, ()))
