"""The screens of search in the CMS, in a real browser: for all eyes, hands and screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cms.users.models import User
from lessons.editing.roles import REVIEWERS, set_up_roles
from lessons.models import LessonPage
from search import query_log
from search.models import Pin, PinnedQuery, SynonymGroup
from search.query import LessonQuery
from search.results import LessonResults
from tests.browser.axe import violations
from tests.browser.conftest import PortalSite

pytestmark = pytest.mark.django_db

TRIAL = "/cms/search/workbench/?q=kosten&preferred=buren&synonyms=kosten"
SCREENS = {
    "workbench": "/cms/search/workbench/",
    "trial": TRIAL,
    "list of synonyms": "/cms/snippets/search/synonymgroup/",
    "new synonyms": "/cms/snippets/search/synonymgroup/add/",
    "list of pins": "/cms/snippets/search/pinnedquery/",
    "new pins": "/cms/snippets/search/pinnedquery/add/",
    "questions without result": "/cms/search/without-result/",
    "most used questions": "/cms/search/most-used/",
}
# What Wagtail itself draws around every screen; its own faults are not ours to mend.
OURS = {"include": [["main"]]}


@pytest.fixture(scope="module")
def session(site: PortalSite, django_db_blocker: Any) -> str:
    """Fill the lists, and return the session of a reviewer."""
    with django_db_blocker.unblock():
        set_up_roles()
        user = User.objects.create_user(username="zoekreviewer", password="x")
        user.groups.add(Group.objects.get(name=REVIEWERS))
        SynonymGroup.objects.create(preferred="kosten", synonyms="uitgaven")
        question = PinnedQuery.objects.create(wordings="kosten")
        lesson = LessonPage.objects.live().order_by("pk").first()
        Pin.objects.create(question=question, lesson=lesson, reason="Kernles")
        nothing = LessonResults(hits=(), total=0, has_next_page=False, end_cursor=None)
        for _number in range(3):
            query_log.note(LessonQuery(text="xyzzy"), nothing)
        query_log.write()
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.session.session_key or ""


@pytest.fixture
def cms(browser: Browser, site: PortalSite, session: str) -> Iterator[Page]:
    """Return a page in which the reviewer is logged in."""
    context = _context(browser, site, session, width=1280)
    yield context.new_page()
    context.close()


def _context(browser: Browser, site: PortalSite, session: str, *, width: int) -> BrowserContext:
    context = browser.new_context(locale="nl-NL", viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    return context


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_no_violation(site: PortalSite, cms: Page, screen: str):
    cms.goto(f"{site.url}{SCREENS[screen]}", wait_until="networkidle")
    cms.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")

    assert violations(cms, context=OURS) == ""


def test_a_trial_is_made_saved_and_live_by_keyboard_alone(site: PortalSite, cms: Page):
    cms.goto(f"{site.url}/cms/search/workbench/")
    cms.get_by_label("Vraag").press_sequentially("kosten")
    cms.locator("summary", has_text="Probeer een groep synoniemen").press("Enter")
    cms.get_by_label("Voorkeursterm").press_sequentially("bekostiging")
    cms.get_by_label("Synoniemen").press_sequentially("kosten")
    cms.keyboard.press("Tab")
    cms.locator("main").get_by_role("button", name="Zoeken", exact=True).press("Enter")

    expect(cms.get_by_role("columnheader", name="Met de wijziging").first).to_be_visible()
    expect(cms.get_by_text("nDCG@10 per soort")).to_be_visible(timeout=60_000)

    cms.get_by_role("link", name="Bewaar de groep…").press("Enter")
    expect(cms.get_by_role("textbox", name="Voorkeursterm")).to_have_value("bekostiging")
    cms.get_by_role("button", name="Opslaan").press("Enter")
    expect(cms.get_by_text("bekostiging").first).to_be_visible()
    assert SynonymGroup.objects.get(preferred="bekostiging").synonyms == "kosten"


def test_without_a_script_a_link_measures_the_judged_queries(
    site: PortalSite, browser: Browser, session: str
):
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    page = context.new_page()

    page.goto(f"{site.url}{TRIAL}")
    page.get_by_role("link", name="Meet de beoordeelde vragen").click()

    expect(page.get_by_text("nDCG@10 per soort")).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.close()
