"""What each user comes to do, from start to end, on the real product."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings as now
from django.db import connection
from playwright.sync_api import Browser, Locator, Page, expect

from lessons.editing.roles import REVIEWERS, region_group_name, set_up_roles
from lessons.editing.workflow import set_up_workflow
from lessons.models import LessonPage, LessonSectionPage
from tests.browser.conftest import PortalSite
from tests.browser.partner_site import PartnerSite
from tests.lessons.editing.people import make_user
from tests.planting import rolled_back

pytestmark = pytest.mark.django_db

EDITOR, REVIEWER = "redacteur-drenthe", "reviewer-redactie"
STRANGER = "redacteur-groningen"
LESSON = "Zet kosten en vermeden kosten naast elkaar"
TITLE = "Vraag de pleegouders wie er meedenkt"


@pytest.fixture(scope="module", autouse=True)
def people(site: PortalSite, django_db_blocker: Any) -> Iterator[None]:
    """Give a region an editor, and the site a reviewer."""
    with rolled_back(django_db_blocker):
        set_up_roles()
        set_up_workflow()
        drenthe = LessonSectionPage.objects.get(jeugdregio__code="JZ04")
        make_user(EDITOR, region_group_name(drenthe))
        groningen = LessonSectionPage.objects.get(jeugdregio__code="JZ01")
        make_user(STRANGER, region_group_name(groningen))
        make_user(REVIEWER, REVIEWERS)
        yield


@pytest.fixture(autouse=True)
def index_folder(site: PortalSite, settings: Any, tmp_path: Path) -> None:
    """Let each test change an index of its own, as its database is rolled back."""
    folder = tmp_path / "search-index"
    shutil.copytree(now.SEARCH_INDEX_DIR, folder)
    settings.SEARCH_INDEX_DIR = folder


@pytest.fixture
def other_page(browser: Browser) -> Iterator[Page]:
    """Return the page of somebody else, on another machine."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(6000)
    yield context.new_page()
    context.close()


class Visitor:
    """Somebody who uses the portal with a mouse, and with scripts."""

    context: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 900}}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, field: Locator, label: str, value: str) -> None:
        field.select_option(value)

    def keep(self, page: Page) -> None:
        """Put the lesson that is shown on the own list, and go there."""
        self.press(page.get_by_role("button", name="Bewaar"))
        self.press(page.get_by_role("link", name="Mijn selectie (1 les)"))


class KeyboardVisitor(Visitor):
    """Somebody without a mouse, who reaches everything with Tab."""

    def press(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, field: Locator, label: str, value: str) -> None:
        self._reach(field)
        self.page.keyboard.type(label)
        expect(field).to_have_value(value)

    def _reach(self, target: Locator) -> None:
        for _ in range(150):
            if target.evaluate("(part) => part === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{target} cannot be reached with Tab")


class PhoneVisitor(Visitor):
    """Somebody with a thumb on a small screen."""

    context = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

    def press(self, target: Locator) -> None:
        target.tap()


class ScriptlessVisitor(Visitor):
    """Somebody whose browser carries out no scripts."""

    context = {**Visitor.context, "java_script_enabled": False}

    def keep(self, page: Page) -> None:
        self.press(page.get_by_role("link", name="Bewaar"))


VISITORS: Mapping[str, type[Visitor]] = {
    "mouse": Visitor,
    "keyboard": KeyboardVisitor,
    "phone": PhoneVisitor,
    "no script": ScriptlessVisitor,
}


@pytest.fixture
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Return somebody who uses the portal in this way."""
    kind = VISITORS[request.param]
    context = browser.new_context(locale="nl-NL", **kind.context)
    context.set_default_timeout(6000)
    yield kind(context.new_page())
    context.close()


def committed() -> None:
    """Do what the product does when a transaction is committed, which a test never is."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for entry in waiting:
        entry[1]()


def log_in(page: Page, site: PortalSite, username: str) -> None:
    page.goto(f"{site.url}/cms/")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill("x")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", name="Wacht op mij")).to_be_visible()


def write_part(page: Page, part: str, text: str) -> None:
    field = page.get_by_role("region", name=part, exact=True).get_by_role("textbox")
    field.click()
    page.keyboard.type(text)


