"""The text form of a query: what goes in comes out, and faults are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.selectors import FACETS
from search.parameters import ORDER_WORDS, from_parameters, to_parameters
from search.query import LessonOrder, LessonQuery, QueryError, Viewpoint
from search.viewpoints import BANDS

WORDS = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)
YEARS = st.none() | st.integers(min_value=1000, max_value=9999)
QUERIES = st.builds(
    LessonQuery,
    text=st.just("") | WORDS,
    filters=st.dictionaries(
        st.sampled_from(FACETS),
        st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple),
    ),
    period_from=YEARS,
    period_to=YEARS,
    order=st.sampled_from(LessonOrder),
    after=st.none() | WORDS,
    viewpoint=st.none()
    | st.builds(
        Viewpoint,
        place=WORDS,
        weights=st.dictionaries(st.sampled_from(("size", "youth")), st.integers(0, 9)),
        without=st.lists(WORDS, max_size=2, unique=True).map(tuple),
    ),
    comparability=st.lists(st.sampled_from(tuple(BANDS)), max_size=3, unique=True).map(tuple),
)


@given(QUERIES)
def test_every_query_survives_its_text_form(query):
    assert from_parameters(to_parameters(query)) == query


def test_parameters_are_written_in_one_order_and_without_defaults():
    query = LessonQuery(
        text="pleegzorg",
        filters={"phase": ("borging", "uitvoering"), "ontwikkelpunt": ("eenvoud",)},
        period_from=2021,
        order=LessonOrder.NEWEST,
        after="abc",
    )

    assert to_parameters(query) == (
        ("q", "pleegzorg"),
        ("ontwikkelpunt", "eenvoud"),
        ("phase", "borging"),
        ("phase", "uitvoering"),
        ("van", "2021"),
        ("sorteer", "nieuwste"),
        ("na", "abc"),
    )
    assert to_parameters(LessonQuery()) == ()


def test_empty_unknown_and_repeated_parameters_do_no_harm():
    query = from_parameters(
        [
            ("q", "eerst"),
            ("q", "  laatst "),
            ("van", ""),
            ("utm_source", "nieuwsbrief"),
            ("phase", "borging"),
            ("phase", "borging"),
        ]
    )

    assert query == LessonQuery(text="laatst", filters={"phase": ("borging",)})


@pytest.mark.parametrize("year", ["21", "20211", "twee", "-202", "２０２１", "20.1"])
@pytest.mark.parametrize("name", ["van", "tot"])
def test_a_year_that_is_no_year_is_refused_by_name(name, year):
    with pytest.raises(QueryError) as fault:
        from_parameters([(name, year)])

    assert (fault.value.code, fault.value.place) == ("INVALID_YEAR", name)


def test_an_unknown_order_is_refused_with_the_accepted_words():
    with pytest.raises(QueryError) as fault:
        from_parameters([("sorteer", "price; drop table")])

    assert (fault.value.code, fault.value.place) == ("UNKNOWN_ORDER", "sorteer")
    assert fault.value.accepted == tuple(ORDER_WORDS)
    assert "drop table" not in fault.value.message


def test_every_order_has_a_word():
    assert set(ORDER_WORDS.values()) == set(LessonOrder)
