"""A search with each of the engines."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.elasticsearch_cluster import remove_indices

EVERY_ENGINE = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=EVERY_ENGINE)
def each_engine(request: pytest.FixtureRequest, settings: Any) -> Iterator[str]:
    """Let the settings name every engine in turn, without an index."""
    settings.SEARCH_ENGINE = request.param
    if request.param == "embedded":
        yield request.param
        return
    address = request.getfixturevalue("elasticsearch_address")
    settings.ELASTICSEARCH_ADDRESSES = [address]
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid.uuid4().hex}"
    yield request.param
    remove_indices(address, settings.ELASTICSEARCH_PREFIX)