def write_lesson(page: Page) -> None:
    page.get_by_role("textbox", name="Titel").fill(TITLE)
    page.get_by_role("textbox", name="Kern").fill("Wie meedenkt, blijft ook als het moeilijk is.")
    page.get_by_role("radio", name="werkende aanpak").check()
    write_part(page, "Context", "Een wijkteam zocht steun.")
    write_part(page, "Aanpak", "Het vroeg ernaar.")
    write_part(page, "Resultaat", "Er kwam iemand bij.")
    page.get_by_role("button", name="Voeg aanbeveling toe").click()
    page.locator("[name=recommendations-0-text]").fill("Vraag het op de eerste dag.")


def tag_lesson(page: Page) -> None:
    page.get_by_role("tab", name="Onderwerp en plaats").click()
    page.get_by_role("radio", name="Informele steun").check()
    page.get_by_role("checkbox", name="Uitvoering").check()
    page.get_by_role("button", name="Voeg partner toe").click()
    page.get_by_role("button", name="Kies partner").click()
    page.get_by_role("dialog").get_by_role("link", name="NJi").click()
    page.locator("[name=partner_roles-0-role]").select_option(index=1)


def ground_lesson(page: Page) -> None:
    page.get_by_role("tab", name="Bewijs").click()
    page.get_by_role("radio", name="Eén ervaring").check()
    page.get_by_role("tab", name="Beheer").click()
    page.locator("[name=privacy_declared]").check()
    page.locator("[name=contact_role]").fill("projectleider")


def choose(page: Page, action: str) -> None:
    """Take an action of the lesson that lies under the first one."""
    page.get_by_role("button", name="Meer acties").last.click()
    page.locator("footer, .tippy-content").get_by_role("button", name=action, exact=True).click()


def test_a_lesson_is_written_reviewed_published_and_found(
    site: PortalSite, page: Page, other_page: Page
):
    blocked: list[str] = []
    page.on(
        "console",
        lambda said: blocked.append(said.text) if "Content Security" in said.text else None,
    )
    log_in(page, site, EDITOR)
    page.get_by_role("link", name="Nieuwe les").click()
    write_lesson(page)
    tag_lesson(page)
    ground_lesson(page)
    page.get_by_role("button", name="Toon/verberg voorvertoning").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("button", name="Toon/verberg voorvertoning").click()
    choose(page, "Stuur door naar Redactie")
    expect(page.get_by_text("ter goedkeuring").first).to_be_visible()
    page.goto(f"{site.url}/zoeken/?q=meedenkt")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    assert blocked == []

    reviewer = other_page
    log_in(reviewer, site, REVIEWER)
    reviewer.get_by_role("region", name="Wacht op mij").get_by_role("link", name=TITLE).click()
    choose(reviewer, "Goedkeuren en publiceren")
    expect(reviewer.get_by_text("live").first).to_be_visible()
    committed()

    page.goto(site.address("home"))
    page.locator("#zoekveld").fill("meedenkt")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Er kwam iemand bij.")).to_be_visible()


def test_what_another_region_did_with_a_lesson_stands_on_its_page(site: PortalSite, page: Page):
    log_in(page, site, STRANGER)
    page.get_by_role("link", name="Overnames").first.click()
    page.get_by_role("link", name="Overname toevoegen").click()
    page.get_by_role("button", name="Kies een les").click()
    lesson = page.get_by_role("dialog").get_by_role("link", name=re.compile("buren")).first
    title = lesson.inner_text()
    lesson.click()
    page.get_by_label("Besluit").select_option(label="toegepast")
    page.get_by_role("textbox", name="Reden").fill("Bij ons speelt hetzelfde.")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()
    committed()

    page.goto(f"{site.url}{LessonPage.objects.get(title=title).url}")
    expect(page.get_by_role("region", name="Wat andere regio’s ermee deden")).to_contain_text(
        "Bij ons speelt hetzelfde."
    )


