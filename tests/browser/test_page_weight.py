"""A first view is light, is seen after two round trips, and stays where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PortalSite
from tests.browser.page_load import SCREENS, PageLoad, loaded, new_visitor

pytestmark = pytest.mark.django_db

SEARCH_PAGE_BYTES = 60_000
KINDS = ("home", "search with filters", "lesson", "gemeente", "selection", "embed builder")
EMBEDS = ("/embed/v1/lijst", "/embed/v1/zoeken?q=gezin", "/embed/v1/gemeente/GM1690")


def load(site: PortalSite, browser: Browser, path: str, screen: str) -> PageLoad:
    context = new_visitor(browser, screen)
    try:
        return loaded(context.new_page(), f"{site.url}{path}", compressed=False)
    finally:
        context.close()


def test_the_search_page_is_light_and_waits_for_style_sheets_only(
    site: PortalSite, browser: Browser
):
    found = load(site, browser, site.addresses["search"], "phone")

    assert len(found.bytes) >= 4
    assert 10_000 < found.total < SEARCH_PAGE_BYTES
    # All are named in the page itself, so they come in the second round trip, the last one
    # before the first paint; a style sheet that imports another would ask for a third.
    assert found.blocking == [
        (f"{site.url}/static/frontend_api/portal/{name}.css", "link")
        for name in ("tokens", "portal")
    ]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_shifts_on_a_page(site: PortalSite, browser: Browser, kind: str, screen: str):
    found = load(site, browser, site.addresses[kind], screen)

    assert found.first_paint > 0
    assert found.shifts == []


@pytest.mark.parametrize("address", EMBEDS)
def test_nothing_shifts_in_an_embed(site: PortalSite, browser: Browser, address: str):
    found = load(site, browser, address, "phone")

    assert found.first_paint > 0
    assert found.shifts == []
