"""Bringing the gemeenten and jeugdregio's in the database in line with their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.search.backends import get_search_backends

from lessons.loading.geography_tables import GemeenteRow, Geography
from lessons.loading.problems import Problem, raise_if_any
from lessons.loading.successions import move_to_successor, save_successions
from lessons.models import Adoption, Gemeente, GemeenteProfile, Jeugdregio, LessonPage, PilotPage


@dataclass(frozen=True)
class Changes:
    """How many records of a kind a load created, changed and removed."""

    total: int
    created: int
    changed: int
    removed: int


@dataclass(frozen=True)
class GeographyReport:
    """What a load of the geography did."""

    edition: int
    jeugdregios: Changes
    gemeenten: Changes
    profiles: Changes
    former: Changes


@transaction.atomic
def load_geography(geography: Geography) -> GeographyReport:
    """Make the database equal to the tables, and change nothing that already is.

    What refers to a gemeente that went to one other now refers to that one. Raises
    ``LoadingError``, with the database unchanged, when another place that is no longer in
    the tables is still referred to. Profiles of other editions stay.
    """
    jeugdregios = _Step(Jeugdregio, {row.code: row for row in geography.jeugdregios})
    gemeenten = _Step(Gemeente, {row.code: row for row in geography.gemeenten})
    merged = {one.code: one.successors[0] for one in geography.former if len(one.successors) == 1}
    divided = [gemeente for gemeente in gemeenten.gone if gemeente.code not in merged]
    _refuse_if_referred_to(geography, divided, jeugdregios.gone)
    jeugdregios.save(lambda row: {"name": row.name})
    regions = dict(Jeugdregio.objects.values_list("code", "pk"))
    gemeenten.save(lambda row: _gemeente_values(row, regions))
    profiles = _save_profiles(geography)
    former = Changes(len(geography.former), *save_successions(geography.former))
    for gone in gemeenten.gone:
        if gone.code in merged:
            move_to_successor(gone, Gemeente.objects.get(code=merged[gone.code]))
    return GeographyReport(
        edition=geography.edition,
        jeugdregios=jeugdregios.remove_gone(after=gemeenten),
        gemeenten=gemeenten.changes(),
        profiles=profiles,
        former=former,
    )


class _Step:
    """One kind of place: what the table has beside what the database has, by code."""

    def __init__(self, model: type[Jeugdregio | Gemeente], rows: dict[str, Any]) -> None:
        self.model = model
        self.rows = rows
        self.present = {place.code: place for place in model._default_manager.all()}
        self.gone = [place for code, place in self.present.items() if code not in rows]
        self.created = 0
        self.changed = 0

    def save(self, values_of: Any) -> None:
        """Create what lacks in bulk; save what differs one by one.

        Nothing can refer to a new place yet. A changed one is shown with lessons, so
        everyone who listens for saved places must hear of it.
        """
        new = []
        for code, row in self.rows.items():
            values = values_of(row)
            place = self.present.get(code)
            if place is None:
                new.append(self.model(code=code, **values))
            elif any(getattr(place, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(place, name, value)
                place.save()
                self.changed += 1
        created: list[models.Model] = list(self.model._default_manager.bulk_create(new))
        self.created = len(created)
        if created:
            # One signal for all: whoever keeps the names of places reads them all again.
            created[-1].save()
        # bulk_create sends no signals; the choosers of the CMS search this index.
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(self.model, created)

    def remove_gone(self, after: _Step) -> Changes:
        """Remove what the table no longer has, the other kind first."""
        for place in (*after.gone, *self.gone):
            place.delete()
        return self.changes()

    def changes(self) -> Changes:
        return Changes(len(self.rows), self.created, self.changed, len(self.gone))


def _gemeente_values(row: GemeenteRow, regions: dict[str, int]) -> dict[str, Any]:
    return {
        "name": row.name,
        "cbs_name": row.cbs_name,
        "tooi_uri": row.tooi_uri,
        "provincie_code": row.provincie_code,
        "provincie": row.provincie,
        "jeugdregio_id": regions[row.jeugdregio_code],
        "latitude": row.latitude,
        "longitude": row.longitude,
    }


def _save_profiles(geography: Geography) -> Changes:
    gemeenten = {gemeente.code: gemeente for gemeente in Gemeente.objects.all()}
    present = {
        profile.gemeente_id: profile
        for profile in GemeenteProfile.objects.filter(edition=geography.edition)
    }
    new, changed = [], []
    for row in geography.gemeenten:
        gemeente = gemeenten[row.code]
        profile = present.get(gemeente.pk)
        if profile is None:
            new.append(
                GemeenteProfile(gemeente=gemeente, edition=geography.edition, figures=row.figures)
            )
        elif profile.figures != row.figures:
            profile.figures = row.figures
            profile.changed_at = timezone.now()
            changed.append(profile)
    GemeenteProfile.objects.bulk_create(new)
    GemeenteProfile.objects.bulk_update(changed, ["figures", "changed_at"])
    return Changes(len(geography.gemeenten), len(new), len(changed), 0)


def _refuse_if_referred_to(
    geography: Geography,
    gemeenten: list[Jeugdregio | Gemeente],
    jeugdregios: list[Jeugdregio | Gemeente],
) -> None:
    problems = []
    for gemeente in gemeenten:
        users = _titles(LessonPage, Q(gemeenten=gemeente.pk)) + _titles(
            PilotPage, Q(gemeenten=gemeente.pk)
        )
        users += [str(user) for user in Adoption.objects.filter(gemeente=gemeente.pk)]
        parts = next((one.successors for one in geography.former if one.code == gemeente.code), ())
        problems += _still_used(geography.gemeenten_file, gemeente, users, parts)
    for region in jeugdregios:
        users = _titles(LessonPage, Q(jeugdregio=region.pk)) + _titles(
            PilotPage, Q(jeugdregio=region.pk)
        )
        users += [str(user) for user in Adoption.objects.filter(jeugdregio=region.pk)]
        if hasattr(region, "section"):
            users.append("de eigen sectie in het CMS")
        problems += _still_used(geography.jeugdregios_file, region, users)
    raise_if_any(problems)


def _titles(model: type[LessonPage | PilotPage], which: Q) -> list[str]:
    return [
        f"'{title}'"
        for title in model.objects.filter(which).distinct().values_list("title", flat=True)
    ]


def _still_used(
    file: str, place: Jeugdregio | Gemeente, users: list[str], parts: Sequence[str] = ()
) -> list[Problem]:
    if not users:
        return []
    others = f"een andere aan, van {', '.join(parts)}" if parts else "een andere aan"
    return [
        Problem(
            file,
            f"{place.code} ({place.name}) ontbreekt, maar wordt nog gebruikt door "
            f"{', '.join(users)}. Wijs daar eerst {others}.",
        )
    ]
