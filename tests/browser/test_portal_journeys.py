"""From a question to a lesson: by keyboard only, and without a script."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PortalSite

pytestmark = pytest.mark.django_db

FOCUSED = "document.activeElement"
# Within the preview of an embed, what has the focus there.
OUTLINE = """() => {
  const part = document.activeElement.contentDocument?.activeElement ?? document.activeElement;
  const style = getComputedStyle(part);
  return [parseFloat(style.outlineWidth), style.outlineStyle, part.outerHTML.slice(0, 200)];
}"""


@pytest.fixture
def page_without_scripts(browser: Browser):
    """A page in a browser where scripts are switched off."""
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    yield context.new_page()
    context.close()


def parameters_of(page: Page) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(page.url).query)


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the element has the focus; fail when it cannot be reached."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
    pytest.fail(f"{selector} cannot be reached with {most} times Tab")


def test_the_first_tab_offers_to_skip_to_the_content(site: PortalSite, page: Page):
    page.goto(site.address("lesson"))

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Direct naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_lesson_is_found_by_keyboard_only(site: PortalSite, page: Page):
    page.goto(site.address("home"))

    tab_to(page, "#zoekveld")
    page.keyboard.type("vermeden kosten")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=re.compile("1 les"))).to_be_visible()

    tab_to(page, ".card__title a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Zet kosten en vermeden kosten naast elkaar"
    )


def test_a_filter_is_chosen_and_taken_away_by_keyboard_only(site: PortalSite, page: Page):
    page.goto(site.address("search"))

    tab_to(page, "summary:has(+ fieldset [name=phase])")
    page.keyboard.press("Enter")
    tab_to(page, "[name=phase]")
    page.keyboard.press("Space")
    tab_to(page, ".filters__apply")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    assert parameters_of(page) == [("phase", "uitvoering")]

    tab_to(page, ".chip")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    assert parameters_of(page) == []


@pytest.mark.parametrize(
    "kind", ["home", "search with filters", "lesson", "selection", "embed builder", "developers"]
)
def test_focus_is_always_seen_and_never_trapped(site: PortalSite, page: Page, kind: str):
    page.goto(site.address(kind))

    stops = 0
    while stops < 200:
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED} === document.body"):
            break
        stops += 1
        width, style, shown = page.evaluate(OUTLINE)
        assert (style, width >= 2) == ("solid", True), shown

    assert 5 < stops < 200


def test_search_filters_and_pages_work_without_a_script(
    site: PortalSite, page_without_scripts: Page
):
    page = page_without_scripts
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.address("home"))
    page.locator("#zoekveld").fill("gezin")
    page.get_by_role("button", name="Zoeken").click()

    page.locator(".filters__summary").click()
    page.get_by_role("checkbox", name=re.compile("Informele steun")).check()
    page.get_by_role("button", name="Toon lessen").click()
    assert parameters_of(page) == [("q", "gezin"), ("ontwikkelpunt", "informele-steun")]

    page.get_by_role("link", name="Titel van A tot Z").click()
    page.get_by_role("link", name="Volgende lessen").click()
    assert dict(parameters_of(page))["sorteer"] == "titel"
    expect(page.locator(".chip")).to_have_count(1)

    page.get_by_role("link", name="Terug naar het begin").click()
    page.locator(".card__title a").first.click()
    expect(page.get_by_role("heading", name="Bronnen")).to_be_visible()


def test_filters_are_open_on_a_wide_screen_and_folded_on_a_phone(site: PortalSite, page: Page):
    page.goto(site.address("search"))
    expect(page.get_by_role("button", name="Toon lessen")).to_be_visible()
    expect(page.locator(".filters__summary")).to_be_hidden()

    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_role("button", name="Toon lessen")).to_be_hidden()
    expect(page.locator(".filters__summary")).to_be_visible()


def test_a_tombstone_leads_to_the_lesson_that_replaces_it(site: PortalSite, page: Page):
    response = page.goto(site.address("tombstone"))
    assert response is not None
    assert response.status == 410

    page.get_by_role("link", name="Zet kosten en vermeden kosten naast elkaar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zet kosten")


def test_a_gap_leads_to_what_is_lacking_without_a_script(
    site: PortalSite, page_without_scripts: Page
):
    page = page_without_scripts
    page.goto(site.address("gaps"))

    page.get_by_label("Rijen").select_option("situation")
    page.get_by_role("button", name="Toon").click()
    assert dict(parameters_of(page))["rijen"] == "situation"
    page.get_by_role("link", name="1 les", exact=True).click()
    expect(page.get_by_role("heading", level=2, name=re.compile("1 les"))).to_be_visible()


def test_a_gemeente_on_the_map_is_reached_and_compared_by_keyboard_only(
    site: PortalSite, page: Page
):
    page.goto(site.address("map"))

    tab_to(page, "a.tile[aria-label^='Assen']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeente Assen")

    page.get_by_role("link", name="naast elkaar").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeenten naast elkaar")
    expect(page.get_by_label("Gemeente 1")).to_have_value("Assen")


@pytest.mark.parametrize("kind", ["map", "gemeente", "gaps"])
def test_a_picture_stays_within_the_paper(site: PortalSite, page: Page, kind: str):
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")
    page.goto(site.address(kind))

    widths = page.evaluate(
        "[...document.querySelectorAll('svg.hexagons, svg.heat')]"
        ".map((svg) => svg.getBoundingClientRect().right)"
    )
    assert widths
    assert max(widths) <= 720
