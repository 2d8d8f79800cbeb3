"""What the templates of the public pages need besides their context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from wagtail.models import Page, Site

from cms.models import ContentPage
from cms.visibility import public_pages
from frontend_api.portal import phrases, search_page
from frontend_api.portal.place_links import place_links
from frontend_api.portal.scales import out_of_hundred
from frontend_api.portal.term_page import term_url
from frontend_api.rich_text import safe_rich_text
from lessons import selectors
from lessons.choices import StoryPart
from lessons.records import LessonDetail, Pilot, Term
from search.service import (
    LessonHit,
    LessonOrder,
    LessonQuery,
    LessonResults,
    QueryError,
    search,
)

register = template.Library()

register.filter(phrases.count_of_lessons)
register.filter(phrases.period)
register.filter(phrases.means_figure)
register.filter(place_links)
register.filter("relation_phrase", phrases.relation)
register.filter(phrases.capitalised)
register.filter("of_hundred", out_of_hundred)
register.filter(safe_rich_text)

NATIONAL_SCOPES = ("national", "supraregional")


@dataclass(frozen=True, slots=True)
class CountedTerm:
    """A term with the number of lessons under it, for a list of entrances."""

    code: str
    label: str
    definition: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home page tells about the lessons."""

    total: int
    newest: tuple[LessonHit, ...]
    ontwikkelpunten: tuple[CountedTerm, ...]


@dataclass(frozen=True, slots=True)
class Navigation:
    """The pages that every page links to: lists in the header, the others in the footer."""

    lists: tuple[Page, ...] = ()
    editorial: tuple[Page, ...] = ()


@register.filter
def facet_url(code: str, facet: str) -> str:
    """Return the address of the lessons under a code of a facet."""
    return search_page.filtered_url(facet, code)


@register.filter
def means_heading(kind: str) -> str:
    """Return the Dutch name of a kind of means."""
    return phrases.MEANS_HEADINGS[kind]


@register.filter
def marked(hit: LessonHit, field: str) -> str:
    """Return title or core of a hit, the words found in it in ``<mark>``."""
    for highlight in hit.highlights:
        if highlight.field == field:
            # The door of search promises that a highlight is safe HTML.
            return mark_safe(highlight.html)  # noqa: S308
    text: str = getattr(hit.card, field)
    return text


@register.filter
def highlight_heading(field: str) -> str:
    """Return the name of the part of a lesson in which words were found."""
    if field in StoryPart.values:
        return phrases.capitalised(str(StoryPart(field).label))
    return {"conditions": "Voorwaarden", "recommendations": "Aanbevelingen"}.get(field, "")


@register.simple_tag
def lessons_overview(newest: int) -> Overview:
    """Return the newest lessons and the ontwikkelpunten with their counts."""
    results = search(LessonQuery(order=LessonOrder.NEWEST, first=newest, facets=("ontwikkelpunt",)))
    return Overview(results.total, results.hits, _counted_ontwikkelpunten(results))


@register.simple_tag
def lessons_by_jeugdregio() -> tuple[CountedTerm, ...]:
    """Return the jeugdregio's that have lessons, by name."""
    results = search(LessonQuery(first=1, facets=("jeugdregio",)))
    regions = [
        CountedTerm(
            term.code,
            term.label,
            "",
            term.count,
            search_page.filtered_url("jeugdregio", term.code),
        )
        for facet in results.facets
        for term in facet.terms
    ]
    return tuple(sorted(regions, key=lambda region: region.label))


@register.simple_tag
def section_lessons(jeugdregio_code: str | None, first: int) -> LessonResults:
    """Return the newest lessons of a jeugdregio, or without one those of wider use."""
    return search(LessonQuery(filters=_of_section(jeugdregio_code), first=first))


@register.simple_tag
def section_url(jeugdregio_code: str | None) -> str:
    """Return the address of all lessons of a jeugdregio, or of those of wider use."""
    return search_page.search_url(LessonQuery(filters=_of_section(jeugdregio_code)))


@register.simple_tag
def number_of_lessons(facet: str, code: str) -> int:
    """Return how many lessons there are under a code; none under one that is not public."""
    try:
        return search(LessonQuery(filters={facet: (code,)}, first=1)).total
    except QueryError:
        return 0


@register.simple_tag
def public_pilots() -> tuple[Pilot, ...]:
    """Return the pilots that the public may see."""
    return selectors.pilots()


@register.simple_tag
def previewed_lesson(page: Any) -> LessonDetail:
    """Return the draft of the editor who looks at it in the CMS."""
    return selectors.preview_lesson(page)


@register.simple_tag
def previewed_pilot(page: Any) -> Pilot:
    """Return the draft of the editor who looks at it in the CMS."""
    return selectors.preview_pilot(page)


@register.simple_tag(takes_context=True)
def site_navigation(context: template.Context) -> Navigation:
    """Return the pages directly under the home page, in the order of the tree."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    if site is None:
        return Navigation()
    children = public_pages(site.root_page.get_children()).order_by("path")
    editorial = ContentType.objects.get_for_model(ContentPage).pk
    return Navigation(
        lists=tuple(page for page in children if page.content_type_id != editorial),
        editorial=tuple(page for page in children if page.content_type_id == editorial),
    )


@register.simple_tag
def graphiql_url() -> str:
    """Return the address of GraphiQL; empty where it is switched off."""
    try:
        return reverse("frontend_api:graphiql")
    except NoReverseMatch:
        return ""


def _of_section(jeugdregio_code: str | None) -> dict[str, tuple[str, ...]]:
    if not jeugdregio_code:
        return {"scope": NATIONAL_SCOPES}
    return {"jeugdregio": (jeugdregio_code,)}


def _counted_ontwikkelpunten(results: LessonResults) -> tuple[CountedTerm, ...]:
    counts = {term.code: term.count for facet in results.facets for term in facet.terms}
    vocabulary = selectors.vocabulary("ontwikkelpunt")
    terms: tuple[Term, ...] = vocabulary.terms if vocabulary else ()
    return tuple(
        CountedTerm(
            term.code,
            term.label,
            term.definition,
            counts.get(term.code, 0),
            term_url("ontwikkelpunt", term.code),
        )
        for term in terms
        if not term.is_retired and term.broader_code is None
    )