def test_a_withdrawal_shows_on_the_portal_the_feed_and_the_page_of_a_partner(
    site: PortalSite, partner: PartnerSite, page: Page, other_page: Page
):
    lesson = LessonPage.objects.get(title=LESSON)
    script = f'<script src="{site.url}/embed/v1/lessenbank.js" defer></script>'
    embedded = partner.page(f'{script}<lessenbank-les uuid="{lesson.uuid}"></lessenbank-les>')
    feed = f"{site.url}/zoeken.json?q=kosten"
    page.goto(embedded)
    expect(page.locator("lessenbank-les")).to_contain_text(LESSON)
    assert LESSON in [item["title"] for item in page.request.get(feed).json()["items"]]

    reviewer = other_page
    log_in(reviewer, site, REVIEWER)
    reviewer.goto(f"{site.url}/cms/pages/{lesson.pk}/edit/")
    reviewer.get_by_role("button", name="Meer acties").last.click()
    reviewer.get_by_role("link", name="Intrekken…").click()
    reviewer.get_by_role("radio", name="verouderd").check()
    reviewer.get_by_role("button", name="Intrekken").click()
    expect(reviewer.get_by_text("is ingetrokken").first).to_be_visible()
    committed()

    answer = page.goto(site.address("lesson"))
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("main")).to_contain_text("Verouderd")
    assert LESSON not in [item["title"] for item in page.request.get(feed).json()["items"]]
    page.goto(f"{site.url}/zoeken/?q=vermeden+kosten")
    expect(page.get_by_role("link", name=LESSON)).to_have_count(0)
    page.evaluate("localStorage.clear()")
    page.goto(embedded)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("lessenbank-les")).to_contain_text("Deze les is ingetrokken.")


@pytest.mark.parametrize("visitor", ["mouse", "keyboard", "phone", "no script"], indirect=True)
def test_a_policy_officer_takes_along_what_fits_the_own_gemeente(
    site: PortalSite, visitor: Visitor
):
    page = visitor.page
    page.goto(site.address("home"))
    visitor.choose(page.get_by_label("Mijn gemeente of jeugdregio"), "Groningen", "GM0014")
    visitor.press(page.get_by_role("button", name="Toon lessen"))
    visitor.write(page.get_by_label("Zoekwoorden"), "vermeden kosten")
    visitor.press(page.get_by_role("button", name="Zoeken"))
    hit = page.get_by_role("article").filter(has_text=LESSON)
    visitor.press(hit.locator("summary"))
    expect(hit).to_contain_text("Het eerste cijfer is dat van Groningen.")
    visitor.press(hit.get_by_role("link", name=LESSON, exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(LESSON)

    visitor.keep(page)
    expect(page.locator(".selection__entry")).to_have_count(1)
    expect(page.get_by_role("link", name="Mail deze lijst")).to_have_attribute(
        "href", re.compile("^mailto:")
    )
    with page.expect_download() as download:
        visitor.press(page.get_by_role("link", name="Als PDF"))
    assert download.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("visitor", ["keyboard", "phone"], indirect=True)
def test_a_web_editor_puts_lessons_on_another_site(
    site: PortalSite, partner: PartnerSite, visitor: Visitor
):
    page = visitor.page
    page.goto(f"{site.url}/zoeken/?q=gezin")
    visitor.press(page.get_by_role("link", name="Sluit deze lijst in"))
    visitor.write(page.get_by_label("Hoeveel lessen"), "1")
    visitor.press(page.get_by_role("button", name="Toon voorbeeld en code"))
    preview = page.frame_locator("iframe.builder__frame")
    expect(preview.locator(".lb-les")).to_have_count(1)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.press(page.get_by_role("button", name="Kopieer de code: Web component"))
    code = page.evaluate("navigator.clipboard.readText()")

    page.goto(partner.page(code))

    expect(page.locator("lessenbank-lijst .lb-les")).to_have_count(1)


def changes(page: Page, site: PortalSite, since: str | None = None) -> tuple[list[str], str]:
    question = "query Changes($since: String) { changes(since: $since) { cursor nodes { uuid } } }"
    answer = page.request.post(
        f"{site.url}/graphql/", data={"query": question, "variables": {"since": since}}
    )
    found = answer.json()["data"]["changes"]
    return [node["uuid"] for node in found["nodes"]], found["cursor"]


def test_a_developer_asks_a_first_question_follows_a_feed_and_the_changes(
    site: PortalSite, page: Page
):
    page.goto(site.address("home"))
    page.get_by_role("link", name="Voor ontwikkelaars").click()
    page.get_by_role("main").get_by_role("link", name="GraphiQL").click()
    page.locator(".graphiql-execute-button").click()
    expect(page.locator(".result-window")).to_contain_text("totalCount")

    page.goto(f"{site.url}/zoeken/?q=kosten")
    address = page.get_by_role("link", name="JSON Feed").first.get_attribute("href") or ""
    feed = page.request.get(urljoin(site.url, address)).json()
    assert LESSON in [item["title"] for item in feed["items"]]

    lesson = LessonPage.objects.get(title=LESSON)
    uuids, cursor = changes(page, site)
    assert str(lesson.uuid) in uuids
    assert changes(page, site, since=cursor) == ([], cursor)
