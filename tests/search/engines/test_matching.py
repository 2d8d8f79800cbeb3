"""Counting finds the lessons that ranking finds, with fewer clauses."""

from __future__ import annotations

import random

import pytest

from search.engines.contract import EngineViewpoint
from search.engines.embedded import nearness
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.matching import matching
from search.engines.ranking import AllOf, AnyOf, Phrase, TextClauses, Word, text_clauses
from search.query import LessonOrder
from search.wording import Alternative
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import pks, with_index

WORDS = ("gezin", "buurt", "steun", "school", "wijkteam", "team", "kring", "jeugdhulp", "de")
PLACES = ("GM01", "GM02", "GM03", "GM04", "GM05")
LEVELS = {100: ("GM01",), 95: ("GM02",), 81: ("GM03",), 60: ("GM04",), 10: ("GM05",)}
LESSONS = 150


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Return an engine with lessons of few words, so that all of them occur together."""
    chance = random.Random(7)

    def some(most):
        return " ".join(chance.choices(WORDS, k=chance.randint(0, most)))

    documents = [
        make_document(
            pk,
            some(3),
            core=some(5),
            texts={"context": some(8), "conditions": some(4)},
            place_codes=tuple(chance.sample(PLACES, chance.choice((0, 1, 1, 2)))),
            published=1_700_000_000 + chance.randint(0, 50) * 86_400,
        )
        for pk in range(1, LESSONS + 1)
    ]
    engine = with_index(EmbeddedEngine(tmp_path_factory.mktemp("index")))
    with engine.writing(wait=1) as held:
        assert held
        engine.write(documents, [])
    return engine


def _alternatives(chance, words):
    def other():
        found = tuple(chance.choices(WORDS[:-1], k=chance.choice((1, 1, 2, 2, 3))))
        return Alternative(found, 0.8, is_phrase=chance.random() < 0.7)

    shared = [other() for _ in range(chance.randint(0, 2))]
    return {
        word: tuple(dict.fromkeys([*shared, *(other() for _ in range(chance.randint(0, 2)))]))
        for word in words
        if chance.random() < 0.7
    }


@pytest.mark.parametrize("seed", range(60))
def test_as_many_lessons_are_counted_as_are_found(engine, seed):
    chance = random.Random(seed)
    text = " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))
    text += chance.choice(("", "", " -buurt", ' -"steun school"', ' "gezin buurt"', " -de"))
    asked = make_query(text, first=LESSONS)
    query = make_query(
        text, first=LESSONS, alternatives=_alternatives(chance, dict.fromkeys(asked.text.words))
    )

    found = engine.search(query)

    assert found.total == len(found.hits)


def test_what_another_clause_finds_is_not_sought():
    query = make_query(
        "wijkteam",
        alternatives={
            "wijkteam": (
                Alternative(("sociaal", "wijkteam"), 1.0),
                Alternative(("lokaal", "team"), 1.0),
            )
        },
    )

    assert matching(text_clauses(query)) == TextClauses(
        (
            AnyOf(
                (
                    Word("stems", "wijkteam"),
                    Word("parts", "wijkteam"),
                    Phrase("stems", ("lokaal", "team"), 1),
                )
            ),
        )
    )


def test_what_stands_for_all_words_is_sought_once():
    both = (Alternative(("kring", "team"), 1.0),)
    query = make_query("gezin buurt", alternatives={"gezin": both, "buurt": both})

    (found,) = matching(text_clauses(query)).required

    assert found == AnyOf(
        (
            Phrase("stems", ("kring", "team"), 1),
            AllOf(
                (
                    AnyOf((Word("stems", "gezin"), Word("parts", "gezin"))),
                    AnyOf((Word("stems", "buurt"), Word("parts", "buurt"))),
                )
            ),
        )
    )


@pytest.mark.parametrize("at_once", [2, 7, 200])
@pytest.mark.parametrize("size", [1, 4, 33])
@pytest.mark.parametrize("text", ["", "gezin", "kring team"])
def test_pages_of_the_nearest_hold_every_lesson_once_in_one_order(
    engine, monkeypatch, at_once, size, text
):
    viewpoint = EngineViewpoint(levels=LEVELS, bands={"all": range(101)})
    whole = make_query(text, first=LESSONS, viewpoint=viewpoint, order=LessonOrder.NEAREST)
    expected = engine.search(whole)
    monkeypatch.setattr(nearness, "_MOST_AT_ONCE", at_once)
    found, after = [], None
    while True:
        page = engine.search(
            make_query(
                text, first=size, after=after, viewpoint=viewpoint, order=LessonOrder.NEAREST
            )
        )
        found += pks(page)
        if not page.has_next_page:
            break
        after = page.hits[-1].position

    assert found == pks(expected)
    assert len(set(found)) == len(found) == expected.total
    positions = [hit.position for hit in expected.hits]
    assert positions == sorted(positions, key=lambda at: (-at.value, -at.published, -at.pk))
