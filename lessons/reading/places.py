"""Gemeenten, jeugdregio's and pilots as records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.formats import date_format

from cms.rich_text import expand_many, public_page_url
from lessons.addresses import gemeente_uri, jeugdregio_uri
from lessons.choices import PartnerRole, label_of
from lessons.models import Gemeente, GemeenteProfile, Jeugdregio, PilotPage, Succession
from lessons.reading.lesson_rows import PilotRow, RegionRow
from lessons.reading.terms import Terms
from lessons.records import (
    FormerGemeente,
    GemeenteRecord,
    JeugdregioRecord,
    LessonCard,
    PartnerRoleRef,
    Period,
    PeriodProfile,
    Pilot,
    PilotPhaseRecord,
    PilotRef,
    PlaceRef,
)
from lessons.safe_html import clean_html


def gemeente_ref(gemeente: Gemeente) -> PlaceRef:
    """Return the gemeente as shown beside a lesson."""
    return PlaceRef(gemeente.code, gemeente.name, gemeente_uri(gemeente.code))


def jeugdregio_ref(jeugdregio: Jeugdregio | RegionRow) -> PlaceRef:
    """Return the jeugdregio as shown beside a lesson."""
    return PlaceRef(jeugdregio.code, jeugdregio.name, jeugdregio_uri(jeugdregio.code))


def pilot_ref(pilot: PilotPage | PilotRow) -> PilotRef:
    """Return the pilot as shown beside a lesson."""
    return PilotRef(pilot.slug, pilot.title, public_page_url(pilot.url_path))


def gemeente_records(**filters: object) -> tuple[GemeenteRecord, ...]:
    """Return gemeenten in the order of their names, with two queries."""
    # Values, not objects: this is half of what a question about one gemeente costs.
    rows = list(
        Gemeente.objects.filter(**filters).values_list(
            *("pk", "code", "name", "tooi_uri", "provincie", "latitude", "longitude"),
            *("jeugdregio__code", "jeugdregio__name"),
        )
    )
    profiles = GemeenteProfile.objects.filter(gemeente__in=[row[0] for row in rows])
    # The newest edition comes last, and stays.
    newest = {
        pk: (edition, figures)
        for pk, edition, figures in profiles.order_by("edition").values_list(
            "gemeente_id", "edition", "figures"
        )
    }
    return tuple(
        GemeenteRecord(
            code=code,
            name=name,
            uri=gemeente_uri(code),
            tooi_uri=tooi_uri,
            provincie=provincie,
            jeugdregio=PlaceRef(regio, regio_name, jeugdregio_uri(regio)),
            latitude=latitude,
            longitude=longitude,
            edition=newest.get(pk, (None, {}))[0],
            figures=newest.get(pk, (None, {}))[1],
        )
        for pk, code, name, tooi_uri, provincie, latitude, longitude, regio, regio_name in rows
    )


def gemeente_record(code: str) -> GemeenteRecord | None:
    """Return one gemeente; for a former code its main successor, with a notice; or None."""
    found = next(iter(gemeente_records(code=code)), None)
    if found is not None:
        return found
    former = next(iter(former_gemeenten(former_code=code)), None)
    if former is None:
        return None
    successor = next(iter(gemeente_records(code=former.successors[0].code)))
    return replace(successor, notice=former_notice(former))


def period_profiles(cards: Iterable[LessonCard]) -> dict[str, tuple[PeriodProfile, ...]]:
    """Return by uuid the figures of the gemeenten of lessons in their period; one query.

    Sought is the last year of the period. The nearest edition is taken, of two as near the
    older; without a known period the newest. A gemeente without figures is left out.
    """
    cards = list(cards)
    codes = {place.code for card in cards for place in card.gemeenten}
    editions: dict[str, dict[int, dict[str, float]]] = {}
    rows = GemeenteProfile.objects.filter(gemeente__code__in=codes).order_by("edition")
    for code, edition, figures in rows.values_list("gemeente__code", "edition", "figures"):
        editions.setdefault(code, {})[edition] = figures
    return {
        card.uuid: tuple(
            _period_profile(place, editions[place.code], card.period)
            for place in card.gemeenten
            if place.code in editions
        )
        for card in cards
    }


def _period_profile(
    place: PlaceRef, editions: dict[int, dict[str, float]], period: Period
) -> PeriodProfile:
    year = period.to_year or period.from_year
    nearest = min(editions, key=lambda edition: (abs(edition - (year or 9999)), edition))
    return PeriodProfile(place, nearest, year, dict(editions[nearest]))


def former_gemeenten(**filters: object) -> tuple[FormerGemeente, ...]:
    """Return gemeenten that ended, by name, with what their area is part of today; one query."""
    found: dict[str, FormerGemeente] = {}
    for row in Succession.objects.filter(**filters).select_related("successor"):
        successor = gemeente_ref(row.successor)
        known = found.get(row.former_code)
        if known is None:
            known = FormerGemeente(row.former_code, row.former_name, row.ended_on, ())
        found[row.former_code] = replace(known, successors=(*known.successors, successor))
    return tuple(found.values())


def former_notice(former: FormerGemeente) -> str:
    """Return in Dutch what became of a gemeente, and which one now stands for it."""
    names = [successor.name for successor in former.successors]
    ended = (
        f"{former.code} ({former.name}) bestaat niet meer sinds "
        f"{date_format(former.ended_on, 'j F Y')}"
    )
    if len(names) == 1:
        return f"{ended} en hoort nu bij {names[0]}."
    everywhere = f"{', '.join(names[:-1])} en {names[-1]}"
    return f"{ended} en is verdeeld over {everywhere}; dit is {names[0]}."


def jeugdregio_records(**filters: object) -> tuple[JeugdregioRecord, ...]:
    """Return jeugdregio's in the order of their names, with two queries."""
    return tuple(
        JeugdregioRecord(
            code=region.code,
            name=region.name,
            uri=jeugdregio_uri(region.code),
            gemeenten=tuple(gemeente_ref(gemeente) for gemeente in region.gemeenten.all()),
        )
        for region in Jeugdregio.objects.filter(**filters).prefetch_related("gemeenten")
    )


