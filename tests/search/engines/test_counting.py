"""Counting gives the same in every way that the embedded engine has of it."""

from __future__ import annotations

import pytest

from search.engines.embedded import facets
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.schema import SPREAD_FACETS
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import with_index

FACETS = ("phase", "gemeente", "jeugdregio", "partner", "pilot")


@pytest.mark.parametrize("many", [99, 1], ids=["few lessons", "many lessons"])
def test_lessons_with_none_one_and_many_codes_are_counted(tmp_path, monkeypatch, many):
    monkeypatch.setattr(facets, "_MANY_LESSONS", many)
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    seven = tuple(f"GM{number}" for number in range(7))
    with engine.writing(wait=1):
        engine.write(
            [
                make_document(1),
                make_document(2, facets={"phase": ("a",), "gemeente": ("GM6",)}),
                make_document(3, facets={"phase": ("a", "b"), "gemeente": seven}),
                make_document(4, facets={"jeugdregio": ("JZ1", "JZ2"), "partner": ("x",)}),
            ],
            [],
        )

    answer = engine.search(make_query(facets=FACETS))
    filtered = engine.search(make_query(facets=FACETS, filters={"gemeente": ("GM6",)}))

    everywhere = {**dict.fromkeys(seven, 1), "GM6": 2}
    assert len(seven) > SPREAD_FACETS["gemeente"]
    assert answer.facet_counts == {
        "phase": {"a": 2, "b": 1},
        "gemeente": everywhere,
        "jeugdregio": {"JZ1": 1, "JZ2": 1},
        "partner": {"x": 1},
        "pilot": {},
    }
    assert filtered.facet_counts == {
        "phase": {"a": 2, "b": 1},
        "gemeente": everywhere,
        "jeugdregio": {},
        "partner": {},
        "pilot": {},
    }
