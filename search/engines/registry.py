"""Which engine answers: the one that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.contract import Engine
from search.engines.embedded.engine import EmbeddedEngine


def get_engine() -> Engine:
    """Return the engine of the settings; one for each process and folder."""
    return ENGINES[settings.SEARCH_ENGINE]()


def _embedded() -> Engine:
    return _embedded_in(Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=2)
def _embedded_in(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)


ENGINES: Mapping[str, Callable[[], Engine]] = {"embedded": _embedded}
