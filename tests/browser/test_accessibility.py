"""Every kind of page that the project serves itself: for all eyes, hands and screens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.axe import CONTRAST_OFF, violations
from tests.browser.conftest import PAGE_KINDS, PORTAL_KINDS, PortalSite

pytestmark = pytest.mark.django_db

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
# Where a page goes on with more of the same: measuring all its contrasts takes eight seconds.
MORE_OF_THE_SAME = {"developers: schema": "main section:nth-of-type(n + 13)"}
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
  document.activeElement.blur();
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

# The policy of the page lets no style sheet in, but what its scripts make of style.
ADD_STYLE = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}"""

every_kind = pytest.mark.parametrize("opened", PAGE_KINDS, indirect=True)
every_portal_kind = pytest.mark.parametrize("opened", PORTAL_KINDS, indirect=True)


@dataclass
class Opened:
    """A page as it was opened, and what the browser had to say about it."""

    kind: str
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


@pytest.fixture(scope="module")
def tab(browser: Browser):
    """A page of the browser, in which one kind is opened after the other."""
    context = browser.new_context(locale="nl-NL", viewport=WIDE)
    yield context.new_page()
    context.close()


# Each page is opened once for all tests that look at it.
@pytest.fixture(scope="module")
def opened(site: PortalSite, tab: Page, request: pytest.FixtureRequest):
    """The page of a kind on a wide screen, until a test narrows it."""
    errors: list[str] = []

    def note_message(message):
        if message.type == "error":
            errors.append(message.text)

    def note_failure(failed):
        errors.append(failed.url)

    tab.set_viewport_size(WIDE)
    tab.on("console", note_message)
    tab.on("requestfailed", note_failure)
    yield Opened(request.param, tab, tab.goto(site.address(request.param)), errors)
    tab.remove_listener("console", note_message)
    tab.remove_listener("requestfailed", note_failure)
    # Nothing is remembered, and nothing under way is told of the next page.
    tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    tab.context.clear_cookies()
    tab.goto("about:blank")


@pytest.fixture
def phone(opened: Opened) -> Page:
    """The page on a screen of 320 pixels, where WCAG wants no sideways scrolling."""
    opened.page.set_viewport_size(PHONE)
    return opened.page


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
    alike = MORE_OF_THE_SAME.get(opened.kind)

    assert violations(opened.page, context={"exclude": [[alike]]} if alike else None) == ""
    if alike:
        assert opened.page.locator(alike).count() > 0
        assert violations(opened.page, rules=CONTRAST_OFF) == ""


@every_portal_kind
def test_focus_is_seen_on_all_that_takes_it(opened: Opened):
    assert opened.page.evaluate(UNSEEN_FOCUS) == []


@every_kind
def test_axe_finds_no_violation_on_a_phone(opened: Opened, phone: Page):
    assert violations(phone, rules=CONTRAST_OFF) == ""


@every_kind
def test_a_narrow_screen_needs_no_sideways_scrolling_and_wide_spacing_cuts_nothing_off(
    opened: Opened, phone: Page
):
    assert width_of(phone).content <= width_of(phone).window == PHONE["width"]

    phone.evaluate(ADD_STYLE, TEXT_SPACING)
    assert phone.evaluate("getComputedStyle(document.body).letterSpacing") != "normal"
    assert width_of(phone).content <= width_of(phone).window
    assert phone.evaluate(CUT_OFF) == []
