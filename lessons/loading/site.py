"""The page tree: home page, lists, a section for each jeugdregio, editorial pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage
from lessons.loading.content_files import CONTENT_DIR, Entry, read_entry
from lessons.loading.ledger import Ledger
from lessons.loading.problems import LoadingError, Problem, raise_if_any
from lessons.loading.publishing import Counts, add_or_refresh
from lessons.models import Jeugdregio, LessonIndexPage, LessonSectionPage, PilotIndexPage


@dataclass(frozen=True)
class SiteEntry:
    """The pages of the site as their file gives them: field values by page."""

    home: dict[str, Any]
    lessons: dict[str, Any]
    national_section: dict[str, Any]
    pilots: dict[str, Any]
    content_pages: tuple[dict[str, Any], ...]


def read_site(path: Path = CONTENT_DIR / "pages.yaml") -> SiteEntry:
    """Read the file of pages; raise ``LoadingError`` with every fault in it."""
    problems: list[Problem] = []
    file = read_entry(path, problems)
    site = SiteEntry(
        home=_page_values(file, "home", "introduction"),
        lessons=_page_values(file, "lessons"),
        national_section=_page_values(file, "national_section"),
        pilots=_page_values(file, "pilots"),
        content_pages=tuple(
            _values(entry, "summary", "body")
            for entry in file.entries("content_pages", required=True)
        ),
    )
    file.finish()
    raise_if_any(problems)
    return site


def _page_values(file: Entry, name: str, *texts: str) -> dict[str, Any]:
    entry = file.entry(name)
    if entry is None:
        file.report(name, "dit veld ontbreekt.")
        return {}
    return _values(entry, *texts)


def _values(entry: Entry, *texts: str) -> dict[str, Any]:
    values = {
        "title": entry.text("title", max_length=100),
        "slug": entry.text("slug", max_length=60),
        "search_description": entry.text("search_description", required=False),
        **{name: entry.text(name) for name in texts},
    }
    entry.finish()
    return values


@transaction.atomic
def load_site(entry: SiteEntry, *, refresh: bool = False) -> Counts:
    """Create the pages that lack, and let the site answer at ``settings.BASE_URL``.

    Raises ``LoadingError`` when there are no jeugdregio's to make sections for.
    """
    if not Jeugdregio.objects.exists():
        message = "er zijn geen jeugdregio's; draai eerst 'manage.py load_geography'."
        raise LoadingError([Problem("database", message)])
    root = Page.get_first_root_node()
    home = HomePage.objects.first()
    counts = add_or_refresh(root, home, new := HomePage(), entry.home, refresh=refresh)
    home = home or new
    _point_site_to(home)
    index = LessonIndexPage.objects.first()
    counts += add_or_refresh(home, index, made := LessonIndexPage(), entry.lessons, refresh=refresh)
    counts += _add_sections(index or made, entry.national_section)
    counts += add_or_refresh(
        home, PilotIndexPage.objects.first(), PilotIndexPage(), entry.pilots, refresh=refresh
    )
    counts += _add_content_pages(home, entry.content_pages, refresh=refresh)
    return counts


def _add_content_pages(
    home: HomePage, pages: tuple[dict[str, Any], ...], *, refresh: bool
) -> Counts:
    ledger = Ledger()
    present = {page.slug: page for page in ContentPage.objects.child_of(home)}
    counts = Counts()
    for values in pages:
        slug = values["slug"]
        counts += add_or_refresh(
            home,
            present.get(slug),
            ContentPage(),
            values,
            refresh=refresh,
            may_create=ledger.is_first_time(f"page:{slug}"),
        )
    ledger.save()
    return counts


def _point_site_to(home: HomePage) -> None:
    """Make the home page the root of the site, and remove Wagtail's welcome page."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": port,
        "root_page_id": home.pk,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    for page in Page.objects.exact_type(Page).filter(depth=2, numchild=0, slug="home"):
        page.delete()


def _add_sections(index: Page, national: dict[str, Any]) -> Counts:
    """Create the sections that lack: one for each jeugdregio, and the national one."""
    present = set(LessonSectionPage.objects.values_list("jeugdregio_id", flat=True))
    wanted: list[LessonSectionPage] = [
        LessonSectionPage(jeugdregio=region, title=region.name, slug=slugify(region.name))
        for region in Jeugdregio.objects.order_by("name")
        if region.pk not in present
    ]
    if None not in present:
        wanted.append(LessonSectionPage(title=national["title"], slug=national["slug"]))
    for section in wanted:
        index.add_child(instance=section)
    total = Jeugdregio.objects.count() + 1
    return Counts(created=len(wanted), kept=total - len(wanted))
