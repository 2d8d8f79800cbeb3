"""A memo: lessons to take to a meeting, as one value that every form is written from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from frontend_api.feeds.items import PUBLISHER, STATE_LABELS, absolute, absolute_page
from frontend_api.memos.blocks import Block, story_blocks
from frontend_api.portal.phrases import capitalised, count_of_lessons, period, relation
from lessons import selectors
from lessons.choices import StoryPart
from lessons.records import LessonDetail, RecommendationRecord, Source, Tombstone


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of a lesson; with an address it is a link."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the story; ``note`` says when it is a reading of the facts."""

    heading: str
    note: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: words, what is added to them, and where they lead."""

    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A heading with lines."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MemoLesson:
    """A lesson with all that a reader needs to judge and use it."""

    title: str
    kind: str
    core: str
    facts: tuple[Fact, ...]
    story: tuple[Part, ...]
    listings: tuple[Listing, ...]
    interpretation_note: str
    place: str
    evidence: str


@dataclass(frozen=True, slots=True)
class MemoTombstone:
    """A lesson that is gone: that, when and why, and nothing of what it said."""

    title: str
    sentence: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """Lessons and tombstones in the order in which they were chosen."""

    title: str
    exported_on: str
    introduction: str
    address: str
    """Where the newest state of all this is found."""
    lessons: tuple[MemoLesson, ...]
    tombstones: tuple[MemoTombstone, ...]


def make_memo(uuids: Sequence[str], address: str, today: datetime.date) -> Memo:
    """Return the memo of these lessons; those of which nothing may be told are not in it.

    Takes fifteen queries, whatever the number.
    """
    details = selectors.lesson_details(uuids)
    gone = [uuid for uuid in uuids if uuid not in details]
    stones = selectors.tombstones(gone) if gone else {}
    lessons = tuple(_lesson(details[uuid]) for uuid in uuids if uuid in details)
    tombstones = tuple(_tombstone(stones[uuid]) for uuid in gone if uuid in stones)
    single = len(lessons) == 1 and not tombstones
    return Memo(
        title=lessons[0].title if single else f"Lessen uit {PUBLISHER}",
        exported_on=date_format(today, "j F Y"),
        introduction=_introduction(lessons, tombstones),
        address=absolute(address),
        lessons=lessons,
        tombstones=tombstones,
    )


def _introduction(lessons: Sequence[MemoLesson], tombstones: Sequence[MemoTombstone]) -> str:
    number = count_of_lessons(len(lessons))
    sentences = [f"{capitalised(number)} uit {PUBLISHER}, overgenomen zoals zij toen luidden."]
    if len(lessons) == 1:
        sentences = [f"Een les uit {PUBLISHER}, overgenomen zoals zij toen luidde."]
    if tombstones:
        verb = "is" if len(tombstones) == 1 else "zijn"
        again = count_of_lessons(len(tombstones))
        sentences.append(f"{capitalised(again)} van deze lijst {verb} niet meer geldig.")
    sentences.append(
        "Een les kan veranderen of worden ingetrokken: kijk voor gebruik op haar adres."
    )
    return " ".join(sentences)


def _lesson(detail: LessonDetail) -> MemoLesson:
    card = detail.card
    return MemoLesson(
        title=card.title,
        kind=capitalised(card.kind_label),
        core=card.core,
        facts=_facts(detail),
        story=tuple(
            Part(
                capitalised(part.label),
                "duiding" if part.part == StoryPart.EXPLANATION else "",
                story_blocks(part.html),
            )
            for part in detail.story
        ),
        listings=_listings(detail),
        interpretation_note=detail.interpretation_note,
        place=_place(detail),
        evidence=_evidence(detail),
    )


def _place(detail: LessonDetail) -> str:
    card = detail.card
    names = [place.name for place in card.gemeenten]
    if card.jeugdregio is not None:
        names.append(f"jeugdregio {card.jeugdregio.name}")
    return capitalised(", ".join(names) or card.scope_label)


def _evidence(detail: LessonDetail) -> str:
    card = detail.card
    return card.evidence_level.label + (" (eigen cijfers)" if card.own_figures else "")


def _facts(detail: LessonDetail) -> tuple[Fact, ...]:
    card = detail.card
    points = (card.ontwikkelpunt, *card.other_ontwikkelpunten)
    reviewed = date_format(card.last_reviewed, "j F Y")
    note = f" ({card.period.note})" if card.period.note else ""
    facts = (
        Fact("Ontwikkelpunt", _joined(point.label for point in points)),
        Fact("Waar", _place(detail)),
        Fact("Wanneer", f"{capitalised(period(card.period))}{note}"),
        Fact("Bewijskracht", _evidence(detail)),
        Fact("Fase", _joined(term.label for term in card.phases)),
        Fact("Pilot", card.pilot.title if card.pilot else ""),
        Fact("Naamsvermelding", card.attribution),
        Fact("Licentie", detail.licence_label, detail.licence_url),
        Fact("Laatst nagekeken", reviewed),
        Fact("Vast adres", card.uri, card.uri),
    )
    return tuple(fact for fact in facts if fact.text)


def _listings(detail: LessonDetail) -> tuple[Listing, ...]:
    listings = (
        Listing("Werkt als", tuple(map(Item, detail.works_if))),
        Listing("Werkt niet als", tuple(map(Item, detail.does_not_work_if))),
        Listing("Aanbevelingen", tuple(map(_recommendation, detail.recommendations))),
        Listing(
            "Verhouding tot andere lessen",
            tuple(
                Item(f"{relation(each)}: {each.lesson.title}", url=each.lesson.uri)
                for each in detail.relations
            ),
        ),
        Listing("Bronnen", tuple(map(_source, detail.sources))),
    )
    return tuple(listing for listing in listings if listing.items)


def _recommendation(each: RecommendationRecord) -> Item:
    notes = (
        f"voor {each.audience.label}" if each.audience else "",
        f"fase {each.phase.label}" if each.phase else "",
        "duiding van de redactie" if each.is_interpretation else "",
    )
    return Item(each.text, _joined(notes))


def _source(source: Source) -> Item:
    url = source.url or (source.attachment.url if source.attachment else "")
    page = f"p. {source.page}" if source.page else ""
    return Item(source.title, _joined((source.publisher, page)), absolute_page(url))


def _tombstone(stone: Tombstone) -> MemoTombstone:
    since = date_format(stone.withdrawn_on, "j F Y")
    facts = [Fact("Reden", capitalised(stone.reason_label)), Fact("Toelichting", stone.explanation)]
    if stone.replacement is not None:
        facts.append(Fact("Vervangen door", stone.replacement.title, stone.replacement.uri))
    facts.append(Fact("Vast adres", stone.uri, stone.uri))
    return MemoTombstone(
        title=f"Les die is {STATE_LABELS[stone.state]}",
        sentence=f"Deze les geldt niet meer sinds {since}. Gebruik haar niet langer.",
        facts=tuple(fact for fact in facts if fact.text),
    )


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(text for text in texts if text)
