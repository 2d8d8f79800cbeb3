"""Every kind of page that the project serves itself: for all eyes, hands and screens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import PAGE_KINDS, PORTAL_KINDS, PortalSite

pytestmark = pytest.mark.django_db

WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": WCAG_TAGS, "resultTypes": ["violations"]}
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""

# What takes the focus while nothing about it changes, as somebody with a keyboard would see it.
UNSEEN_FOCUS = """() => {
  const look = (part) => {
    const style = getComputedStyle(part);
    const outline = style.outlineStyle === "none" ? "" : style.outline;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const unseen = [];
  for (const part of document.querySelectorAll(all)) {
    document.activeElement.blur();
    const before = look(part);
    part.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement === part && look(part) === before) {
      unseen.push(part.outerHTML.slice(0, 120));
    }
  }
  return unseen;
}"""
# Text that is cut off, apart from what is hidden on purpose for all but screen readers.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((part) => {
  const style = getComputedStyle(part);
  const cuts = (flow, inner, outer) => /hidden|clip/.test(flow) && inner > outer + 1;
  return part.innerText?.trim() && part.clientWidth > 1 && !part.closest("svg, .CodeMirror") && (
    cuts(style.overflowX, part.scrollWidth, part.clientWidth) ||
    cuts(style.overflowY, part.scrollHeight, part.clientHeight));
}).map((part) => part.outerHTML.slice(0, 120))"""

every_kind = pytest.mark.parametrize("opened", PAGE_KINDS, indirect=True)
every_portal_kind = pytest.mark.parametrize("opened", PORTAL_KINDS, indirect=True)
# The page of the schema is long and all alike: once is enough of the eight seconds it takes.
axe_on_a_phone = pytest.mark.parametrize(
    "phone", [kind for kind in PAGE_KINDS if kind != "developers: schema"], indirect=True
)
every_kind_on_a_phone = pytest.mark.parametrize("phone", PAGE_KINDS, indirect=True)


@dataclass
class Opened:
    """A page as it was opened, and what the browser had to say about it."""

    page: Page
    response: Response
    errors: list[str]


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


# Each page is opened once for all tests that look at it.
@pytest.fixture(scope="module")
def opened(site: PortalSite, browser: Browser, request: pytest.FixtureRequest):
    """The page of a kind on a wide screen."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page, errors = context.new_page(), []
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type == "error" else None,
    )
    page.on("requestfailed", lambda failed: errors.append(failed.url))
    yield Opened(page, page.goto(site.address(request.param)), errors)
    context.close()


@pytest.fixture(scope="module")
def phone(site: PortalSite, browser: Browser, request: pytest.FixtureRequest):
    """The page on a screen of 320 pixels, where WCAG wants no sideways scrolling."""
    context = browser.new_context(
        locale="nl-NL", viewport={"width": 320, "height": 640}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(site.address(request.param))
    yield page
    context.close()


# The checks that leave something behind in the page come last.
@every_portal_kind
def test_a_page_has_its_landmarks_and_language(opened: Opened):
    page = opened.page

    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.title().endswith("Lessenbank")
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.get_by_role("heading", level=1).count() == 1


@every_portal_kind
def test_nothing_is_blocked_by_the_content_security_policy(opened: Opened):
    policy = opened.response.headers["content-security-policy"]

    assert "unsafe-inline" not in policy
    # A block of data is read by programs and never carried out.
    script = 'script:not([src], [type="application/ld+json"])'
    assert opened.page.locator(f"[style], style, {script}").count() == 0
    # The browser reports the answer of a page that is meant to be a fault, too.
    assert [text for text in opened.errors if "responded with a status of 4" not in text] == []


@every_kind
def test_axe_finds_no_violation(opened: Opened):
    found = Axe().run(opened.page, options=AXE_OPTIONS)

    assert found.violations_count == 0, found.generate_report()


@every_portal_kind
def test_focus_is_seen_on_all_that_takes_it(opened: Opened):
    assert opened.page.evaluate(UNSEEN_FOCUS) == []


@axe_on_a_phone
def test_axe_finds_no_violation_on_a_phone(phone: Page):
    found = Axe().run(phone, options=AXE_OPTIONS)

    assert found.violations_count == 0, found.generate_report()


@every_kind_on_a_phone
def test_a_narrow_screen_needs_no_sideways_scrolling_and_wide_spacing_cuts_nothing_off(phone: Page):
    assert width_of(phone).content <= width_of(phone).window

    phone.add_style_tag(content=TEXT_SPACING)
    assert width_of(phone).content <= width_of(phone).window
    assert phone.evaluate(CUT_OFF) == []
