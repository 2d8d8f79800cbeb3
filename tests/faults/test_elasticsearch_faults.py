"""A real Elasticsearch that is killed, paused and started again: nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from search import service
from search.answering import NOTICE_STANDBY
from search.engines.elasticsearch import server
from search.models import OutboxEntry
from search.service import LessonQuery
from tests.elasticsearch_cluster import (
    QUICK,
    node_command,
    require_elasticsearch,
    running_cluster,
)
from tests.factories import make_lesson
from tests.faults.test_kills import run

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[int, str]]:
    """Return the port and the address of a node that may be hurt."""
    require_elasticsearch()
    with running_cluster() as (port, (address,)):
        yield port, address


@pytest.fixture
def node(cluster: tuple[int, str], settings: Any, monkeypatch: Any) -> Iterator[int]:
    """Return the process of the node that the settings name."""
    port, address = cluster
    monkeypatch.setattr(server, "PAUSE_SECONDS", 0.1)
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_ADDRESSES = [address]
    settings.ELASTICSEARCH_SECONDS = 2.0
    shown = json.loads(node_command("status", "--port", port, "--json").stdout)
    yield int(shown["nodes"][0]["pid"])
    node_command("start", "--port", port, *QUICK)


def titles() -> tuple[list[str], tuple[str, ...]]:
    answer = service.search(LessonQuery())
    return sorted(hit.card.title for hit in answer.hits), answer.notices


def catch_up(expected: list[str]) -> None:
    """Search as visitors do until the answer is whole again."""
    deadline = time.monotonic() + 60
    while titles() != (expected, ()):
        assert time.monotonic() < deadline, titles()
        # What failed while the server was gone is tried again after a while.
        OutboxEntry.objects.update(available_at="2026-01-01T00:00Z")
        time.sleep(0.2)
    assert not service.check()
    assert service.pending() == 0


def test_a_killed_server_delays_lessons_and_loses_none(node, cluster):
    first = make_lesson(title="Een")
    service.rebuild()
    os.kill(node, signal.SIGKILL)

    make_lesson(title="Twee")
    first.unpublish()
    during = titles()
    started = node_command("start", "--port", cluster[0], *QUICK)

    assert (during, started.returncode) == ((["Twee"], (NOTICE_STANDBY,)), 0)
    catch_up(["Twee"])


def test_a_server_that_hangs_delays_lessons_and_loses_none(node):
    first = make_lesson(title="Een")
    service.rebuild()
    os.kill(node, signal.SIGSTOP)
    try:
        make_lesson(title="Twee")
        first.unpublish()
        start = time.monotonic()
        during = titles()
        seconds = time.monotonic() - start
    finally:
        os.kill(node, signal.SIGCONT)

    assert during == (["Twee"], (NOTICE_STANDBY,))
    assert seconds < 20
    catch_up(["Twee"])


def test_nothing_is_lost_by_kills_of_our_processes(
    node, cluster, tmp_path, migrated_database_file, monkeypatch
):
    shutil.copy(migrated_database_file, tmp_path / "lessenbank.sqlite3")
    monkeypatch.setenv("LESSENBANK_SEARCH_ENGINE", "elasticsearch")
    monkeypatch.setenv("LESSENBANK_ELASTICSEARCH", cluster[1])
    monkeypatch.setenv("LESSENBANK_ELASTICSEARCH_PREFIX", "kills")

    run("victim", "15", "11", data=tmp_path)
