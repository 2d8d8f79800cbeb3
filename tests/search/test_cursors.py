import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import cursors
from search.engines.contract import Position
from search.query import LessonOrder, QueryError

PUBLISHED = st.integers(0, 2**33 - 1)
PKS = st.integers(0, 2**30 - 1)
SCORES = st.floats(allow_nan=False, allow_infinity=False)


@given(st.builds(Position, SCORES, PUBLISHED, PKS))
def test_a_cursor_of_relevance_comes_back_exactly(position):
    cursor = cursors.encode(LessonOrder.RELEVANCE, position)

    assert cursors.decode(LessonOrder.RELEVANCE, cursor) == position


@pytest.mark.parametrize("title", ["", "aap noot", "ĳssel 東京", "x" * 120])
def test_a_cursor_of_titles_comes_back_exactly(title):
    position = Position(title, 5, 7)

    cursor = cursors.encode(LessonOrder.TITLE, position)

    assert cursors.decode(LessonOrder.TITLE, cursor) == position


def test_a_cursor_is_refused_in_another_order():
    cursor = cursors.encode(LessonOrder.NEWEST, Position(5, 5, 7))

    with pytest.raises(QueryError) as refused:
        cursors.decode(LessonOrder.OLDEST, cursor)

    assert (refused.value.code, refused.value.place) == ("INVALID_CURSOR", "after")


def forged(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "é",
        "====",
        "\ud800",
        "A" * 2000,
        forged(None),
        forged({"a": 1}),
        forged([]),
        forged(["newest", 1, 1]),
        forged(["newest", "1", 1, 1]),
        forged(["newest", 1.5, 1, 1]),
        forged(["newest", True, 1, 1]),
        forged(["newest", -1, 1, 1]),
        forged(["newest", 1, 2**40, 1]),
        forged(["newest", 1, 1, 2**40]),
        forged(["newest", 10**400, 1, 1]),
        forged(["newest", 1, None, 1]),
    ],
)
def test_what_we_did_not_make_is_refused(cursor):
    with pytest.raises(QueryError, match="cursor"):
        cursors.decode(LessonOrder.NEWEST, cursor)


@given(st.text(max_size=120))
def test_any_text_is_a_cursor_or_refused(text):
    for order in LessonOrder:
        with pytest.raises(QueryError):
            cursors.decode(order, text)
