"""What editors and reviewers come to do, from writing to withdrawing, on the real product."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as now
from django.db import connection
from playwright.sync_api import Locator, Page, expect

from lessons.editing.roles import REVIEWERS, region_group_name, set_up_roles
from lessons.editing.workflow import set_up_workflow
from lessons.models import LessonPage, LessonSectionPage
from tests.browser.conftest import PortalSite
from tests.browser.partner_site import PartnerSite
from tests.browser.visitors import PhoneVisitor, Visitor
from tests.lessons.editing.people import logged_in, make_user
from tests.planting import rolled_back

pytestmark = pytest.mark.django_db

EDITOR, REVIEWER = "redacteur-drenthe", "reviewer-redactie"
STRANGER = "redacteur-groningen"
LESSON = "Zet kosten en vermeden kosten naast elkaar"
TITLE = "Vraag de pleegouders wie er meedenkt"
# Without scripts there is no CMS: Wagtail's editor is made by them.
every_way = pytest.mark.parametrize("visitor", ["mouse", "keyboard", "phone"], indirect=True)


@pytest.fixture(scope="module", autouse=True)
def sessions(site: PortalSite, django_db_blocker: Any) -> Iterator[Mapping[str, str]]:
    """Give two regions an editor, and the site a reviewer; return their sessions."""
    with rolled_back(django_db_blocker):
        set_up_roles()
        set_up_workflow()
        drenthe = LessonSectionPage.objects.get(jeugdregio__code="JZ04")
        groningen = LessonSectionPage.objects.get(jeugdregio__code="JZ01")
        people = {
            EDITOR: make_user(EDITOR, region_group_name(drenthe)),
            STRANGER: make_user(STRANGER, region_group_name(groningen)),
            REVIEWER: make_user(REVIEWER, REVIEWERS),
        }
        yield {name: logged_in(user).session.session_key or "" for name, user in people.items()}


@pytest.fixture(autouse=True)
def index_folder(site: PortalSite, settings: Any, tmp_path: Path) -> None:
    """Let each test change an index of its own, as its database is rolled back."""
    folder = tmp_path / "search-index"
    shutil.copytree(now.SEARCH_INDEX_DIR, folder)
    settings.SEARCH_INDEX_DIR = folder


@pytest.fixture(autouse=True)
def pause(settings: Any) -> None:
    """Save by itself after a pause of seconds: drawing the form anew takes most of the time."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 3000


def committed() -> None:
    """Do what the product does when a transaction is committed, which a test never is."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for entry in waiting:
        entry[1]()


def log_in(visitor: Visitor, site: PortalSite, username: str) -> None:
    page = visitor.page
    page.goto(f"{site.url}/cms/")
    visitor.write(page.get_by_label("Gebruikersnaam"), username)
    visitor.write(page.get_by_label("Wachtwoord"), "x")
    visitor.press(page.get_by_role("button", name="Inloggen"))
    expect(page.get_by_role("heading", name="Wacht op mij")).to_be_visible()


def arrive(page: Page, site: PortalSite, session: str, path: str = "") -> None:
    """Open the CMS as somebody who logged in before, in a browser where nobody else is."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    page.goto(f"{site.url}/cms/{path}")


def story_part(page: Page, part: str) -> Locator:
    return page.get_by_role("region", name=part, exact=True).get_by_role("textbox")


def write_lesson(visitor: Visitor) -> None:
    page = visitor.page
    visitor.write(page.get_by_role("textbox", name="Titel"), TITLE)
    visitor.write(page.get_by_role("textbox", name="Kern"), "Wie meedenkt, blijft.")
    visitor.tick(page.get_by_role("radio", name="werkende aanpak"))
    visitor.tell(story_part(page, "Context"), "Een wijkteam zocht steun.")
    visitor.tell(story_part(page, "Aanpak"), "Het vroeg ernaar.")
    visitor.tell(story_part(page, "Resultaat"), "Er kwam iemand bij.")
    visitor.press(page.get_by_role("button", name="Voeg aanbeveling toe"))
    visitor.write(page.locator("[name=recommendations-0-text]"), "Vraag het meteen.")


