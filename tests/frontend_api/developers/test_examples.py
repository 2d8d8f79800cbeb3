"""Every example on the pages for developers does what it is there for.

Where a language is not on the machine, the request that its example sends is made by hand.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest
from django.test import Client

from frontend_api.developers.examples import LANGUAGES, examples
from frontend_api.developers.views import PAGES

pytestmark = pytest.mark.django_db

RUNNERS = {
    "curl": ["sh", "-e"],
    "javascript": ["node"],
    "php": ["php"],
    "python": [sys.executable],
}
FOUND = [
    "2 gevonden",
    "Een pleeggezin in de buurt (Bureau B, CC-BY-4.0)",
    "Steun een pleeggezin (Bureau A, CC-BY-4.0)",
]


@pytest.fixture(autouse=True)
def index_folder(site):
    """Let all tests use the index of the site."""


def run(name, site, folder):
    """Carry out an example; return what it writes."""
    runner = RUNNERS[name.rpartition(".")[2]]
    if shutil.which(runner[0]) is None:
        return None
    # Node.js goes by how a name ends.
    file = folder / name.replace(".javascript", ".js")
    file.write_text(examples()[name].code)
    done = subprocess.run(
        [*runner, str(file)],
        cwd=folder,
        env={**os.environ, "LESSENBANK_KEY": site["key"], "NO_PROXY": "localhost"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("suffix", sorted(set(LANGUAGES) - {"curl"}))
def test_the_start_in_each_language_lists_lessons(site, tmp_path, suffix):
    said = run(f"start.{suffix}", site, tmp_path)

    if said is not None:
        assert [said.splitlines()[0], *sorted(said.splitlines()[1:])] == FOUND
        return
    assert suffix in {"javascript", "php"}
    code = examples()[f"start.{suffix}"].code
    (question,) = re.findall(r"query Lessen.*?\n}", code, re.S)
    body = {"query": question, "variables": {"words": "pleeggezin", "first": 3}}
    answer = Client().post("/graphql/", json.dumps(body), content_type="application/json").json()
    assert answer["data"]["lessons"]["totalCount"] == 2


def test_the_start_with_curl_lists_lessons(site, tmp_path):
    found = json.loads(run("start.curl", site, tmp_path))["data"]["lessons"]

    assert found["totalCount"] == 2


def test_searches_are_fetched_as_feeds(site, tmp_path):
    said = run("feed.curl", site, tmp_path)

    feed, _end, rows = said.partition("}uuid,")
    assert json.loads(feed + "}")["title"] == "Lessen over ‘pleeggezin’"
    assert len(rows.splitlines()) == 1


def test_what_did_not_change_is_not_sent_again(site, tmp_path):
    assert run("etag.curl", site, tmp_path) == "304\n"
    assert json.loads((tmp_path / "lessen.json").read_text())["items"]


def test_a_feed_is_made(site, tmp_path):
    made = json.loads(run("make_feed.curl", site, tmp_path))

    assert made["slug"] == "doodlopende-wegen"
    assert made["addresses"]["atom"] == f"{site['url']}/feeds/doodlopende-wegen.atom"


def test_a_copy_is_kept(site, tmp_path):
    assert run("changes.python", site, tmp_path) == "2 lessen in de kopie\n"


def test_documents_are_fetched(site, tmp_path):
    said = run("linked_data.curl", site, tmp_path)

    assert "skos:prefLabel" in said
    assert "Borging" in said


def test_every_example_is_run_here_and_shown_on_a_page(site, client):
    with open(__file__, encoding="utf-8") as file:
        tests = file.read()
    addresses = [f"/ontwikkelaars/{name}/" if name else "/ontwikkelaars/" for name in PAGES]
    shown = "".join(unescape(client.get(each).content.decode()) for each in addresses)
    for name, example in examples().items():
        assert f'"{name}"' in tests or name.startswith("start."), name
        assert example.code in shown, name
