"""A list of lessons: kept on the device with a script, in the address without one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PortalSite

pytestmark = pytest.mark.django_db

FOCUSED = "document.activeElement"
ADDRESS = re.compile(r"/mijn-selectie/\?les=")


@pytest.fixture
def page_without_scripts(browser: Browser):
    """A page in a browser where scripts are switched off."""
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    yield context.new_page()
    context.close()


def titles(page: Page, count: int) -> list[str]:
    """The titles on the list, as soon as it is that long."""
    on_the_list = page.locator(".selection__list .card__title")
    expect(on_the_list).to_have_count(count)
    return on_the_list.all_inner_texts()


def expect_titles(page: Page, *expected: str) -> None:
    """Wait until the list holds these titles: a click does not wait for the page it leads to."""
    expect(page.locator(".selection__list .card__title")).to_have_text(list(expected))


def search_for_neighbors(site: PortalSite, page: Page) -> None:
    page.goto(f"{site.url}/zoeken/?q=buren&sorteer=titel")


def test_a_list_is_made_ordered_compared_and_emptied_by_keyboard_only(site: PortalSite, page: Page):
    search_for_neighbors(site, page)
    keep = page.get_by_role("button", name="Bewaar")
    for number in range(3):
        keep.nth(number).press("Enter" if number else "Space")
        expect(keep.nth(number)).to_have_attribute("aria-pressed", "true")
        expect(keep.nth(number)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(
        "In uw selectie gezet. Daarin staan nu 3 lessen."
    )
    page.get_by_role("link", name="Mijn selectie (3 lessen)").press("Enter")
    expect(page).to_have_url(ADDRESS)
    first, second, third = titles(page, 3)
    assert first == "Praat op tijd met de buren 0"
    expect(page.get_by_text("staat nog niet op dit apparaat")).to_be_hidden()

    page.get_by_role("link", name=f"Omhoog {third}").press("Enter")
    expect(page.locator(".selection__entry").nth(1)).to_be_focused()
    expect_titles(page, first, third, second)
    page.get_by_role("link", name=f"Haal weg {first}").press("Enter")
    expect(page.locator(".counter")).to_have_text("2")
    page.goto(f"{site.url}/mijn-selectie/")
    expect(page.locator(".selection__entry")).to_have_count(2)
    expect_titles(page, third, second)

    page.get_by_role("button", name="Zet naast elkaar").press("Enter")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    page.get_by_role("link", name="Kies andere lessen").press("Enter")
    page.get_by_role("link", name="Maak de lijst leeg").press("Enter")
    expect(page.get_by_text("Uw lijst is nog leeg")).to_be_visible()
    expect(page.locator(".counter")).to_be_empty()


def test_a_lesson_is_taken_off_where_it_was_kept_and_the_choice_is_remembered(
    site: PortalSite, page: Page
):
    page.goto(site.address("lesson"))
    page.get_by_role("button", name="Bewaar").click()
    page.reload()
    keep = page.get_by_role("button", name="Bewaar")
    expect(keep).to_have_attribute("aria-pressed", "true")
    assert page.context.cookies() == []

    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("status")).to_contain_text("Uit uw selectie gehaald")
    assert page.evaluate("localStorage.getItem('lessenbank.selectie')") == "[]"


def test_a_list_that_is_full_says_so(site: PortalSite, page: Page):
    search_for_neighbors(site, page)
    page.evaluate(
        "localStorage.setItem('lessenbank.selectie', JSON.stringify("
        "[...Array(50).keys()].map((n) => String(n).padStart(22, 'x'))))"
    )
    page.get_by_role("button", name="Bewaar").first.click()

    expect(page.locator(".keep__note")).to_have_text("Uw selectie is vol: er passen 50 lessen op.")
    expect(page.get_by_role("button", name="Bewaar").first).to_have_attribute(
        "aria-pressed", "false"
    )


def test_a_list_of_somebody_else_is_shown_and_joins_the_own_one_only_on_request(
    site: PortalSite, page: Page
):
    search_for_neighbors(site, page)
    page.get_by_role("button", name="Bewaar").nth(5).click()
    page.goto(site.address("selection"))
    expect(page.get_by_text("staat nog niet op dit apparaat")).to_be_visible()
    expect(page.locator(".counter")).to_have_text("1")
    expect(page.get_by_text("Deze les is ingetrokken")).to_be_visible()

    page.get_by_role("button", name="Zet deze lessen bij mijn selectie").click()
    expect(page.locator(".selection__entry")).to_have_count(5)
    expect(page.locator(".counter")).to_have_text("5")
    expect(page.get_by_text("staat nog niet op dit apparaat")).to_be_hidden()


def test_a_list_is_made_ordered_and_compared_without_a_script(
    site: PortalSite, page_without_scripts: Page
):
    page = page_without_scripts
    page.set_viewport_size({"width": 320, "height": 700})
    search_for_neighbors(site, page)
    page.get_by_role("link", name="Bewaar").first.click()
    expect(page).to_have_url(ADDRESS)

    page.get_by_label("Zoek een les").fill("kosten")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("link", name="Zet erbij").first.click()
    one, other = titles(page, 2)
    page.get_by_role("link", name=f"Omhoog {other}").click()
    expect_titles(page, other, one)

    page.get_by_role("button", name="Zet naast elkaar").click()
    expect(page.get_by_role("columnheader", name=other)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Kies andere lessen").click()
    expect_titles(page, other, one)
    with page.expect_download() as download:
        page.get_by_role("link", name="Als PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_the_reference_is_copied_with_a_script_and_no_button_is_there_without(
    site: PortalSite, page: Page, page_without_scripts: Page
):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.address("lesson"))
    page.get_by_role("button", name="Kopieer de verwijzing").click()
    expect(page.get_by_role("status")).to_have_text("Gekopieerd.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"Jeugdregio .+\. \(\d{4}\)\. Zet kosten .+ van http\S+/id/les/\S+", copied)

    page_without_scripts.goto(site.address("lesson"))
    expect(page_without_scripts.locator("button[data-copy]").first).to_be_hidden()
