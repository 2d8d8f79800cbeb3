"""A real server with a small site, in a real browser.

The site is built once for all tests in this folder, in a transaction that is rolled
back; the server's threads share its connection, as Django does for SQLite in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import override_settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import PageViewRestriction

from frontend_api.selections.short_ids import short_id
from lessons.choices import WithdrawalReason
from lessons.draft_links import make_link, token_of
from lessons.models import (
    GemeenteProfile,
    LessonPartner,
    LessonRelation,
    Ontwikkelpunt,
    Partner,
    Phase,
    PilotPhase,
    Recommendation,
    Situation,
)
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.browser.partner_site import PartnerSite, partner_site
from tests.browser.visitors import Visitor, visiting
from tests.factories import (
    make_content_page,
    make_gemeente,
    make_home,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
    story,
)

# A page is waited for as long as a busy machine may take; what is there is seen at once.
expect.set_options(timeout=15_000)


@dataclass(frozen=True)
class PortalSite:
    """The addresses of one page of each kind that the project serves itself."""

    url: str
    addresses: dict[str, str]

    def address(self, kind: str) -> str:
        """Return the whole address of the page of this kind."""
        return f"{self.url}{self.addresses[kind]}"


PORTAL_KINDS = (
    "home",
    "search",
    "search with filters",
    "search without results",
    "search with a fault",
    "list of lessons",
    "section of lessons",
    "lesson",
    "tombstone",
    "selection",
    "selection without lessons",
    "lessons compared",
    "shared draft",
    "shared draft that ended",
    "list of pilots",
    "pilot",
    "gaps",
    "gaps with a fault",
    "map",
    "feeds",
    "embed builder",
    "open data",
    "ontwikkelpunt",
    "developers",
    "developers: schema",
    "developers: feeds",
    "gemeente",
    "jeugdregio",
    "gemeenten compared",
    "content",
    "password",
    "log-in",
    "not found",
)
PAGE_KINDS = (*PORTAL_KINDS, "GraphiQL")


@pytest.fixture(scope="package")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PortalSite]:
    """Serve a site with a page of each kind."""
    if connection.vendor != "sqlite":
        pytest.skip("The browser tests share one connection, which only SQLite can.")
    turns = "tests.browser.one_at_a_time.OneAtATimeMiddleware"
    with (
        django_db_blocker.unblock(),
        override_settings(MIDDLEWARE=[turns, *settings.MIDDLEWARE]),
    ):
        server = LiveServer("localhost")
        try:
            with (
                override_settings(
                    BASE_URL=server.url,
                    ALLOWED_HOSTS=["localhost"],
                    SEARCH_INDEX_DIR=tmp_path_factory.mktemp("site") / "search-index",
                ),
                transaction.atomic(),
            ):
                yield PortalSite(server.url, _build())
                transaction.set_rollback(True)
        finally:
            _wait_for_requests()
            server.stop()


@pytest.fixture(scope="module")
def partner() -> Iterator[PartnerSite]:
    """Serve the website of a partner, with pages that the tests of a module put there."""
    with partner_site() as partner:
        yield partner


@pytest.fixture
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Return somebody who uses the product in the way that the test names."""
    with visiting(browser, request.param) as visitor:
        yield visitor


