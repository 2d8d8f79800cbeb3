"""Embeds on the page of a partner: another origin, with styles and rules of its own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from frontend_api.embeds import released
from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from tests.browser.axe import violations
from tests.browser.conftest import PortalSite
from tests.browser.partner_site import PartnerSite
from tests.browser.test_accessibility import TEXT_SPACING, width_of

pytestmark = pytest.mark.django_db

ELEMENTS = ("lessenbank-lijst", "lessenbank-les", "lessenbank-zoeken", "lessenbank-gemeente")
LOOKS = ("", "denhaag", "voorbeeld")
HOSTILE = """
    * { all: initial !important; display: none !important; font-size: 1px !important;
        color: red !important; visibility: hidden !important; }
    html, body, main { all: revert !important; display: block !important;
        visibility: visible !important; }
    .lessenbank, .lb-les, section, article, p, h3 { transform: rotate(90deg) !important; }
"""
HOUR_MS = 3_600_000


@pytest.fixture
def faults(page: Page) -> list[str]:
    """Return what the browser complains about, filled while the test runs."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda message: found.append(message.text) if message.type == "error" else None,
    )
    return found


def script(site: PortalSite, name: str = "lessenbank-1.0.0.js") -> str:
    integrity = f'integrity="{released.integrity(name)}"' if "-" in name else ""
    return f'<script src="{site.url}/embed/v1/{name}" {integrity} crossorigin defer></script>'


def elements(lesson: LessonPage, attributes: str = "") -> str:
    what = {
        "lessenbank-les": f'uuid="{lesson.uuid}"',
        "lessenbank-gemeente": 'code="GM1690"',
    }
    return "".join(
        f'<{name} {what.get(name, "")} aantal="2" {attributes}><a href="/">{name}</a></{name}>'
        for name in ELEMENTS
    )


def lesson_of(title: str) -> LessonPage:
    return LessonPage.objects.get(title=title)


def wait_for_all(page: Page) -> None:
    for name in ELEMENTS:
        expect(page.locator(f"{name} .lb-bron")).to_be_visible()


def test_all_embeds_stand_unharmed_in_a_hostile_page_with_a_strict_policy(
    site: PortalSite, partner: PartnerSite, page: Page, faults: list[str]
):
    lesson = lesson_of("Zet kosten en vermeden kosten naast elkaar")
    # No style of the page itself is allowed; that of the embeds needs no permission.
    policy = (
        f"default-src 'none'; script-src {site.url}; connect-src {site.url}; "
        "require-trusted-types-for 'script'; trusted-types lessenbank"
    )
    page.goto(partner.page(script(site) + elements(lesson), policy=policy))
    wait_for_all(page)
    assert faults == []

    page.goto(partner.page(script(site) + elements(lesson), style=HOSTILE))
    wait_for_all(page)
    title = page.locator("lessenbank-les .lb-titel a")
    expect(title).to_be_in_viewport()
    assert title.evaluate("(link) => parseFloat(getComputedStyle(link).fontSize)") >= 14
    assert title.evaluate("(link) => getComputedStyle(link).color") == "rgb(10, 90, 125)"
    transform = "(part) => getComputedStyle(part).transform"
    assert page.locator("lessenbank-les .lessenbank--les").evaluate(transform) == "none"


@pytest.mark.parametrize(("look", "scheme"), [*((look, "light") for look in LOOKS), ("", "dark")])
def test_axe_finds_no_violation_in_any_embed(
    site: PortalSite, partner: PartnerSite, page: Page, look: str, scheme: str
):
    lesson = lesson_of("Zet kosten en vermeden kosten naast elkaar")
    attributes = f'uiterlijk="{look}"' if look else ""
    style = f":root {{ color-scheme: {scheme} }}"
    page.goto(partner.page(script(site) + elements(lesson, attributes), style=style))
    wait_for_all(page)
    page.locator("lessenbank-zoeken input[name=q]").fill("gezin")
    page.locator("lessenbank-zoeken input[name=q]").press("Enter")
    expect(page.locator("lessenbank-zoeken .lb-les").first).to_be_visible()

    assert violations(page) == ""
    grounds = page.evaluate(
        "getComputedStyle(document.querySelector('lessenbank-lijst').shadowRoot"
        ".querySelector('.lessenbank:not(.lb-stand)')).backgroundColor"
    )
    assert grounds == ("rgb(21, 34, 43)" if scheme == "dark" else "rgb(255, 255, 255)")


@pytest.mark.parametrize(
    "asked", ["zoeken?q=gezin&kleuren=licht", "gemeente/GM1690?kleuren=donker"]
)
def test_axe_finds_no_violation_in_the_page_of_an_iframe(site: PortalSite, page: Page, asked: str):
    page.goto(f"{site.url}/embed/v1/{asked}&koppen=2")

    # The heading of the first level stands on the page around it.
    rules = {"page-has-heading-one": {"enabled": False}}

    assert violations(page, rules=rules) == ""


