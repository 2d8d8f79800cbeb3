"""What every engine makes of the place from which somebody looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engines.contract import BANDS_FACET, EngineViewpoint
from search.query import LessonOrder
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import pks

BANDS = {"very": range(88, 101), "fairly": range(80, 88), "less": range(80)}
LEVELS = {100: ("GM01",), 90: ("GM02", "JZ01"), 82: ("GM03",), 40: ("GM04",)}


def seen(**fields):
    return EngineViewpoint(levels=LEVELS, bands=BANDS, **fields)


@pytest.fixture(autouse=True)
def filled(fill):
    """Fill the index with lessons of places that are alike in every degree."""
    fill(
        make_document(1, "kring", place_codes=("GM04",)),
        make_document(2, "kring", place_codes=("GM04", "GM02")),
        make_document(3, "kring", place_codes=("JZ01",)),
        make_document(4, "kring", place_codes=("GM03",)),
        make_document(5, "kring", place_codes=("GM01",)),
        make_document(6, "kring"),
        make_document(7, "kring", place_codes=("GM99",)),
        make_document(8, "anders", place_codes=("GM01",)),
    )


def nearest(text="", **fields):
    return make_query(text, viewpoint=seen(), order=LessonOrder.NEAREST, **fields)


def test_nearest_goes_by_the_best_place_then_newest_and_what_is_not_compared_comes_last(engine):
    assert pks(engine.search(nearest("kring"))) == [5, 3, 2, 4, 1, 7, 6]


def test_a_text_selects_and_does_not_order_the_nearest(engine, fill):
    fill(make_document(9, "kring", core="kring kring", place_codes=("GM04",)))

    assert pks(engine.search(nearest("kring")))[-4:] == [9, 1, 7, 6]
    assert len(pks(engine.search(nearest()))) == 9


def test_pages_of_the_nearest_go_on_where_the_last_one_ended(engine, fill):
    query = nearest(first=2)
    first = engine.search(query)
    fill(make_document(10, "kring", place_codes=("GM01",)))

    rest = engine.search(replace(query, first=20, after=first.hits[-1].position))

    assert pks(first) == [8, 5]
    assert pks(rest) == [3, 2, 4, 1, 7, 6]


def test_comparable_places_lead_among_lessons_that_fit_alike(engine):
    found = engine.search(make_query("kring", viewpoint=seen(), telling=0.5))

    assert pks(found)[:4] == [5, 3, 2, 4]
    assert set(pks(found)[4:]) == {1, 6, 7}


def test_a_place_does_not_drown_a_better_fit(engine, fill):
    fill(
        make_document(11, "kring en tafel", core="kring aan tafel"),
        make_document(12, texts={"approach": "kring bij een tafel"}, place_codes=("GM01",)),
    )

    assert pks(engine.search(make_query("kring tafel", viewpoint=seen(), telling=1.0)))[:2] == [
        11,
        12,
    ]


def test_bands_filter_and_are_counted_whatever_is_filtered(engine):
    query = make_query(viewpoint=seen(only=("fairly", "less"), counts_bands=True))

    answer = engine.search(query)

    assert (pks(answer), answer.total) == ([4, 1], 2)
    assert answer.facet_counts[BANDS_FACET] == {"very": 4, "fairly": 1, "less": 1}


def test_a_filter_on_bands_narrows_hits_and_other_counts(engine, fill):
    fill(
        make_document(13, facets={"phase": ("borging",)}, place_codes=("GM02",)),
        make_document(14, facets={"phase": ("borging",)}, place_codes=("GM04",)),
    )
    for counts_bands in (True, False):
        viewpoint = seen(only=("very",), counts_bands=counts_bands)
        answer = engine.search(make_query(viewpoint=viewpoint, facets=("phase",)))

        assert (answer.total, answer.facet_counts["phase"]) == (5, {"borging": 1})
