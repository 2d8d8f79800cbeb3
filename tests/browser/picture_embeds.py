"""Make the pictures of ``docs/embeds.md`` from a running Lessenbank with its own content.

Run ``python -m tests.browser.picture_embeds http://127.0.0.1:8000``. The server must know
itself as ``https://lessenbank.example`` (``LESSENBANK_BASE_URL``); what the browser asks there
is asked at the address that is given.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "images" / "embeds"
SITE = "https://lessenbank.example"
PARTNER = "https://partner.example/"
WIDTH = 1000
# Those of tests/conftest.py, which cannot be imported without the settings of the tests.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PARTNER_PAGE = """<!DOCTYPE html>
<html lang="nl">
  <head>
    <meta charset="utf-8">
    <title>Jeugdhulp in de regio</title>
    <style>
      :root {{ color-scheme: {scheme}; }}
      body {{ max-width: 52rem; margin: 0 auto; padding: 1rem; font: 1.05rem/1.6 Georgia, serif;
              background: {ground}; }}
      h1 {{ border-bottom: 4px solid #7a1f5c; }}
    </style>
  </head>
  <body><h1>Jeugdhulp in de regio</h1><h2>Wat andere regio’s leerden</h2>{code}</body>
</html>"""


def main(address: str) -> None:
    """Make all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        context = _context(browser, address)
        code = _steps(context.new_page())
        _step_on_the_page_of_a_partner(context.new_page(), code)
        _looks(context)
        browser.close()


def _context(browser: Browser, address: str) -> BrowserContext:
    context = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": WIDTH, "height": 640},
        permissions=["clipboard-read", "clipboard-write"],
    )

    def answer(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(SITE, address)))

    context.route(f"{SITE}/**", answer)
    return context


def _steps(page: Page) -> str:
    """Walk from the search page to the code, and return it."""
    page.goto(f"{SITE}/zoeken/?q=pleegouders&phase=uitvoering")
    _marked(page, page.get_by_role("link", name="Sluit deze lijst in"), "end")
    _taken(page, "stap-1")
    page.get_by_role("link", name="Sluit deze lijst in").click()
    page.get_by_label("Hoeveel lessen").fill("2")
    _marked(page, page.get_by_role("button", name="Toon voorbeeld en code"))
    _taken(page, "stap-2")
    page.get_by_role("button", name="Toon voorbeeld en code").click()
    page.frame_locator("iframe").locator(".lb-bron").wait_for()
    page.wait_for_timeout(300)
    _marked(page, page.get_by_role("link", name="Kopieer de code"))
    _taken(page, "stap-3")
    button = page.get_by_role("button", name="Kopieer de code: Web component")
    button.click()
    _marked(page, button)
    _taken(page, "stap-4")
    return str(page.evaluate("navigator.clipboard.readText()"))


def _step_on_the_page_of_a_partner(page: Page, code: str) -> None:
    _partner(page, code)
    page.locator("lessenbank-lijst .lb-bron").wait_for()
    _taken(page, "stap-5")


def _looks(context: BrowserContext) -> None:
    """Picture a look, a dark page, a gemeente on a phone, and the search box."""
    script = f'<script src="{SITE}/embed/v1/lessenbank.js" defer></script>'
    kinds = {
        "uiterlijk-denhaag": ("lijst", 'aantal="1" uiterlijk="denhaag"'),
        "uiterlijk-voorbeeld": ("zoeken", 'aantal="1" uiterlijk="voorbeeld"'),
        "donker": ("lijst", 'aantal="1"'),
        "gemeente": ("gemeente", 'code="GM0106" aantal="1"'),
    }
    for name, (kind, attributes) in kinds.items():
        page = context.new_page()
        element = f"<lessenbank-{kind} {attributes}></lessenbank-{kind}>"
        _partner(page, script + element, scheme="dark" if name == "donker" else "light")
        page.locator(".lb-bron").wait_for()
        if kind == "zoeken":
            page.get_by_label("Zoekwoorden").fill("pleegouders")
            page.get_by_label("Zoekwoorden").press("Enter")
            page.locator(".lb-les").wait_for()
        _taken(page, name)


def _partner(page: Page, code: str, scheme: str = "light") -> None:
    ground = "#1b1b1f" if scheme == "dark" else "#fff"
    text = PARTNER_PAGE.format(code=code, scheme=scheme, ground=ground)

    def answer(route: Route) -> None:
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    page.route(PARTNER, answer)
    page.goto(PARTNER)


def _marked(page: Page, target: Locator, block: str = "center") -> None:
    """Bring what is to be pressed into view, with a ring around it."""
    target.evaluate("(part, block) => part.scrollIntoView({ block })", block)
    if block == "end":
        page.mouse.wheel(0, 40)
        page.wait_for_timeout(200)
    target.evaluate("(part) => { part.style.outline = '4px solid #c8102e'; }")
    page.mouse.move(0, 0)


def _taken(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(64, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
