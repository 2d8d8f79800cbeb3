"""Reading the files of lessons: what each says, checked against terms and places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lessons.choices import (
    LessonKind,
    LessonScope,
    MoneyBand,
    PartnerRole,
    PeopleBand,
    StoryPart,
    TimeBand,
)
from lessons.loading.content_files import CONTENT_DIR, Entry, read_entries
from lessons.loading.problems import Problem, raise_if_any
from lessons.models import VOCABULARIES, Gemeente, Jeugdregio
from lessons.models.lesson import CORE_MAX_LENGTH, TITLE_MAX_LENGTH

LESSONS_DIR = CONTENT_DIR / "lessons"
NEEDED_PARTS = frozenset({StoryPart.CONTEXT, StoryPart.APPROACH, StoryPart.RESULT})
WITHIN_A_REGION = frozenset({LessonScope.LOCAL, LessonScope.REGIONAL})


@dataclass(frozen=True)
class KnownCodes:
    """The codes that a lesson may use: terms by vocabulary, and places."""

    terms: dict[str, frozenset[str]]
    jeugdregio_of: dict[str, str]
    """Gemeente code → jeugdregio code."""
    jeugdregios: frozenset[str]

    @classmethod
    def load(cls) -> KnownCodes:
        """Return what the database has."""
        return cls(
            terms={
                name: frozenset(model._default_manager.values_list("code", flat=True))
                for name, model in VOCABULARIES.items()
            },
            jeugdregio_of=dict(Gemeente.objects.values_list("code", "jeugdregio__code")),
            jeugdregios=frozenset(Jeugdregio.objects.values_list("code", flat=True)),
        )


@dataclass(frozen=True)
class RecommendationEntry:
    """A recommendation as the file gives it."""

    text: str
    audience: str
    phase: str
    is_interpretation: bool


@dataclass(frozen=True)
class SourceEntry:
    """A source as the file gives it."""

    title: str
    publisher: str
    url: str


@dataclass(frozen=True)
class PeriodEntry:
    """When it happened, in years."""

    from_year: int | None
    to_year: int | None
    is_unknown: bool
    note: str


@dataclass(frozen=True)
class LessonEntry:
    """A lesson as the file gives it, with codes for terms and places."""

    code: str
    slug: str
    title: str
    core: str
    kind: str
    scope: str
    jeugdregio: str
    gemeenten: tuple[str, ...]
    ontwikkelpunt: str
    other_ontwikkelpunten: tuple[str, ...]
    phases: tuple[str, ...]
    situations: tuple[str, ...]
    family_forms: tuple[str, ...]
    audiences: tuple[str, ...]
    partners: tuple[tuple[str, str], ...]
    evidence_level: str
    own_figures: bool
    period: PeriodEntry
    story: dict[str, str]
    works_if: tuple[str, ...]
    does_not_work_if: tuple[str, ...]
    recommendations: tuple[RecommendationEntry, ...]
    means: dict[str, str | int]
    sources: tuple[SourceEntry, ...]
    interpretation_note: str
    next_review: date | None


def read_lessons(directory: Path, known: KnownCodes) -> tuple[LessonEntry, ...]:
    """Read all lessons of a folder, complete; raise ``LoadingError`` with every fault."""
    problems: list[Problem] = []
    files = sorted(directory.glob("*.yaml"))
    if not files:
        problems.append(Problem(str(directory.name), "er zijn geen bestanden met lessen."))
    entries = [entry for path in files for entry in read_entries(path, problems, called="les")]
    lessons = []
    for entry in entries:
        lessons.append(read_lesson(entry, known))
        entry.finish()
    _report_repeats(entries, ("code", "slug", "title"))
    raise_if_any(problems)
    return tuple(lessons)


def read_lesson(entry: Entry, known: KnownCodes, *, complete: bool = True) -> LessonEntry:
    """Read one lesson; ``complete=False`` also accepts a draft that lacks parts."""
    terms = known.terms
    lesson = LessonEntry(
        code=entry.text("code", max_length=40),
        slug=entry.text("slug", max_length=60),
        title=entry.text("title", max_length=TITLE_MAX_LENGTH),
        core=entry.text("core", required=complete, max_length=CORE_MAX_LENGTH),
        kind=entry.code("kind", LessonKind.values),
        scope=entry.code("scope", LessonScope.values),
        jeugdregio=entry.code("jeugdregio", known.jeugdregios, required=False),
        gemeenten=entry.codes("gemeenten", known.jeugdregio_of),
        ontwikkelpunt=entry.code("ontwikkelpunt", terms["ontwikkelpunt"], required=complete),
        other_ontwikkelpunten=entry.codes("other_ontwikkelpunten", terms["ontwikkelpunt"]),
        phases=entry.codes("phases", terms["phase"], required=complete),
        situations=entry.codes("situations", terms["situation"]),
        family_forms=entry.codes("family_forms", terms["familyForm"]),
        audiences=entry.codes("audiences", terms["audience"], required=complete),
        partners=_partners(entry, known, required=complete),
        evidence_level=entry.code("evidence_level", terms["evidenceLevel"], required=complete),
        own_figures=entry.flag("own_figures"),
        period=_period(entry, required=complete),
        story={
            part.value: entry.text(part.value, required=complete and part in NEEDED_PARTS)
            for part in StoryPart
        },
        works_if=entry.texts("works_if", max_length=200),
        does_not_work_if=entry.texts("does_not_work_if", max_length=200),
        recommendations=_recommendations(entry, known, required=complete),
        means=_means(entry),
        sources=_sources(entry, required=complete),
        interpretation_note=entry.text("interpretation_note", required=complete, max_length=500),
        next_review=entry.date("next_review", required=False),
    )
    _check_place(entry, lesson, known)
    return lesson


def _partners(entry: Entry, known: KnownCodes, *, required: bool) -> tuple[tuple[str, str], ...]:
    partners = []
    for item in entry.entries("partners", required=required):
        partner = item.code("partner", known.terms["partner"])
        partners.append((partner, item.code("role", PartnerRole.values)))
        item.finish()
    return tuple(partners)


def _period(entry: Entry, *, required: bool) -> PeriodEntry:
    item = entry.entry("period")
    if item is None:
        if required:
            entry.report("period", "dit veld ontbreekt; 'unknown: true' mag ook.")
        return PeriodEntry(None, None, is_unknown=False, note="")
    period = PeriodEntry(
        from_year=item.number("from"),
        to_year=item.number("to"),
        is_unknown=item.flag("unknown"),
        note=item.text("note", required=False, max_length=200),
    )
    if (period.from_year is None) != period.is_unknown:
        item.report("from", "geef een jaar, of 'unknown: true', maar niet allebei.")
    item.finish()
    return period


def _recommendations(
    entry: Entry, known: KnownCodes, *, required: bool
) -> tuple[RecommendationEntry, ...]:
    recommendations = []
    for item in entry.entries("recommendations", required=required):
        recommendations.append(
            RecommendationEntry(
                text=item.text("text", max_length=400),
                audience=item.code("audience", known.terms["audience"], required=False),
                phase=item.code("phase", known.terms["phase"], required=False),
                is_interpretation=item.flag("is_interpretation"),
            )
        )
        item.finish()
    return tuple(recommendations)


def _means(entry: Entry) -> dict[str, str | int]:
    item = entry.entry("means")
    if item is None:
        return {}
    values: dict[str, str | int | None] = {
        "money_band": item.code("money_band", MoneyBand.values, required=False),
        "money_amount": item.number("money_amount"),
        "money_note": item.text("money_note", required=False, max_length=200),
        "time_band": item.code("time_band", TimeBand.values, required=False),
        "time_note": item.text("time_note", required=False, max_length=200),
        "people_band": item.code("people_band", PeopleBand.values, required=False),
        "people_note": item.text("people_note", required=False, max_length=200),
    }
    item.finish()
    return {name: value for name, value in values.items() if value not in {None, ""}}


def _sources(entry: Entry, *, required: bool) -> tuple[SourceEntry, ...]:
    sources = []
    for item in entry.entries("sources", required=required):
        sources.append(
            SourceEntry(
                title=item.text("title", max_length=200),
                publisher=item.text("publisher", max_length=120),
                url=item.url("url"),
            )
        )
        item.finish()
    return tuple(sources)


def _check_place(entry: Entry, lesson: LessonEntry, known: KnownCodes) -> None:
    if lesson.scope in WITHIN_A_REGION and not lesson.jeugdregio:
        entry.report("jeugdregio", "dit veld ontbreekt; het gebied is kleiner dan het land.")
    if lesson.jeugdregio and lesson.scope not in WITHIN_A_REGION:
        entry.report("jeugdregio", "laat dit weg bij een gebied van meer dan één jeugdregio.")
    for code in lesson.gemeenten:
        region = known.jeugdregio_of.get(code)
        if lesson.jeugdregio and region and region != lesson.jeugdregio:
            entry.report("gemeenten", f"{code} ligt in {region}, niet in {lesson.jeugdregio}.")


def _report_repeats(entries: Iterable[Entry], names: tuple[str, ...]) -> None:
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for name in names:
            value = str(entry.values.get(name))
            earlier = first.setdefault((name, value), entry)
            if earlier is not entry:
                entry.report(name, f"'{value}' staat ook bij {earlier.item} in {earlier.file}.")