def pilot_records(pilots: Iterable[PilotPage]) -> tuple[Pilot, ...]:
    """Return pilots with all that belongs to them.

    ``pilots`` is a queryset from the gate; ``PILOT_RELATIONS`` tells what to prefetch.
    """
    pilots = list(pilots)
    terms = Terms()
    texts = iter(expand_many([text for pilot in pilots for text in (pilot.startfoto, pilot.plan)]))
    return tuple(_pilot_record(pilot, terms, next(texts), next(texts)) for pilot in pilots)


PILOT_RELATIONS = ("gemeenten", "ontwikkelpunten", "phase_dates", "partner_roles")


def _pilot_record(pilot: PilotPage, terms: Terms, startfoto: str, plan: str) -> Pilot:
    return Pilot(
        slug=pilot.slug,
        title=pilot.title,
        url=public_page_url(pilot.url_path),
        summary=pilot.summary,
        jeugdregio=jeugdregio_ref(pilot.jeugdregio) if pilot.jeugdregio else None,
        gemeenten=tuple(gemeente_ref(gemeente) for gemeente in pilot.gemeenten.all()),
        ontwikkelpunten=tuple(
            terms["ontwikkelpunt"].ref(term.pk) for term in pilot.ontwikkelpunten.all()
        ),
        phases=tuple(
            PilotPhaseRecord(
                phase=terms["phase"].ref(phase.phase_id),
                starts_on=phase.starts_on,
                ends_on=phase.ends_on,
                note=phase.note,
            )
            for phase in pilot.phase_dates.all()
        ),
        partners=tuple(
            partner_role_ref(role.partner_id, role.role, terms)
            for role in pilot.partner_roles.all()
        ),
        startfoto=clean_html(startfoto),
        plan=clean_html(plan),
        sources=tuple(line.strip() for line in pilot.source_note.splitlines() if line.strip()),
    )


def partner_role_ref(partner_pk: int, role: str, terms: Terms) -> PartnerRoleRef:
    """Return a partner with its role."""
    return PartnerRoleRef(
        partner=terms["partner"].ref(partner_pk),
        role=role,
        role_label=label_of(PartnerRole(role)),
    )
