"""Every engine, empty and with a helper to fill it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.contract import Engine, EngineAnswer
from search.engines.embedded.engine import EmbeddedEngine

Fill = Callable[..., None]


@pytest.fixture(params=["embedded"])
def missing(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Return an engine that has no index yet."""
    makers = {"embedded": lambda: EmbeddedEngine(tmp_path / "index")}
    return makers[request.param]()


@pytest.fixture
def engine(missing: Engine) -> Engine:
    """Return an engine with an empty index."""
    with missing.rebuilding() as rebuild, missing.writing(wait=0) as held:
        assert held
        rebuild.publish()
    return missing


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