def test_a_narrow_page_needs_no_sideways_scrolling(
    site: PortalSite, partner: PartnerSite, browser: Browser
):
    lesson = lesson_of("Zet kosten en vermeden kosten naast elkaar")
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(partner.page(script(site) + elements(lesson)))
    wait_for_all(page)
    assert width_of(page).content <= 320

    for kind in ("lijst", "zoeken?q=gezin", "gemeente/GM1690"):
        page.goto(f"{site.url}/embed/v1/{kind}")
        page.add_style_tag(content=TEXT_SPACING)
        assert width_of(page).content <= 320, kind
    context.close()


def test_the_first_lesson_takes_one_request_after_the_script(
    site: PortalSite, partner: PartnerSite, page: Page
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(partner.page(f'{script(site)}<lessenbank-lijst feed="buurt"></lessenbank-lijst>'))
    expect(page.locator("lessenbank-lijst .lb-les").first).to_be_visible()

    assert [url.removeprefix(site.url) for url in asked if url.startswith(site.url)] == [
        "/embed/v1/lessenbank-1.0.0.js",
        "/embed/v1/lijst?feed=buurt&vorm=fragment",
    ]
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == [
        f"lessenbank:v1:{site.url}/embed/v1/lijst?feed=buurt&vorm=fragment"
    ]


def test_two_versions_and_double_inclusion_do_not_clash(
    site: PortalSite, partner: PartnerSite, page: Page, faults: list[str]
):
    text = (released.released("lessenbank-1.0.0.js") or b"").decode()
    page.route(
        "**/lessenbank-0.9.0.js",
        lambda route: route.fulfill(
            body=text.replace("1.0.0", "0.9.0"), content_type="text/javascript"
        ),
    )
    older = f'<script src="{site.url}/embed/v1/lessenbank-0.9.0.js" defer></script>'
    scripts = f"{older}{script(site)}{script(site)}{script(site, 'lessenbank.js')}"

    page.goto(partner.page(f"{scripts}<lessenbank-lijst></lessenbank-lijst>" * 2))

    expect(page.locator("lessenbank-lijst .lb-bron")).to_have_count(2)
    assert faults == []


def test_when_the_site_is_slow_or_away_the_last_list_is_shown_with_its_date(
    site: PortalSite, partner: PartnerSite, page: Page
):
    body = f'{script(site)}<lessenbank-lijst aantal="2"><a href="/">Lessen</a></lessenbank-lijst>'
    address = partner.page(body)
    notice = page.locator("lessenbank-lijst .lb-stand")
    lessons = page.locator("lessenbank-lijst .lb-les")
    page.clock.install()
    page.goto(address)
    expect(lessons).to_have_count(2)

    # Slow: asked again, but no answer comes.
    page.route("**/embed/v1/lijst*", lambda route: None)
    page.clock.fast_forward(181_000)
    page.clock.run_for(5_001)
    expect(notice).to_contain_text("De nieuwste wordt nog opgehaald.")
    expect(notice).to_contain_text(re.compile(r"de stand van \d+ \w+ 20\d\d"))
    expect(lessons).to_have_count(2)
    page.goto(address)
    expect(page.locator("lessenbank-lijst > a")).to_be_visible()
    page.clock.run_for(5_001)
    expect(notice).to_contain_text("De nieuwste wordt nog opgehaald.")
    expect(lessons).to_have_count(2)

    # Away.
    page.unroute("**/embed/v1/lijst*")
    page.route("**/embed/v1/lijst*", lambda route: route.abort())
    page.goto(address)
    expect(notice).to_contain_text("De Lessenbank is nu niet bereikbaar.")
    expect(lessons).to_have_count(2)

    # Away for longer than a week: then a link is all that is left.
    page.clock.fast_forward(8 * 24 * HOUR_MS)
    page.goto(address)
    expect(notice).to_contain_text("De lessen zijn nu niet op te halen.")
    expect(lessons).to_have_count(0)
    expect(page.locator("lessenbank-lijst > a")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_withdrawn_lesson_leaves_an_open_page_within_the_declared_time(
    site: PortalSite, partner: PartnerSite, page: Page
):
    lesson = lesson_of("Praat op tijd met de buren 3")
    page.clock.install()
    code = f'<iframe src="{site.url}/embed/v1/les/{lesson.uuid}" title="Les"></iframe>'
    code += f'{script(site)}<lessenbank-les uuid="{lesson.uuid}"></lessenbank-les>'
    page.goto(partner.page(code))
    embeds = (page.locator("lessenbank-les"), page.frame_locator("iframe").locator("main"))
    for embed in embeds:
        expect(embed).to_contain_text("Praat op tijd met de buren 3")

    withdraw(lesson, reason="outdated")
    page.clock.fast_forward(181_000)

    for embed in embeds:
        expect(embed).to_contain_text("Deze les is ingetrokken. Reden:")
        expect(embed).not_to_contain_text("Praat op tijd")
    assert page.evaluate("localStorage.length") == 0


def test_searching_takes_the_keyboard_only_and_is_told(
    site: PortalSite, partner: PartnerSite, page: Page
):
    page.goto(partner.page(f'{script(site)}<lessenbank-zoeken aantal="2"></lessenbank-zoeken>'))
    expect(page.locator("lessenbank-zoeken form")).to_be_visible()

    page.keyboard.press("Tab")
    page.keyboard.type("vermeden kosten")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 les gevonden voor ‘vermeden kosten’")
    field = page.get_by_label("Zoekwoorden")
    expect(field).to_be_focused()

    page.keyboard.press("Control+a")
    page.keyboard.type("buren")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoeken")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("lessen gevonden voor ‘buren’")
    expect(page.get_by_role("button", name="Zoeken")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"^{site.url}/lessen/"))
    # What somebody searched for is not kept on the device.
    page.go_back()
    assert "buren" not in page.evaluate("JSON.stringify(Object.keys(localStorage))")


def test_it_works_where_nothing_may_be_kept(
    site: PortalSite, partner: PartnerSite, page: Page, faults: list[str]
):
    inside = partner.page(f"{script(site)}<lessenbank-lijst></lessenbank-lijst>")

    page.goto(partner.page(f'<iframe sandbox="allow-scripts" src="{inside}"></iframe>'))

    frame = page.frame_locator("iframe")
    expect(frame.locator("lessenbank-lijst .lb-bron")).to_be_visible()
    assert faults == []


def test_the_height_of_an_iframe_follows_its_content(
    site: PortalSite, partner: PartnerSite, page: Page
):
    code = f'<iframe src="{site.url}/embed/v1/zoeken" title="Zoek" height="600"></iframe>'
    page.goto(partner.page(code + script(site)))
    frame = page.frame_locator("iframe")

    expect(page.locator("iframe")).not_to_have_attribute("height", "600")
    empty = int(page.locator("iframe").get_attribute("height") or 0)
    frame.get_by_label("Zoekwoorden").fill("buren")
    frame.get_by_role("button", name="Zoeken").click()
    expect(frame.locator(".lb-les").first).to_be_visible()
    expect(page.locator("iframe")).not_to_have_attribute("height", str(empty))

    height = int(page.locator("iframe").get_attribute("height") or 0)
    assert height > empty > 50
    expect(page.locator("iframe")).to_have_js_property("clientHeight", height)


def test_without_a_script_there_is_an_iframe_or_a_link(
    site: PortalSite, partner: PartnerSite, browser: Browser
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    element = '<lessenbank-lijst><a href="/">Lessen over buren</a></lessenbank-lijst>'
    frame = f'<iframe src="{site.url}/embed/v1/zoeken" title="Zoek" height="600"></iframe>'
    page.goto(partner.page(script(site) + element + frame))

    expect(page.get_by_role("link", name="Lessen over buren")).to_be_visible()
    inside = page.frame_locator("iframe")
    inside.get_by_label("Zoekwoorden").fill("vermeden kosten")
    inside.get_by_role("button", name="Zoeken").click()
    expect(inside.get_by_role("heading", name="1 les gevonden")).to_be_visible()
    inside.get_by_role("link", name="Zet kosten").click()
    expect(page).to_have_url(site.address("lesson"))

    page.get_by_role("link", name="Insluiten").first.click()
    page.get_by_role("link", name="Een gemeente").click()
    page.get_by_label("Gemeente", exact=True).select_option("Assen")
    page.get_by_role("button", name="Toon voorbeeld en code").click()
    expect(page.get_by_role("region", name="Code: Web component")).to_contain_text('code="GM0106"')
    expect(page.frame_locator("iframe").get_by_role("link", name="Gemeente Assen")).to_be_visible()
    context.close()


def test_a_first_embed_takes_five_steps(
    site: PortalSite, partner: PartnerSite, page: Page, faults: list[str]
):
    page.goto(site.address("search with filters").replace("van=2020&", ""))
    page.get_by_role("link", name="Sluit deze lijst in").click()
    page.get_by_label("Hoeveel lessen").fill("1")
    page.get_by_role("button", name="Toon voorbeeld en code").click()
    preview = page.frame_locator("iframe.builder__frame")
    expect(preview.locator(".lb-les")).to_have_count(1)
    code = page.get_by_role("region", name="Code: Web component").inner_text()

    page.goto(partner.page(code))

    expect(page.locator("lessenbank-lijst .lb-les")).to_have_count(1)
    expect(page.locator("lessenbank-lijst .lb-toelichting")).to_contain_text("fase Uitvoering")
    assert faults == []
