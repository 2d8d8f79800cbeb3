"""What each user comes to do, from start to end, on the real product."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from lessons.models import LessonPage
from tests.browser.conftest import PortalSite
from tests.browser.partner_site import PartnerSite
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.django_db

LESSON = "Zet kosten en vermeden kosten naast elkaar"


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


# By mouse it is done in five steps in test_embeds.py.
@pytest.mark.parametrize("visitor", ["keyboard", "phone", "no script"], indirect=True)
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
    code, shown = visitor.copy_embed()

    page.goto(partner.page(code))

    expect(shown).to_have_count(1)


def changes(page: Page, site: PortalSite, since: str | None = None) -> tuple[list[str], str]:
    question = "query Changes($since: String) { changes(since: $since) { cursor nodes { uuid } } }"
    answer = page.request.post(
        f"{site.url}/graphql/", data={"query": question, "variables": {"since": since}}
    )
    found = answer.json()["data"]["changes"]
    return [node["uuid"] for node in found["nodes"]], found["cursor"]


@pytest.mark.parametrize("visitor", ["mouse", "keyboard", "phone", "no script"], indirect=True)
def test_a_developer_asks_a_first_question_follows_a_feed_and_the_changes(
    site: PortalSite, visitor: Visitor
):
    page = visitor.page
    page.goto(site.address("home"))
    visitor.press(page.get_by_role("link", name="Voor ontwikkelaars"))
    expect(page.get_by_role("heading", name="Uw eerste vraag")).to_be_visible()
    visitor.ask_first_question()

    page.goto(f"{site.url}/zoeken/?q=kosten")
    address = page.get_by_role("link", name="JSON Feed").first.get_attribute("href") or ""
    feed = page.request.get(urljoin(site.url, address)).json()
    assert LESSON in [item["title"] for item in feed["items"]]

    lesson = LessonPage.objects.get(title=LESSON)
    uuids, cursor = changes(page, site)
    assert str(lesson.uuid) in uuids
    assert changes(page, site, since=cursor) == ([], cursor)
