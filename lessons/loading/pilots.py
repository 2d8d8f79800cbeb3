"""The pilots, from ``content/pilots.yaml``.

The gemeenten of a pilot are those of its jeugdregio: the sources name the regions only,
and the text of each pilot says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from lessons.choices import PartnerRole
from lessons.loading.content_files import CONTENT_DIR, Entry, read_entry
from lessons.loading.ledger import Ledger
from lessons.loading.problems import Problem, raise_if_any
from lessons.loading.publishing import Counts, add_or_refresh
from lessons.models import (
    Jeugdregio,
    Partner,
    Phase,
    PilotIndexPage,
    PilotPage,
    PilotPartner,
    PilotPhase,
)


@dataclass(frozen=True)
class PilotPhaseEntry:
    """A phase of the pilots; a date that is not known is None."""

    phase: str
    starts_on: date | None
    ends_on: date | None
    note: str


@dataclass(frozen=True)
class PilotEntry:
    """A pilot as its file gives it; what holds for all pilots is filled in."""

    jeugdregio: str
    values: dict[str, Any]
    phases: tuple[PilotPhaseEntry, ...]
    partners: tuple[tuple[str, str], ...]


def read_pilots(path: Path = CONTENT_DIR / "pilots.yaml") -> tuple[PilotEntry, ...]:
    """Read the file of pilots against the terms and places in the database."""
    problems: list[Problem] = []
    file = read_entry(path, problems)
    shared = file.entry("shared") or Entry(path.name, "shared", None, problems)
    texts = {name: shared.text(name) for name in ("startfoto", "plan", "source_note")}
    phase_codes = set(Phase.objects.values_list("code", flat=True))
    partner_codes = set(Partner.objects.values_list("code", flat=True))
    regions = set(Jeugdregio.objects.values_list("code", flat=True))
    phases = tuple(_phase(entry, phase_codes) for entry in shared.entries("phases", required=True))
    partners = tuple(
        _partner(entry, partner_codes) for entry in shared.entries("partners", required=True)
    )
    shared.finish()
    pilots = tuple(
        PilotEntry(
            jeugdregio=entry.code("jeugdregio", regions),
            values={**_own_values(entry), **texts},
            phases=phases,
            partners=partners,
        )
        for entry in file.entries("pilots", required=True)
    )
    file.finish()
    raise_if_any(problems)
    return pilots


def _own_values(entry: Entry) -> dict[str, Any]:
    values = {
        "title": entry.text("title", max_length=100),
        "slug": entry.text("slug", max_length=60),
        "summary": entry.text("summary", max_length=400),
    }
    entry.finish()
    return values


def _phase(entry: Entry, accepted: set[str]) -> PilotPhaseEntry:
    phase = PilotPhaseEntry(
        phase=entry.code("phase", accepted),
        starts_on=entry.date("starts_on", required=False),
        ends_on=entry.date("ends_on", required=False),
        note=entry.text("note", required=False, max_length=200),
    )
    entry.finish()
    return phase


def _partner(entry: Entry, accepted: set[str]) -> tuple[str, str]:
    partner = entry.code("partner", accepted), entry.code("role", PartnerRole.values)
    entry.finish()
    return partner


@transaction.atomic
def load_pilots(entries: tuple[PilotEntry, ...], *, refresh: bool = False) -> Counts:
    """Publish the pilots that lack; with ``refresh`` also make the others equal to the file."""
    index = PilotIndexPage.objects.get()
    present = {page.slug: page for page in PilotPage.objects.child_of(index)}
    phases = {phase.code: phase for phase in Phase.objects.all()}
    partners = {partner.code: partner for partner in Partner.objects.all()}
    ledger = Ledger()
    counts = Counts()
    for entry in entries:
        region = Jeugdregio.objects.get(code=entry.jeugdregio)
        values = {
            **entry.values,
            "jeugdregio": region,
            "gemeenten": list(region.gemeenten.all()),
            "phase_dates": [
                PilotPhase(
                    phase=phases[phase.phase],
                    starts_on=phase.starts_on,
                    ends_on=phase.ends_on,
                    note=phase.note,
                )
                for phase in entry.phases
            ],
            "partner_roles": [
                PilotPartner(partner=partners[code], role=role) for code, role in entry.partners
            ],
        }
        slug = entry.values["slug"]
        counts += add_or_refresh(
            index,
            present.get(slug),
            PilotPage(),
            values,
            refresh=refresh,
            may_create=ledger.is_first_time(f"pilot:{slug}"),
        )
    ledger.save()
    return counts
