"""Every engine, empty and with a helper to fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engines.contract import Engine, EngineAnswer
from search.engines.embedded.engine import EmbeddedEngine
from tests.elasticsearch_cluster import engine_on
from tests.search.conftest import EVERY_ENGINE

Fill = Callable[..., None]


@pytest.fixture(params=EVERY_ENGINE)
def missing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return an engine that has no index yet."""
    if request.param == "embedded":
        yield EmbeddedEngine(tmp_path / "index")
        return
    address = request.getfixturevalue("elasticsearch_address")
    with engine_on(address, tmp_path) as engine:
        yield engine


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Return an engine with an empty index."""
    if request.param == "embedded":
        return with_index(EmbeddedEngine(tmp_path / "index"))
    shared: Engine = request.getfixturevalue("elasticsearch_engine")
    with shared.writing(wait=1) as held:
        assert held
        shared.write([], [*shared.fingerprints()])
    return shared


@pytest.fixture(scope="session")
def elasticsearch_engine(
    elasticsearch_address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Return an engine that tests empty one after the other: making an index takes longest."""
    with engine_on(elasticsearch_address, tmp_path_factory.mktemp("locks")) as engine:
        yield with_index(engine)


def with_index(engine: Engine) -> Engine:
    """Give an engine an empty index."""
    with engine.rebuilding() as rebuild, engine.writing(wait=0) as held:
        assert held
        rebuild.publish()
    return engine


@pytest.fixture
def fill(engine: Engine) -> Fill:
    """Return a function that writes documents."""

    def write(*documents, removed=()):
        with engine.writing(wait=1) as held:
            assert held
            engine.write(documents, removed)

    return write


def pks(answer: EngineAnswer) -> list[int]:
    """Return the lessons of an answer, in its order."""
    return [hit.position.pk for hit in answer.hits]