def _wait_for_requests() -> None:
    """Let the threads of closed connections end; afterwards they may not touch the database."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)


@pytest.fixture(autouse=True)
def index_folder(site: PortalSite) -> None:
    """Let all tests use the index of the site."""


def _build() -> dict[str, str]:
    home = make_home()
    home.introduction = "<p>Lees wat jeugdregio’s leerden.</p>"
    home.save()
    for order, label in enumerate(("Verantwoordelijkheid", "Ontwikkelruimte"), start=1):
        make_term(Ontwikkelpunt, label.lower(), label, order=order)
    lesson = _full_lesson()
    buren = [make_lesson(title=f"Praat op tijd met de buren {number}") for number in range(20)]
    chosen = "&".join(f"les={short_id(str(each.uuid))}" for each in (lesson, *buren[:2]))
    _compared_gemeenten()
    withdrawn = make_lesson(title="Ingetrokken les")
    withdraw(
        withdrawn,
        reason=WithdrawalReason.REPLACED,
        explanation="Er is nieuw onderzoek.",
        replacement=lesson,
    )
    private = make_content_page("Besloten")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password="zesdekamer"
    )
    pilot = make_pilot(startfoto="<p>Zo stond het ervoor.</p>", plan="<p>Dit gaan we doen.</p>")
    pilot.phase_dates = [PilotPhase(phase=make_term(Phase, "uitvoering"), note="datum niet bekend")]
    pilot.save()
    content = make_content_page(summary="<p>Kort gezegd.</p>", body="<h2>Kop</h2><p>Tekst.</p>")
    for slug in ("alle-lessen", "buurt"):
        Feed.objects.create(title=slug.capitalize(), slug=slug, description="Voor partners.")
    service.rebuild()
    return {
        "home": "/",
        "search": "/zoeken/",
        "search with filters": "/zoeken/?q=gezin&phase=uitvoering&van=2020&sorteer=titel",
        "search without results": "/zoeken/?q=xyzzy&phase=uitvoering",
        "search with a fault": "/zoeken/?na=geen-plek",
        "list of lessons": lesson.get_parent().get_parent().url,
        "section of lessons": lesson.get_parent().url,
        "lesson": lesson.url,
        "tombstone": withdrawn.url,
        "selection": f"/mijn-selectie/?{chosen}&les={short_id(str(withdrawn.uuid))}&zoek=buren",
        "selection without lessons": "/mijn-selectie/",
        "lessons compared": f"/mijn-selectie/vergelijken/?{chosen}",
        **_shared_drafts(),
        "list of pilots": pilot.get_parent().url,
        "pilot": pilot.url,
        "gaps": "/witte-vlekken/",
        "gaps with a fault": "/witte-vlekken/?rijen=phase",
        "map": "/kaart/",
        "feeds": "/feeds/",
        "open data": "/data/catalogus",
        "ontwikkelpunt": "/ontwikkelpunten/informele-steun/",
        "developers": "/ontwikkelaars/",
        "developers: schema": "/ontwikkelaars/schema/",
        "developers: feeds": "/ontwikkelaars/feeds/",
        "embed builder": "/insluiten/?soort=lijst&phase=uitvoering",
        "gemeente": "/gemeenten/GM1690/",
        "jeugdregio": "/jeugdregios/JZ04/",
        "gemeenten compared": "/vergelijken/?gemeente=GM1690&gemeente=GM0106&gemeente=GM0114",
        "content": content.url,
        "password": private.url,
        "log-in": "/_util/login/",
        "not found": "/bestaat-niet/",
        "GraphiQL": "/graphiql/",
    }


def _shared_drafts() -> dict[str, str]:
    """Share a draft by a link that holds and by one that has ended."""
    draft = make_lesson(title="Nog te bespreken", published=False)
    maker = get_user_model().objects.create_superuser("redacteur", "redacteur@example.org", "x")
    held, ended = (make_link(draft, maker) for _ in range(2))
    revoked = token_of(ended)
    ended.delete()
    return {
        "shared draft": f"/concept/{token_of(held)}/",
        "shared draft that ended": f"/concept/{revoked}/",
    }


def _compared_gemeenten() -> None:
    """Give some gemeenten of two regions figures to be compared on."""
    drenthe, groningen = make_jeugdregio("JZ04", "Drenthe"), make_jeugdregio()
    places = {"GM1690": "De Wolden", "GM0106": "Assen", "GM0114": "Emmen", "GM0014": "Groningen"}
    for number, (code, name) in enumerate(places.items(), start=1):
        gemeente = make_gemeente(code, name, groningen if code == "GM0014" else drenthe)
        GemeenteProfile.objects.create(
            gemeente=gemeente,
            edition=2025,
            figures={
                "inwoners_2025": 24_000 * number,
                "oad_2024": 300 * number**2,
                "pct_0_19_2025": 20.0 + number,
                "grootteklasse_2025": 4,
            },
        )


def _full_lesson():
    regio = make_jeugdregio("JZ04", "Drenthe")
    confirmed = make_lesson(title="Vraag eerst de buren")
    return make_lesson(
        make_section(regio),
        title="Zet kosten en vermeden kosten naast elkaar",
        kind="dead_end",
        explanation=story("Onze duiding: twee bedragen zijn goed te volgen."),
        trigger=[("quote", {"text": "Wat levert het op?", "role": "raadslid"})],
        works_if=[("condition", "Je houdt vanaf de start kosten bij.")],
        does_not_work_if=[("condition", "De groep is te klein.")],
        gemeenten=[make_gemeente("GM1690", "De Wolden", regio)],
        situations=[make_term(Situation, "thuis", "Het allerliefst thuis")],
        own_figures=True,
        money_amount=44000,
        money_note="In twee jaar.",
        people_fte="0.5",
        interpretation_note="De bedragen komen uit de bron.",
        partner_roles=[LessonPartner(partner=make_term(Partner, "vng", "VNG"), role="funder")],
        recommendations=[
            Recommendation(text="Leg vast hoe je rekent.", is_interpretation=True),
        ],
        relations=[LessonRelation(kind="confirms", target=confirmed)],
    )
