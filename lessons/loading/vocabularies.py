"""Loading the vocabularies from ``content/vocabularies``, one file for each.

Terms belong to the editors once they are there: a load creates what lacks and leaves
the rest alone, unless it is asked to refresh.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from lessons.choices import OrganisationKind
from lessons.loading.content_files import CONTENT_DIR, Entry, read_entries
from lessons.loading.ledger import Ledger
from lessons.loading.problems import Problem, raise_if_any
from lessons.loading.publishing import Counts
from lessons.models import VOCABULARIES, Concept

VOCABULARIES_DIR = CONTENT_DIR / "vocabularies"
FILES = {
    "ontwikkelpunt": "ontwikkelpunten.yaml",
    "phase": "phases.yaml",
    "partner": "partners.yaml",
    "familyForm": "family_forms.yaml",
    "situation": "situations.yaml",
    "audience": "audiences.yaml",
    "evidenceLevel": "evidence_levels.yaml",
}


@dataclass(frozen=True)
class TermEntry:
    """A term as its file gives it; its order is its place in the file."""

    vocabulary: str
    code: str
    values: dict[str, Any]
    broader: str


def read_vocabularies(directory: Path = VOCABULARIES_DIR) -> tuple[TermEntry, ...]:
    """Read all vocabulary files; raise ``LoadingError`` with every fault in them."""
    problems: list[Problem] = []
    terms: list[TermEntry] = []
    for vocabulary, file in FILES.items():
        entries = list(read_entries(directory / file, problems, called="term"))
        codes = [entry.values.get("code") for entry in entries]
        for number, entry in enumerate(entries, start=1):
            if codes.count(entry.values.get("code")) > 1:
                entry.report("code", "deze code komt meer dan eens voor.")
            earlier = {str(code) for code in codes[: number - 1]}
            terms.append(_term(vocabulary, entry, number, earlier))
    raise_if_any(problems)
    return tuple(terms)


def _term(vocabulary: str, entry: Entry, number: int, earlier: set[str]) -> TermEntry:
    code = entry.text("code", max_length=60)
    values: dict[str, Any] = {
        "label": entry.text("label", max_length=160),
        "alternative_labels": "\n".join(entry.texts("alternative_labels")),
        "definition": entry.text("definition"),
        "source": entry.url("source", required=False),
        "order": number,
    }
    if vocabulary == "partner":
        values["kind"] = entry.code("kind", OrganisationKind.values)
        values["website"] = entry.url("website", required=False)
    broader = entry.code("broader", earlier, required=False)
    entry.finish()
    return TermEntry(vocabulary, code, values, broader)


@transaction.atomic
def load_vocabularies(terms: Iterable[TermEntry], *, refresh: bool = False) -> Counts:
    """Create the terms that lack; with ``refresh`` also make the others equal to the file."""
    present: dict[str, dict[str, Concept]] = {
        vocabulary: {term.code: term for term in model._default_manager.all()}
        for vocabulary, model in VOCABULARIES.items()
    }
    ledger = Ledger()
    created = changed = kept = 0
    for entry in terms:
        known = present[entry.vocabulary]
        values = {**entry.values, "broader": known.get(entry.broader)}
        term = known.get(entry.code)
        is_first_time = ledger.is_first_time(f"term:{entry.vocabulary}:{entry.code}")
        if term is None and is_first_time:
            known[entry.code] = VOCABULARIES[entry.vocabulary]._default_manager.create(
                code=entry.code, **values
            )
            created += 1
        elif (
            refresh
            and term is not None
            and any(getattr(term, name) != value for name, value in values.items())
        ):
            for name, value in values.items():
                setattr(term, name, value)
            term.save()
            changed += 1
        else:
            kept += 1
    ledger.save()
    return Counts(created, changed, kept)
