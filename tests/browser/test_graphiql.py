"""GraphiQL as a visitor uses it: with a mouse, with a keyboard, with nothing from outside."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(site, page):
    """Return GraphiQL in a browser, with what it complained about and where it went."""
    page.complaints, page.outside = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            page.outside.append(request.url)
            if not request.url.startswith((site.url, "data:"))
            else None
        ),
    )
    page.goto(f"{site.url}/graphiql/")
    page.wait_for_selector(".graphiql-execute-button")
    return page


def test_the_first_example_runs_in_a_browser(opened):
    opened.click(".graphiql-execute-button")
    opened.wait_for_selector(".result-window >> text=totalCount")

    assert opened.title() == "GraphiQL – Lessenbank"
    assert opened.complaints == []
    assert opened.outside == []


def test_menus_tooltips_and_searching_keep_to_the_policy_of_the_page(opened):
    opened.click("button[aria-label='Open settings dialog']")
    opened.wait_for_selector(".graphiql-dialog")
    # What a dialog makes to keep the page behind it from scrolling.
    assert opened.locator("style").count() > 0
    opened.keyboard.press("Escape")
    opened.hover(".graphiql-execute-button")
    opened.wait_for_selector(".graphiql-tooltip")
    opened.click(".graphiql-query-editor .CodeMirror-lines")
    opened.keyboard.press("Control+Space")
    opened.wait_for_selector(".CodeMirror-hints")

    assert opened.complaints == []


def test_it_has_no_accessibility_faults(opened):
    opened.click("button[aria-label='Show Documentation Explorer']")
    opened.wait_for_selector(".graphiql-doc-explorer")

    faults = Axe().run(opened).response["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []


def test_the_keyboard_can_leave_the_editor(opened):
    opened.focus(".graphiql-query-editor textarea")
    before = opened.input_value(".graphiql-query-editor textarea")

    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")

    assert (
        opened.evaluate("document.activeElement.closest('.graphiql-query-editor .CodeMirror')")
        is None
    )
    assert opened.input_value(".graphiql-query-editor textarea") == before