def tag_lesson(visitor: Visitor) -> None:
    page = visitor.page
    visitor.press(page.get_by_role("tab", name="Onderwerp en plaats"))
    visitor.tick(page.get_by_role("radio", name="Informele steun"))
    visitor.tick(page.get_by_role("checkbox", name="Uitvoering"))
    visitor.press(page.get_by_role("button", name="Voeg partner toe"))
    open_chooser(visitor, "Kies partner")
    visitor.press(page.get_by_role("dialog").get_by_role("link", name="NJi"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    visitor.choose(page.locator("[name=partner_roles-0-role]"), "voert uit", "executor")


def ground_lesson(visitor: Visitor) -> None:
    page = visitor.page
    visitor.press(page.get_by_role("tab", name="Bewijs"))
    visitor.tick(page.get_by_role("radio", name="Eén ervaring"))
    visitor.press(page.get_by_role("tab", name="Beheer"))
    visitor.tick(page.locator("[name=privacy_declared]"))
    visitor.write(page.locator("[name=contact_role]"), "projectleider")


def open_chooser(visitor: Visitor, name: str) -> None:
    page = visitor.page
    visitor.press(page.get_by_role("button", name=name))
    # It takes the focus when it has slid in; a key pressed before that is lost.
    expect(page.locator("[role=dialog]:focus, [role=dialog] :focus")).to_be_attached()


def open_menu(visitor: Visitor, name: str) -> None:
    """Go to an item of the menu, which a small screen folds away."""
    page = visitor.page
    if type(visitor) is PhoneVisitor:
        visitor.press(page.locator("#wagtail-sidebar").get_by_role("button").first)
    visitor.press(page.get_by_role("link", name=name).first)


def take(visitor: Visitor, action: str) -> None:
    """Take an action of the lesson that lies under the first one."""
    page = visitor.page
    visitor.press(page.get_by_role("button", name="Meer acties").last)
    actions = page.locator("footer, .tippy-content")
    visitor.press(actions.get_by_role("button", name=action, exact=True))


def look_at_preview(visitor: Visitor) -> None:
    page = visitor.page
    visitor.press(page.get_by_role("button", name="Toon/verberg voorvertoning"))
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    visitor.press(page.get_by_role("button", name="Toon/verberg voorvertoning"))


@every_way
def test_a_lesson_is_written_reviewed_published_and_found(
    site: PortalSite, visitor: Visitor, sessions: Mapping[str, str]
):
    page, blocked = visitor.page, list[str]()
    page.on(
        "console",
        lambda said: blocked.append(said.text) if "Content Security" in said.text else None,
    )
    log_in(visitor, site, EDITOR)
    visitor.press(page.get_by_role("link", name="Nieuwe les"))
    write_lesson(visitor)
    tag_lesson(visitor)
    ground_lesson(visitor)
    if type(visitor) is Visitor:
        look_at_preview(visitor)
    take(visitor, "Stuur door naar Redactie")
    expect(page.get_by_text("ter goedkeuring").first).to_be_visible()
    assert TITLE not in page.request.get(f"{site.url}/zoeken/?q=meedenkt").text()

    arrive(page, site, sessions[REVIEWER])
    waiting = page.get_by_role("region", name="Wacht op mij")
    visitor.press(waiting.get_by_role("link", name=TITLE))
    take(visitor, "Goedkeuren en publiceren")
    expect(page.get_by_text("live").first).to_be_visible()
    assert blocked == []
    committed()

    page.context.clear_cookies()
    page.goto(site.address("home"))
    visitor.write(page.locator("#zoekveld"), "meedenkt")
    visitor.press(page.get_by_role("button", name="Zoeken"))
    visitor.press(page.get_by_role("link", name=TITLE))
    expect(page.get_by_text("Er kwam iemand bij.")).to_be_visible()


@every_way
def test_what_another_region_did_with_a_lesson_stands_on_its_page(
    site: PortalSite, visitor: Visitor, sessions: Mapping[str, str]
):
    page = visitor.page
    arrive(page, site, sessions[STRANGER])
    open_menu(visitor, "Overnames")
    visitor.press(page.get_by_role("link", name="Overname toevoegen"))
    open_chooser(visitor, "Kies een les")
    lesson = page.get_by_role("dialog").get_by_role("link", name=re.compile("buren")).first
    title = lesson.inner_text()
    visitor.press(lesson)
    expect(page.get_by_role("dialog")).to_have_count(0)
    visitor.choose(page.get_by_label("Besluit"), "toegepast", "applied")
    visitor.write(page.get_by_role("textbox", name="Reden"), "Bij ons speelt hetzelfde.")
    visitor.press(page.get_by_role("button", name="Opslaan"))
    expect(page.get_by_role("link", name=title)).to_be_visible()
    committed()

    page.goto(f"{site.url}{LessonPage.objects.get(title=title).url}")
    expect(page.get_by_role("region", name="Wat andere regio’s ermee deden")).to_contain_text(
        "Bij ons speelt hetzelfde."
    )


@every_way
def test_a_withdrawal_shows_on_the_portal_the_feed_and_the_page_of_a_partner(
    site: PortalSite, partner: PartnerSite, visitor: Visitor, sessions: Mapping[str, str]
):
    page = visitor.page
    lesson = LessonPage.objects.get(title=LESSON)
    script = f'<script src="{site.url}/embed/v1/lessenbank.js" defer></script>'
    embedded = partner.page(f'{script}<lessenbank-les uuid="{lesson.uuid}"></lessenbank-les>')
    feed = f"{site.url}/zoeken.json?q=kosten"
    page.goto(embedded)
    expect(page.locator("lessenbank-les")).to_contain_text(LESSON)
    assert LESSON in [item["title"] for item in page.request.get(feed).json()["items"]]

    arrive(page, site, sessions[REVIEWER], f"pages/{lesson.pk}/edit/")
    visitor.press(page.get_by_role("button", name="Meer acties").last)
    actions = page.locator("footer, .tippy-content")
    visitor.press(actions.get_by_role("link", name="Intrekken…"))
    visitor.tick(page.get_by_role("radio", name="verouderd"))
    visitor.press(page.get_by_role("button", name="Intrekken"))
    expect(page.get_by_text("is ingetrokken").first).to_be_visible()
    committed()
    page.context.clear_cookies()

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
