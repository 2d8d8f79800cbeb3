"""All public pages at once, by their addresses: for who goes over the whole site."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Site

from cms.rich_text import public_page_url
from cms.visibility import public_pages
from lessons.models import LessonPage
from lessons.records import PageAddress
from lessons.visibility import public_lessons


def lesson_addresses() -> tuple[PageAddress, ...]:
    """Return the pages of all public lessons, the oldest first; one query."""
    return _addresses(public_lessons().order_by("first_published_at", "pk"))


def page_addresses() -> tuple[PageAddress, ...]:
    """Return the public pages that are no lessons, in the order of the tree; two queries."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    lessons = LessonPage.objects.order_by().values("pk")
    pages = Page.objects.descendant_of(site.root_page, inclusive=True).exclude(pk__in=lessons)
    return _addresses(public_pages(pages).order_by("path"))


def licences_in_use() -> frozenset[str]:
    """Return the licences of all public lessons; one query."""
    found = public_lessons().order_by().values_list("licence", flat=True).distinct()
    return frozenset(filter(None, found))


def _addresses(pages: QuerySet[Any]) -> tuple[PageAddress, ...]:
    return tuple(
        PageAddress(public_page_url(url_path), changed_at)
        for url_path, changed_at in pages.values_list("url_path", "last_published_at")
    )
