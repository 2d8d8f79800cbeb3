"""axe-core in a page: what it has against the page, as text to be read in a failed test."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AXE_OPTIONS = {
    "runOnly": WCAG_TAGS,
    "resultTypes": ["violations"],
    # Fetching style sheets and media again serves rules on media alone, of which there are none.
    "preload": False,
}
# What costs half of the time, and tells the same again in a window of another width.
CONTRAST_OFF = {"color-contrast": {"enabled": False}}
_RUN = "([context, options]) => axe.run(context ?? document, options)"


def violations(
    page: Page, context: dict[str, Any] | None = None, rules: dict[str, Any] | None = None
) -> str:
    """Return axe's report of the page, or of its part ``context``; empty when nothing is wrong.

    ``rules`` turns rules on and off besides. The script is put in a page once.
    """
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(_RUN, [context, {**AXE_OPTIONS, "rules": rules or {}}]))
    assert found.response["testEngine"]["name"] == "axe-core"
    return str(found.generate_report()) if found.violations_count else ""
