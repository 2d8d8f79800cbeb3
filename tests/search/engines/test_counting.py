"""Counting in the embedded engine, by bits: whatever codes lessons have, and whatever changes."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from search.engines.embedded import engine as embedded
from search.engines.embedded import sets
from search.engines.embedded.bits import BLOCK_SIZE
from search.engines.embedded.engine import EmbeddedEngine
from tests.search.documents import NOW, make_document, make_query
from tests.search.engines.conftest import with_index

FACETS = ("phase", "gemeente", "jeugdregio", "partner", "pilot")


def put(engine, documents, removed=()):
    with engine.writing(wait=1):
        engine.write(documents, removed)


def test_lessons_with_none_one_and_many_codes_are_counted(tmp_path):
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    seven = tuple(f"GM{number}" for number in range(7))
    put(
        engine,
        [
            make_document(1),
            make_document(2, facets={"phase": ("a",), "gemeente": ("GM6",)}),
            make_document(3, facets={"phase": ("a", "b"), "gemeente": seven}),
            make_document(4, facets={"jeugdregio": ("JZ1", "JZ2"), "partner": ("x",)}),
        ],
    )

    answer = engine.search(make_query(facets=FACETS))
    filtered = engine.search(make_query(facets=FACETS, filters={"gemeente": ("GM6",)}))

    everywhere = {**dict.fromkeys(seven, 1), "GM6": 2}
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
    assert filtered.total == 2


@pytest.mark.parametrize("pk", [1, BLOCK_SIZE - 1, BLOCK_SIZE, BLOCK_SIZE + 1, 99 * BLOCK_SIZE])
def test_every_key_has_a_bit_of_its_own(tmp_path, pk):
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    put(engine, [make_document(each, facets={"phase": (f"p{each}",)}) for each in (pk, pk + 1)])

    answer = engine.search(make_query(facets=("phase",)))

    assert answer.facet_counts == {"phase": {f"p{pk}": 1, f"p{pk + 1}": 1}}


def test_counts_follow_what_is_written_and_removed(tmp_path):
    """Engines stand for processes: one writes, and others have counted before or never."""
    choice = random.Random(20)
    writer = with_index(EmbeddedEngine(tmp_path / "index"))
    reader = EmbeddedEngine(tmp_path / "index")
    codes = tuple(f"GM{number}" for number in range(6))
    held: dict[int, tuple[str, ...]] = {}
    for _time in range(30):
        pks = choice.sample(range(1, 4 * BLOCK_SIZE), 5)
        changed = {pk: tuple(choice.sample(codes, choice.randrange(4))) for pk in pks[:4]}
        put(
            writer,
            [make_document(pk, facets={"gemeente": each}) for pk, each in changed.items()],
            pks[4:],
        )
        held = {pk: each for pk, each in (held | changed).items() if pk not in pks[4:]}
        expected = {code: sum(code in each for each in held.values()) for code in codes}

        for engine in (writer, reader, EmbeddedEngine(tmp_path / "index")):
            answer = engine.search(make_query(facets=("gemeente",)))

            assert answer.facet_counts["gemeente"] == {
                code: number for code, number in expected.items() if number
            }
            assert answer.total == len(held)


def test_a_lesson_that_comes_after_the_last_one_left_is_counted(tmp_path):
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    query = make_query("kring", facets=("phase",))
    put(engine, [make_document(1, "Kring", facets={"phase": ("a",)})])
    put(engine, [make_document(2, "Kring", facets={"phase": ("a",)})])
    for _time in range(3):
        engine.search(query)

    put(engine, [], [2])
    put(engine, [make_document(3, "Kring", facets={"phase": ("a",)})])

    answer = engine.search(query)
    assert (answer.total, answer.facet_counts) == (2, {"phase": {"a": 2}})


WORDS = ("pleegzorg", "netwerk", "wijkteam", "school", "gesprek", "thuis")
ASKED = (
    "pleegzorg",
    "pleegzorg netwerk",
    "netwerk school wijkteam",
    "gesprek thuis school netwerk pleegzorg",
    '"netwerk school"',
    "thuis -pleegzorg",
    'school -"netwerk school"',
    "",
)


@pytest.mark.parametrize("learnt_at_once", [60_000, 0])
def test_total_is_that_of_the_hits_whatever_was_asked_before(tmp_path, monkeypatch, learnt_at_once):
    """Sets of lessons are kept by word: lessons change, go, come back and expire."""
    monkeypatch.setattr(sets, "_MOST_LEARNT", learnt_at_once)
    choice = random.Random(4)
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    now = int(NOW.timestamp())
    for _time in range(15):
        pks = choice.sample(range(1, 3 * BLOCK_SIZE), 12)
        documents = [
            make_document(
                pk,
                title=" ".join(choice.sample(WORDS, 3)),
                facets={"phase": (choice.choice("ab"),)},
                period_from=choice.choice((2020, 2024)),
                period_to=2024,
                expires=choice.choice((None, now - 1, now, now + 1)),
            )
            for pk in pks[:10]
        ]
        put(engine, documents, pks[10:])
        gone = frozenset(choice.sample(range(1, 3 * BLOCK_SIZE), 5))
        for text in ASKED:
            narrowed: list[dict[str, Any]] = [
                {},
                {"filters": {"phase": ("a",)}},
                {"hidden": gone},
                {"only": gone},
                {"period_to": 2022},
            ]
            for asked in narrowed:
                query = make_query(text, first=100, **asked)
                hits = engine.search(query).hits
                answer = engine.search(replace(query, facets=("phase", "gemeente")))

                phases = answer.facet_counts["phase"]
                assert answer.total == len(hits), (text, asked)
                assert len(hits) == sum(
                    phases.get(each, 0) for each in asked.get("filters", {}).get("phase", "ab")
                )


def test_what_takes_long_to_read_is_read_in_a_thread_and_then_known(tmp_path, monkeypatch):
    monkeypatch.setattr(sets, "_MOST_LEARNT", 0)
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    put(engine, [make_document(1, "Kring aan tafel", facets={"phase": ("a",)})])
    query = make_query("kring", facets=("phase",))
    for _time in range(2):
        engine.search(query)
    sets._BESIDE.submit(len, "").result()

    monkeypatch.setattr(sets.LessonSets, "found", None)

    assert engine.search(query).facet_counts == {"phase": {"a": 1}}


def test_counting_beside_the_search_answers_the_same(tmp_path, monkeypatch):
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    put(
        engine,
        [make_document(pk, "Kring aan tafel", facets={"phase": ("a",)}) for pk in range(1, 30)],
    )
    query = make_query("kring", facets=("phase",), first=5)
    alone = engine.search(query)

    monkeypatch.setattr(embedded, "_MANY_LESSONS", 1)

    assert engine.search(query) == alone
    assert (alone.total, alone.has_next_page, alone.facet_counts) == (
        29,
        True,
        {"phase": {"a": 29}},
    )
