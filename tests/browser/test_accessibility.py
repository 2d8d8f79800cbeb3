"""Every kind of page that the project serves itself: for all eyes, hands and screens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PAGE_KINDS, PORTAL_KINDS, PortalSite

pytestmark = pytest.mark.django_db

WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""

every_kind = pytest.mark.parametrize("kind", PAGE_KINDS)
every_portal_kind = pytest.mark.parametrize("kind", PORTAL_KINDS)


@dataclass
class Width:
    """How wide the page is, and how wide its window."""

    content: int
    window: int


def width_of(page: Page) -> Width:
    root = "document.documentElement"
    return Width(
        page.evaluate(f"{root}.scrollWidth"),
        page.evaluate(f"{root}.clientWidth"),
    )


@pytest.fixture
def phone(browser: Browser):
    """A page on a screen of 320 pixels, where WCAG wants no sideways scrolling."""
    context = browser.new_context(
        locale="nl-NL", viewport={"width": 320, "height": 640}, bypass_csp=True
    )
    yield context.new_page()
    context.close()


@every_kind
def test_axe_finds_no_violation(site: PortalSite, page: Page, kind: str):
    page.goto(site.address(kind))

    found = Axe().run(page, options={"runOnly": WCAG_TAGS, "resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()


@every_kind
def test_axe_finds_no_violation_on_a_phone(site: PortalSite, phone: Page, kind: str):
    phone.goto(site.address(kind))

    found = Axe().run(phone, options={"runOnly": WCAG_TAGS, "resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()


@every_portal_kind
def test_a_page_has_its_landmarks_and_language(site: PortalSite, page: Page, kind: str):
    page.goto(site.address(kind))

    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.title().endswith("Lessenbank")
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.get_by_role("heading", level=1).count() == 1


@every_portal_kind
def test_nothing_is_blocked_by_the_content_security_policy(site: PortalSite, page: Page, kind: str):
    errors: list[str] = []
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type == "error" else None,
    )
    page.on("requestfailed", lambda request: errors.append(request.url))

    response = page.goto(site.address(kind))
    assert response is not None

    policy = response.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert page.locator("[style], style, script:not([src])").count() == 0
    # The browser reports the answer of a page that is meant to be a fault, too.
    assert [text for text in errors if "responded with a status of 4" not in text] == []


@every_kind
def test_a_narrow_screen_needs_no_sideways_scrolling(site: PortalSite, phone: Page, kind: str):
    phone.goto(site.address(kind))
    assert width_of(phone).content <= width_of(phone).window

    phone.add_style_tag(content=TEXT_SPACING)
    assert width_of(phone).content <= width_of(phone).window
