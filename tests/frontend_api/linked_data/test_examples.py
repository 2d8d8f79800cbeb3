"""The examples in docs/linked-data.md do what stands there."""

from __future__ import annotations

import re
import shlex
from urllib.parse import urlsplit

import pytest

from cms.settings.environment import PROJECT_DIR
from tests.frontend_api.linked_data.conftest import BASE, graph_of, parsed

pytestmark = pytest.mark.django_db

SHOWN = "https://lessenbank.example"
PAGE = (PROJECT_DIR / "docs" / "linked-data.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
UUID = "7d0a6f2e-5f5c-4f0e-9d55-6a3c1f1f0a01"


def run(client, command, lesson):
    """Ask what a curl command asks."""
    name, *words = shlex.split(command)
    assert name == "curl"
    headers = {}
    while words[0].startswith("-"):
        option = words.pop(0)
        if option == "-H":
            header, _, value = words.pop(0).partition(": ")
            headers[header] = value
    (address,) = words
    assert address.startswith(f"{SHOWN}/")
    # Only the question still holds the site as an address that is escaped.
    parts = urlsplit(address.replace(UUID, str(lesson.uuid)))
    query = parts.query.replace("https%3A%2F%2Flessenbank.example", "http%3A%2F%2Ftestserver")
    return client.get(f"{parts.path}?{query}", headers=headers, follow="-L" in command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered(client, planted, command):
    response = run(client, command, planted.lesson)

    assert response.status_code == 200
    assert response.content


def test_there_are_commands():
    assert len(COMMANDS) == 11


def test_the_turtle_is_what_the_command_before_it_gives(client, planted):
    kinds = [kind for kind, _text in BLOCKS]
    place = kinds.index("turtle")
    shown = graph_of(BLOCKS[place][1].replace(SHOWN, BASE), "turtle")

    given = parsed(run(client, BLOCKS[place - 1][1].strip(), planted.lesson))

    (subject,) = set(shown.subjects())
    assert set(shown) == set(given.triples((subject, None, None)))
