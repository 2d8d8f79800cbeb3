"""What only the Elasticsearch engine has to get right, with a real server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elastic_transport import Transport

from lessons.selectors import FACETS
from search import service
from search.engines.contract import EngineError, IndexMissingError, IndexState, WordQuestions
from search.engines.elasticsearch.documents import to_entry, to_source
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.server import Access, Server
from search.engines.elasticsearch.writing import DocumentRefusedError, changes, send
from search.engines.locks import FileLocks
from search.models import OutboxEntry
from search.service import LessonQuery
from tests.elasticsearch_cluster import remove_indices
from tests.factories import make_lesson
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import pks

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def access(elasticsearch_address: str, tmp_path: Path) -> Iterator[Access]:
    """Return the access of an installation of its own."""
    prefix = f"test-{tmp_path.name}".lower()
    access = Access((elasticsearch_address,), prefix=prefix, seconds=30)
    yield access
    remove_indices(elasticsearch_address, access.prefix)


@pytest.fixture
def engine(access: Access, tmp_path: Path) -> ElasticsearchEngine:
    """Return an engine with an empty index."""
    engine = ElasticsearchEngine(access, FileLocks(tmp_path))
    with engine.rebuilding() as rebuild:
        rebuild.publish()
    return engine


@pytest.fixture
def requests(monkeypatch: Any) -> list[str]:
    """Return the requests that the server gets from now on."""
    asked: list[str] = []
    perform = Transport.perform_request

    def noted(self: Transport, method: str, target: str, **options: Any) -> Any:
        asked.append(f"{method} {target.partition('?')[0]}")
        return perform(self, method, target, **options)

    monkeypatch.setattr(Transport, "perform_request", noted)
    return asked


def names(access: Access, pattern: str) -> dict[str, list[str]]:
    """Return index → aliases."""
    with Server(access).asked(10) as client:
        found = client.indices.get(index=pattern, expand_wildcards="all").body
    return {name: list(index["aliases"]) for name, index in found.items()}


def test_one_request_answers_everything_and_one_knows_all_words(engine, requests):
    engine.write([make_document(pk, f"steun {pk}") for pk in range(5)], [])
    requests.clear()

    engine.search(
        make_query(
            "steun", facets=FACETS, filters={"phase": ("a",), "kind": ("b",)}, with_highlights=True
        )
    )
    engine.look_up(lambda: WordQuestions({"steun", "steunt"}, {"steum", "steuntt"}))

    assert [request.rpartition("/")[2] for request in requests] == ["_search", "_search"]


def test_words_that_were_not_foreseen_are_asked_after_all(engine):
    engine.write([make_document(1, "borging steun"), make_document(2, "borging")], [])

    known = engine.look_up(lambda: WordQuestions({"steun"}, ()))

    assert known.frequencies({"steun", "borg", "niets"}) == {"steun": 1, "borg": 2}
    assert known.similar("borgign") == ["borging"]


def test_an_alias_names_the_index_that_serves_and_no_other_is_left(engine, access):
    (first,) = names(access, f"{access.prefix}-*")

    with engine.rebuilding() as rebuild:
        during = names(access, f"{access.prefix}-*")
        rebuild.publish()

    ((second, aliases),) = names(access, f"{access.prefix}-*").items()
    assert (len(during), during[first]) == (2, [f"{access.prefix}-lessons"])
    assert second != first
    assert second.startswith(f"{access.prefix}-lessons-")
    assert aliases == [f"{access.prefix}-lessons"]


def test_what_a_killed_rebuild_left_goes_with_the_next(engine, access):
    (serving,) = names(access, f"{access.prefix}-*")
    orphan, _making = engine._indices.new()
    assert set(names(access, f"{access.prefix}-*")) == {serving, orphan}

    with engine.rebuilding():
        pass

    assert set(names(access, f"{access.prefix}-*")) == {serving}


def test_another_process_goes_on_with_the_new_index(engine, access, tmp_path):
    other = ElasticsearchEngine(access, FileLocks(tmp_path))
    assert other.search(make_query()).total == 0

    with engine.rebuilding() as rebuild:
        rebuild.write([make_document(1)])
        rebuild.publish()

    assert pks(other.search(make_query())) == [1]


def test_a_write_that_comes_too_late_changes_nothing(engine):
    alias = engine._indices.alias
    late = changes(alias, map(to_source, [make_document(1, "oud"), make_document(2, "weg")]))
    engine.write([make_document(1, "nieuw"), make_document(2)], [])
    engine.write([], [2])

    with engine._server.asked(5) as client, pytest.raises(EngineError, match="409"):
        send(client, late, refresh=True)

    assert engine.fingerprints() == {1: make_document(1, "nieuw").fingerprint}


def test_a_write_does_not_make_an_index(engine, access):
    engine.discard()

    with pytest.raises(IndexMissingError):
        engine.write([make_document(1)], [])
    with engine._server.asked(5) as client, pytest.raises(EngineError):
        send(client, changes(engine._indices.alias, [to_source(make_document(1))]), refresh=True)

    assert names(access, f"{access.prefix}-*") == {}
    assert engine.state() is IndexState.MISSING


def test_a_rebuild_that_lost_its_index_does_not_serve(engine, access):
    with engine.rebuilding() as rebuild:
        rebuild.write([make_document(1)])
        engine._indices.discard_others()
        rebuild.write([make_document(2)])

        with pytest.raises(EngineError):
            rebuild.publish()

    assert engine.search(make_query()).total == 0
    assert len(names(access, f"{access.prefix}-*")) == 1


def test_a_document_that_is_refused_is_told_apart_from_a_fault_of_the_server(engine):
    alias = engine._indices.alias
    (action,) = changes(alias, [to_source(make_document(1))])
    action["_source"] = {**to_entry(make_document(1)), "nonsense": True}

    with engine._server.asked(5) as client, pytest.raises(DocumentRefusedError, match="nonsense"):
        send(client, [action], refresh=True)


@pytest.fixture
def full(settings: Any, access: Access) -> Callable[..., None]:
    """Return a way to make the disk of the server full, and empty again."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_ADDRESSES = list(access.addresses)
    settings.ELASTICSEARCH_PREFIX = access.prefix

    def block(*, is_full: bool) -> None:
        with Server(access).asked(10) as client:
            # What the server itself does when its disk is full.
            client.indices.put_settings(
                index=f"{access.prefix}-lessons",
                settings={"index.blocks.read_only_allow_delete": is_full or None},
            )

    return block


