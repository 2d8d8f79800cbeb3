"""Where the tags of lessons are stored, and a mark that moves when any of them changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Count, Max, Sum

from lessons.comparability.newest import current_version
from lessons.gaps.axes import SIZE_CLASS
from lessons.models import LessonPage, LessonPartner
from lessons.reading.material import TERM_FIELDS
from lessons.reading.terms import TermTable
from lessons.visibility import public_lessons

Mark = tuple[object, ...]

PLACES = frozenset({"gemeente", "jeugdregio", SIZE_CLASS})


class Link(NamedTuple):
    """A table of links: its field of the lesson, and what a lesson is linked to."""

    table: Any
    lesson: str
    value: str


def link_of(facet: str) -> Link | None:
    """Return where all that a lesson is linked to stands; None for facets of one value.

    A link says nothing of whether its lesson is public: ask for public lessons first.
    """
    if facet == "partner":
        return Link(LessonPartner, "lesson", "partner_id")
    if facet == "gemeente":
        return Link(LessonPage.gemeenten.through, "lessonpage", "gemeente_id")
    if facet == "jeugdregio":
        return Link(LessonPage.gemeenten.through, "lessonpage", "gemeente__jeugdregio__code")
    if facet not in TERM_FIELDS:
        return None
    relation: Any = getattr(LessonPage, TERM_FIELDS[facet])
    term = relation.field.m2m_reverse_field_name()
    return Link(relation.through, "lessonpage", f"{term}_id")


def content_mark(facets: Collection[str]) -> Mark:
    """Return what is another as soon as a lesson, or its tags of these facets, change.

    Every publication makes a new live revision; what is withdrawn, hidden or expired is not
    among the public lessons any more; a link that is written anew has a new key. Takes one
    query for lessons, one for each table of links, and one for places and their figures.
    """
    lessons = public_lessons().aggregate(
        Count("pk"), Sum("pk"), Max("last_published_at"), Sum("live_revision_id")
    )
    links = {link.table for facet in facets if (link := link_of(facet)) is not None}
    numbers = [
        (table._meta.label, *table._default_manager.aggregate(Count("pk"), Max("pk")).values())
        for table in links
    ]
    places = current_version() if PLACES.intersection(facets) else ()
    return (*lessons.values(), *sorted(numbers), places)


def terms_mark(table: TermTable) -> Mark:
    """Return what is another as soon as a map would show or count a term otherwise."""
    standing = (
        (
            term.code,
            term.label,
            term.is_retired,
            *(each.code for each in table.with_broader(term.pk)),
        )
        for term in table.standing()
    )
    return (*standing, *((code, table.current_code(code)) for code in table.codes()))
