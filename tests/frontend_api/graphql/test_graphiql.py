import hashlib
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from graphql import OperationDefinitionNode, parse, validate

from frontend_api.graphql.graphiql import example_queries
from frontend_api.graphql.schema import schema
from tests.factories import make_lesson

VENDOR = Path(str(finders.find("frontend_api/graphiql/vendor/README.md"))).parent


def test_every_example_is_a_valid_named_question():
    names = []
    for query in example_queries():
        document = parse(query)
        assert validate(schema.graphql_schema, document) == []
        names += [
            definition.name.value
            for definition in document.definitions
            if isinstance(definition, OperationDefinitionNode) and definition.name
        ]
    assert names == [
        "ZoekLessen",
        "FilterLessen",
        "EenLes",
        "Vocabulaires",
        "JeugdregioMetLessen",
        "PilotsEnPaginas",
    ]


def test_the_vendored_files_are_those_that_the_readme_names():
    readme = (VENDOR / "README.md").read_text()
    for path in VENDOR.glob("graphiql.min.*"), VENDOR.glob("react*.js"):
        for file in path:
            assert hashlib.sha256(file.read_bytes()).hexdigest() in readme, file.name


def test_the_page_names_no_script_from_elsewhere(client):
    response = client.get("/graphiql/")
    page = response.content.decode()

    assert response.status_code == 200
    assert '<html lang="nl">' in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    policy = response["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self' 'unsafe-inline'"


@pytest.mark.django_db
def test_the_operator_can_switch_it_off(client, settings):
    settings.GRAPHIQL_ENABLED = False
    assert client.get("/graphiql/").status_code == 404


def test_it_cannot_be_posted_to(client):
    assert client.post("/graphiql/").status_code == 405


@pytest.fixture
def opened(live_server, page):
    """Return GraphiQL in a browser, with what it complained about and where it went."""
    page.complaints, page.outside = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            page.outside.append(request.url)
            if not request.url.startswith((live_server.url, "data:"))
            else None
        ),
    )
    page.goto(f"{live_server.url}/graphiql/")
    page.wait_for_selector(".graphiql-execute-button")
    return page


def test_the_first_example_runs_in_a_browser(opened):
    make_lesson(title="Zoek een steungezin")

    opened.click(".graphiql-execute-button")
    opened.wait_for_selector(".result-window >> text=Zoek een steungezin")

    assert opened.title() == "GraphiQL – Lessenbank"
    assert opened.complaints == []
    assert opened.outside == []


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
