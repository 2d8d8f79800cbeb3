import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from graphql import OperationDefinitionNode, parse, validate

from frontend_api.graphql.graphiql import example_queries
from frontend_api.graphql.schema import schema

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
    assert re.fullmatch("'self' 'nonce-[^']+'", directives["style-src"])


@pytest.mark.django_db
def test_the_operator_can_switch_it_off(client, settings):
    settings.GRAPHIQL_ENABLED = False
    assert client.get("/graphiql/").status_code == 404


def test_it_cannot_be_posted_to(client):
    assert client.post("/graphiql/").status_code == 405
