"""A cluster as in production: TLS with an authority of its own, a user or an API key."""

from __future__ import annotations

import base64
import json
import ssl
import urllib.request
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.engines.contract import EngineError
from search.engines.registry import get_engine
from tests.elasticsearch_cluster import node_command, require_elasticsearch, running_cluster
from tests.factories import make_lesson

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

# What an installation needs to be allowed: no more than its own indices.
ROLE = {
    "lessenbank": {
        "cluster": ["monitor"],
        "indices": [{"names": ["secured-*"], "privileges": ["all"]}],
    }
}


@pytest.fixture(scope="module")
def secured() -> Iterator[tuple[str, dict[str, str]]]:
    """Return the address of a secured node and what a client needs to enter."""
    require_elasticsearch()
    with running_cluster("--secure") as (port, (address,)):
        access = json.loads(node_command("status", "--port", port, "--json").stdout)["access"]
        yield address, access


@pytest.fixture
def entrance(secured: tuple[str, dict[str, str]], settings: Any) -> tuple[str, str]:
    """Let the settings name the node; return its user and password."""
    address, access = secured
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_ADDRESSES = [address]
    settings.ELASTICSEARCH_CA_FILE = access["ca_certs"]
    settings.ELASTICSEARCH_PREFIX = "secured"
    return access["user"], Path(access["password_file"]).read_text().strip()


def run(*arguments: str) -> list[str]:
    output = StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue().splitlines()


def test_the_commands_work_with_a_user(entrance, settings):
    settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD = entrance
    make_lesson()

    rebuilt = run("rebuild_search_index")

    assert rebuilt[0] == "1 van 1 lessen"
    assert run("check_search") == ["De zoekindex is gelijk aan de database."]


def test_the_commands_work_with_a_key_for_its_own_indices_only(entrance, settings):
    user, password = entrance
    login = base64.b64encode(f"{user}:{password}".encode()).decode()
    wanted = urllib.request.Request(
        f"{settings.ELASTICSEARCH_ADDRESSES[0]}/_security/api_key",
        data=json.dumps({"name": "lessenbank", "role_descriptors": ROLE}).encode(),
        headers={"Authorization": f"Basic {login}", "Content-Type": "application/json"},
    )
    trusted = ssl.create_default_context(cafile=settings.ELASTICSEARCH_CA_FILE)
    with urllib.request.urlopen(wanted, context=trusted, timeout=60) as answer:
        settings.ELASTICSEARCH_API_KEY = json.load(answer)["encoded"]
    make_lesson()

    run("rebuild_search_index")

    assert run("check_search") == ["De zoekindex is gelijk aan de database."]
    settings.ELASTICSEARCH_PREFIX = "elsewhere"
    with pytest.raises(EngineError, match="403"):
        get_engine().state()


def test_nobody_enters_without(entrance, settings):
    with pytest.raises(CommandError, match="401"):
        run("rebuild_search_index")


def test_a_node_of_another_authority_is_not_trusted(entrance, settings):
    settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD = entrance
    settings.ELASTICSEARCH_CA_FILE = ""

    with pytest.raises(EngineError, match="certificate"):
        get_engine().state()
