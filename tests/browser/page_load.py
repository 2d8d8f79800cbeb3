"""What one view of a page costs: bytes, what stands before the first paint, and what moves.

Run ``python -m tests.browser.page_load http://127.0.0.1:8000`` for the figures of a running
Lessenbank with its own content, on a line as slow as slow 4G.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import brotli
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Those of tests/conftest.py, which cannot be imported without the settings of the tests.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREENS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
ADDRESSES = (
    "/",
    "/zoeken/",
    "/zoeken/?q=pleegzorg&vanuit=GM0106",
    "/lessen/drenthe/kosten-en-baten-naast-elkaar/",
    "/gemeenten/GM0106/",
    "/kaart/",
    "/insluiten/",
    "/embed/v1/lijst",
)
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# Three lessons are kept on the device, so that the counter in the header is filled.
BEFORE = """
    try {
      localStorage.setItem("lessenbank.selectie", JSON.stringify(
        ["a", "b", "c"].map((letter) => letter.repeat(22))));
    } catch { /* Nothing may be kept in a frame of another site. */ }
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const moved = entry.sources.map((source) => source.node?.outerHTML?.slice(0, 80));
        window.shifts.push([entry.value, ...moved]);
      }
    }).observe({ type: "layout-shift", buffered: true });
"""
BLOCKING = """
    performance.getEntriesByType("resource")
      .filter((entry) => entry.renderBlockingStatus === "blocking")
      .map((entry) => [entry.name, entry.initiatorType])
"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class PageLoad:
    """One view of a page by somebody who was never there."""

    bytes: dict[str, int] = field(default_factory=dict)
    blocking: list[tuple[str, str]] = field(default_factory=list)
    shifts: list[Any] = field(default_factory=list)
    first_paint: float = 0

    @property
    def total(self) -> int:
        """Return how many bytes came over the line, pictures aside."""
        return sum(self.bytes.values())


def loaded(page: Page, address: str, *, slow: bool = False, compressed: bool = True) -> PageLoad:
    """Open the page and return what it cost.

    A server of tests sends static files as they are; with ``compressed=False`` they count for
    what a real server makes of them.
    """
    found = PageLoad()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    if slow:
        line.send("Network.emulateNetworkConditions", SLOW_4G)
    responses: dict[str, Mapping[str, Any]] = {}
    sizes: dict[str, int] = {}
    line.on("Network.responseReceived", lambda one: responses.update({one["requestId"]: one}))
    line.on(
        "Network.loadingFinished",
        lambda one: sizes.update({one["requestId"]: int(one["encodedDataLength"])}),
    )
    page.goto(address, wait_until="networkidle")
    for key, response in responses.items():
        name = str(response["response"]["url"])
        if response["type"] == "Image" or key not in sizes:
            continue
        found.bytes[name] = sizes[key]
        if not compressed and "/static/" in name:
            body = line.send("Network.getResponseBody", {"requestId": key})["body"]
            found.bytes[name] = len(brotli.compress(body.encode(), quality=9))
    found.blocking = [(name, kind) for name, kind in page.evaluate(BLOCKING)]
    found.shifts = page.evaluate("window.shifts")
    found.first_paint = page.evaluate(FIRST_PAINT) or 0
    return found


def new_visitor(browser: Browser, screen: str) -> BrowserContext:
    """Return a browser that was never on the site, and watches what moves."""
    context = browser.new_context(locale="nl-NL", viewport=SCREENS[screen])
    context.add_init_script(BEFORE)
    return context


def main(site: str) -> None:
    """Print the figures of each kind of page on each screen."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        for address in ADDRESSES:
            for screen in SCREENS:
                context = new_visitor(browser, screen)
                found = loaded(context.new_page(), f"{site}{address}", slow=True)
                moved = sum(shift[0] for shift in found.shifts)
                sys.stdout.write(
                    f"{address:48} {screen:6} {found.total / 1000:6.1f} kB  "
                    f"first paint {found.first_paint / 1000:.2f} s  shift {moved:.3f}\n"
                )
                context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
