"""What every engine does alike; see ``search.engines.contract``."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.selectors import FACETS
from search.engines.contract import (
    IndexMissingError,
    IndexState,
    RebuildRunningError,
    pinned_value,
)
from search.query import LessonOrder
from search.results import Highlight
from tests.search.documents import DAY, FIRST_DAY, NOW, make_document, make_query
from tests.search.engines.conftest import pks


def found(engine, text="", **fields):
    return pks(engine.search(make_query(text, **fields)))


def pages(engine, query):
    """Walk through all pages and return them."""
    while True:
        answer = engine.search(query)
        yield pks(answer)
        if not answer.has_next_page:
            return
        query = replace(query, after=answer.hits[-1].position)


# Text


def test_finds_a_word_in_each_of_the_texts(engine, fill):
    fill(
        make_document(1, "Kringgesprek"),
        make_document(2, core="Een kringgesprek"),
        make_document(3, texts={"approach": "Wij hielden een kringgesprek."}),
        make_document(4, texts={"recommendations": "Houd een kringgesprek."}),
        make_document(5, labels=("Kringgesprek",)),
        make_document(6, places=("Kringgesprek",)),
        make_document(7),
    )

    assert sorted(found(engine, "kringgesprek")) == [1, 2, 3, 4, 5, 6]


def test_title_weighs_more_than_core_and_core_more_than_story(engine, fill):
    fill(
        make_document(1, "kringgesprek"),
        make_document(2, core="kringgesprek"),
        make_document(3, texts={"approach": "kringgesprek"}),
    )

    assert found(engine, "kringgesprek") == [1, 2, 3]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("gemeenten", "gemeente"),
        ("pleeggezinnen", "pleeggezin"),
        ("huizen", "huis"),
        ("regio's", "regio"),
        ("Café", "cafe"),
        ("pleegkinderen", "PLEEGKIND"),
        ("voor 18+", "18plus"),
        ("tot 18-", "18-"),
    ],
)
def test_finds_other_forms_of_a_word(engine, fill, written, typed):
    fill(make_document(1, written), make_document(2, "iets anders"))

    assert found(engine, typed) == [1]


def test_keeps_18_plus_apart_from_18_min(engine, fill):
    fill(make_document(1, "Zorg 18+"), make_document(2, "Zorg 18-"), make_document(3, "Zorg 18"))

    assert (found(engine, "18+"), found(engine, "18-"), found(engine, "18")) == ([1], [2], [3])


def test_finds_a_part_of_a_compound_below_the_word_itself(engine, fill):
    fill(make_document(1, "Netwerkpleegzorg"), make_document(2, "Zorg"), make_document(3, "Huis"))

    assert found(engine, "zorg") == [2, 1]


def test_both_of_two_words_must_occur(engine, fill):
    fill(make_document(1, "steun gezin"), make_document(2, "steun"), make_document(3, "gezin"))

    assert found(engine, "steun gezin") == [1]


def test_a_long_question_needs_most_of_its_words(engine, fill):
    fill(
        make_document(1, "wachtlijst pleegouder werven campagne"),
        make_document(2, "wachtlijst pleegouder werven"),
        make_document(3, "wachtlijst pleegouder"),
    )

    assert found(engine, "wachtlijst pleegouders werven campagne") == [1, 2]


def test_stop_words_do_not_count_unless_there_is_nothing_else(engine, fill):
    fill(make_document(1, "Steun voor het gezin"), make_document(2, "Zorg"))

    assert (found(engine, "het gezin"), found(engine, "voor het")) == ([1], [1])


def test_phrase_needs_the_words_in_their_order(engine, fill):
    fill(
        make_document(1, "dicht bij huis wonen"),
        make_document(2, "bij huis dicht"),
        make_document(3, "dicht huis"),
    )

    assert found(engine, '"dicht bij huis"') == [1]


def test_phrase_does_not_reach_from_one_text_into_the_next(engine, fill):
    fill(make_document(1, "groot gezin", core="huis met tuin"))

    assert found(engine, '"gezin huis"') == []


def test_exclusions_leave_out_words_and_phrases(engine, fill):
    fill(
        make_document(1, "pleegzorg in de buurt"),
        make_document(2, "pleegzorg met crisisopvang"),
        make_document(3, "pleegzorg in het dorp"),
    )

    assert sorted(found(engine, "pleegzorg -crisisopvang")) == [1, 3]
    assert sorted(found(engine, 'pleegzorg -"in de buurt"')) == [2, 3]
    assert found(engine, "-crisisopvang") == [3, 1]


@pytest.mark.parametrize(
    "text",
    [
        "pk:1",
        "*",
        "title:*",
        "/.*/",
        "a AND NOT b",
        "[1 TO 9]",
        "\\",
        "+-!(){}^~?:",
        '"',
        "-",
        '-""',
    ],
)
def test_signs_of_query_languages_mean_nothing(engine, fill, text):
    fill(make_document(1), make_document(2))

    answer = engine.search(make_query(text))

    assert answer.total in {0, 2}


ODD_TEXT = st.text(max_size=80) | st.text(alphabet="\"-+*:/\\()[]{}^~ '’aeé18\0\n", max_size=60)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ODD_TEXT)
def test_any_text_is_answered(engine, text):
    assert engine.search(make_query(text, with_highlights=True, facets=FACETS)).total == 0


# Filters and counts


def test_filters_take_any_code_of_a_facet_and_ask_every_facet(engine, fill):
    fill(
        make_document(1, facets={"phase": ("a",), "partner": ("x",)}),
        make_document(2, facets={"phase": ("b",), "partner": ("x", "y")}),
        make_document(3, facets={"phase": ("c",), "partner": ("x",)}),
        make_document(4, facets={"phase": ("a",), "partner": ("y",)}),
    )

    assert found(engine, filters={"phase": ("a", "b")}) == [4, 2, 1]
    assert found(engine, filters={"phase": ("a", "b"), "partner": ("x",)}) == [2, 1]
    assert found(engine, filters={"phase": ("missing",)}) == []


def test_counts_ignore_the_filter_of_their_own_facet(engine, fill):
    fill(
        make_document(1, "steun", facets={"phase": ("a",), "partner": ("x",)}),
        make_document(2, "steun", facets={"phase": ("b",), "partner": ("x", "y")}),
        make_document(3, "steun", facets={"phase": ("a", "b"), "partner": ("y",)}),
        make_document(4, "anders", facets={"phase": ("a",), "partner": ("x",)}),
    )

    answer = engine.search(
        make_query(
            "steun",
            filters={"phase": ("a",), "partner": ("x",)},
            facets=("phase", "partner", "kind"),
        )
    )

    assert (pks(answer), answer.total) == ([1], 1)
    assert answer.facet_counts == {
        "phase": {"a": 1, "b": 1},
        "partner": {"x": 1, "y": 1},
        "kind": {},
    }


def test_every_facet_can_be_filtered_on_and_counted(engine, fill):
    fill(make_document(1, facets={facet: (f"{facet}-1",) for facet in FACETS}), make_document(2))

    for facet in FACETS:
        answer = engine.search(make_query(filters={facet: (f"{facet}-1",)}, facets=(facet,)))
        assert (pks(answer), answer.facet_counts) == ([1], {facet: {f"{facet}-1": 1}})


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (2021, 2021, [1]),
        (2022, None, [2, 1]),
        (None, 2020, [1]),
        (2026, None, []),
        (None, 2019, []),
        (None, None, [3, 2, 1]),
    ],
)
def test_period_must_overlap(engine, fill, start, end, expected):
    fill(
        make_document(1, period_from=2020, period_to=2022),
        make_document(2, period_from=2023, period_to=2025),
        make_document(3),
    )

    assert found(engine, period_from=start, period_to=end) == expected


def test_what_has_expired_is_neither_found_nor_counted(engine, fill):
    moment = int(NOW.timestamp())
    fill(
        make_document(1, expires=moment, facets={"phase": ("a",)}),
        make_document(2, expires=moment + 1, facets={"phase": ("a",)}),
    )

    answer = engine.search(make_query(facets=("phase",)))

    assert (pks(answer), answer.total, answer.facet_counts) == ([2], 1, {"phase": {"a": 1}})


def test_what_is_hidden_is_neither_found_nor_counted(engine, fill):
    fill(*(make_document(pk, facets={"phase": ("a",)}) for pk in (1, 2, 3)))

    answer = engine.search(make_query(facets=("phase",), hidden=frozenset({2, 99})))

    assert (pks(answer), answer.total, answer.facet_counts) == ([3, 1], 2, {"phase": {"a": 2}})


# Order and pages

TITLES = ["zorg", "Éen", "eens", "'Aap'", "aap", "Zus", "aap noot mies", "AAP"]


def test_orders(engine, fill):
    fill(*(make_document(pk, title) for pk, title in enumerate(TITLES, 1)))

    assert found(engine, order=LessonOrder.NEWEST) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert found(engine, order=LessonOrder.OLDEST) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found(engine, order=LessonOrder.TITLE) == [4, 5, 8, 7, 2, 3, 1, 6]


def test_equal_scores_go_newest_first(engine, fill):
    for pk in (3, 1, 4, 2):
        fill(make_document(pk, "steun", published=FIRST_DAY + (DAY if pk == 2 else 0)))

    assert found(engine, "steun") == [2, 4, 3, 1]


@pytest.mark.parametrize("order", list(LessonOrder))
@pytest.mark.parametrize("size", [1, 3, 7, 25])
def test_pages_hold_every_lesson_once_in_the_order_of_the_whole(engine, fill, order, size):
    words = itertools.cycle(["steun", "steun gezin", "steun steun zorg"])
    for start in range(1, 24, 6):
        fill(
            *(
                make_document(pk, next(words), published=FIRST_DAY + pk // 4 * DAY)
                for pk in range(start, min(start + 6, 24))
            )
        )
    query = make_query("steun", order=order)
    whole = pks(engine.search(replace(query, first=100)))

    found_pages = list(pages(engine, replace(query, first=size)))

    assert sorted(whole) == list(range(1, 24))
    assert list(itertools.chain(*found_pages)) == whole
    assert [len(page) for page in found_pages[:-1]] == [size] * (len(found_pages) - 1)


@pytest.mark.parametrize("order", list(LessonOrder))
def test_a_page_goes_on_behind_a_lesson_that_left(engine, fill, order):
    fill(*(make_document(pk, f"steun {pk}") for pk in range(1, 10)))
    query = make_query("steun", order=order, first=4)
    first = engine.search(query)
    fill(removed=[first.hits[-1].position.pk])

    second = engine.search(replace(query, first=10, after=first.hits[-1].position))

    assert sorted([*pks(first), *pks(second)]) == list(range(1, 10))


def test_a_page_is_not_repeated_when_lessons_come_in_before_it(engine, fill):
    fill(*(make_document(pk, "steun voor het gezin") for pk in range(1, 10)))
    query = make_query("steun", first=4)
    first = engine.search(query)
    fill(*(make_document(pk, "steun") for pk in range(10, 20)))

    second = engine.search(replace(query, first=10, after=first.hits[-1].position))

    assert [*pks(first), *pks(second)] == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_total_counts_all_pages(engine, fill):
    fill(*(make_document(pk) for pk in range(1, 6)))

    first = engine.search(make_query(first=2))
    last = engine.search(make_query(first=3, after=first.hits[-1].position))

    assert (first.total, first.has_next_page) == (5, True)
    assert (last.total, last.has_next_page) == (5, False)


def test_pinned_lessons_lead_in_their_order_whatever_the_text(engine, fill):
    fill(
        make_document(1, "Xylofoon", facets={"kind": ("lesson",)}),
        make_document(2, "Trompet", facets={"kind": ("lesson",)}),
        make_document(3, "Xylofoon xylofoon", facets={"kind": ("dead_end",)}),
        make_document(4, "Fluit", facets={"kind": ("lesson",)}),
    )
    asked = make_query("xylofoon -trompet", pinned=(4, 1, 99), facets=("kind",))

    answer = engine.search(asked)

    assert pks(answer) == [4, 1, 3]
    assert [hit.position.value for hit in answer.hits[:2]] == [pinned_value(0), pinned_value(1)]
    assert (answer.total, answer.facet_counts["kind"]) == (3, {"lesson": 2, "dead_end": 1})
    assert found(engine, "xylofoon", pinned=(4, 1), filters={"kind": ("dead_end",)}) == [3]
    assert found(engine, "xylofoon", pinned=(4, 1), hidden=frozenset({4})) == [1, 3]
    assert list(pages(engine, replace(asked, first=1))) == [[4], [1], [3]]


# Highlights and cards


def test_a_hit_carries_its_card_as_it_was(engine, fill):
    document = make_document(1, "Steun — ‘dichtbij’ <b>", core="é\u2028x")
    fill(document)

    assert engine.search(make_query("steun")).hits[0].card == document.card


def test_highlights_come_from_title_core_and_the_best_text(engine, fill):
    fill(
        make_document(
            1,
            "Pleeggezinnen <script>",
            core="Een pleeggezin & een gezin",
            texts={"context": "Een pleeggezin.", "result": "Pleeggezin vond steun."},
        )
    )

    hits = engine.search(make_query("pleeggezin steun", with_highlights=True)).hits

    assert hits[0].highlights == (
        Highlight("title", "<mark>Pleeggezinnen</mark> &lt;script&gt;"),
        Highlight("core", "Een <mark>pleeggezin</mark> &amp; een gezin"),
        Highlight("result", "<mark>Pleeggezin</mark> vond <mark>steun</mark>."),
    )


def test_no_highlights_unless_asked(engine, fill):
    fill(make_document(1, "steun"))

    assert engine.search(make_query("steun")).hits[0].highlights == ()


# Writing


def test_an_index_that_is_missing_says_so(missing):
    assert missing.state() is IndexState.MISSING
    with pytest.raises(IndexMissingError):
        missing.search(make_query())
    with pytest.raises(IndexMissingError), missing.writing(wait=0):
        missing.write([make_document(1)], [])


def test_writing_replaces_and_removes(engine, fill):
    fill(make_document(1, "oud"), make_document(2, "weg"))

    fill(make_document(1, "nieuw"), removed=[2, 3])

    assert (found(engine, "nieuw"), found(engine, "oud"), found(engine)) == ([1], [], [1])


def test_fingerprints_tell_documents_apart(engine, fill):
    document = make_document(1, "oud")
    fill(document, make_document(2))

    prints = engine.fingerprints()

    assert prints == {1: document.fingerprint, 2: make_document(2).fingerprint}
    assert make_document(1, "nieuw").fingerprint != document.fingerprint


def test_only_one_may_write(engine):
    with engine.writing(wait=0) as first, engine.writing(wait=0.05) as second:
        assert (first, second) == (True, False)
    with engine.writing(wait=0) as third:
        assert third


def test_only_one_may_rebuild(engine):
    with (
        engine.rebuilding(),
        pytest.raises(RebuildRunningError),
        engine.rebuilding(),
    ):
        pass


def test_old_index_serves_until_the_new_one_is_published(engine, fill):
    fill(make_document(1))

    with engine.rebuilding() as rebuild:
        rebuild.write([make_document(2), make_document(3)])
        rebuild.write([], [3])
        before = found(engine)
        assert engine.is_rebuilding()
        with engine.writing(wait=0):
            rebuild.publish()
        after = found(engine)

    assert (before, after, engine.is_rebuilding()) == ([1], [2], False)


def test_a_rebuild_that_fails_changes_nothing(engine, fill):
    fill(make_document(1))

    def fail():
        with engine.rebuilding() as rebuild:
            rebuild.write([make_document(2)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert (found(engine), engine.is_rebuilding()) == ([1], False)


def test_searching_goes_on_in_threads_while_lessons_are_written(engine, fill):
    fill(make_document(1))
    faults = []
    stop = threading.Event()

    def search():
        while not stop.is_set():
            try:
                assert 1 in found(engine)
            except BaseException as fault:  # noqa: BLE001 - told to the test
                faults.append(fault)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for pk in range(2, 12):
        fill(make_document(pk))
    stop.set()
    for thread in threads:
        thread.join()

    assert (faults, len(found(engine))) == ([], 11)