@pytest.mark.django_db
def test_a_full_disk_delays_lessons_and_loses_none(full):
    first = make_lesson(title="Een")
    assert service.search(LessonQuery()).total == 1
    full(is_full=True)

    first.unpublish()
    make_lesson(title="Twee")
    during = service.search(LessonQuery())
    assert ([hit.card.title for hit in during.hits], len(during.notices)) == ([], 1)
    assert service.pending() > 0

    full(is_full=False)
    OutboxEntry.objects.update(available_at="2026-01-01T00:00Z")
    after = service.search(LessonQuery())
    assert ([hit.card.title for hit in after.hits], after.notices) == (["Twee"], ())
    assert not service.check()


@pytest.mark.django_db
def test_a_published_lesson_is_found_within_a_second_and_a_half(full):
    lesson = make_lesson(title="Begin")
    service.rebuild()
    seconds = []

    for number in range(5):
        lesson.title = f"Zoekwoord{number}"
        revision = lesson.save_revision()
        start = time.perf_counter()
        revision.publish()
        answer = service.search(LessonQuery(text=f"zoekwoord{number}"))
        seconds.append(time.perf_counter() - start)
        assert [hit.card.title for hit in answer.hits] == [f"Zoekwoord{number}"]

    assert sorted(seconds)[2] < 1.5
