"""Phrases are sought where they are known to be, and score the same."""

from __future__ import annotations

import random

import pytest

from search.engines.embedded import engine as embedded
from search.engines.embedded import narrowing
from search.engines.embedded.engine import EmbeddedEngine
from search.wording import Alternative
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import with_index

WORDS = ("gezin", "buurt", "steun", "school", "team", "kring")
ASKED = ("gezin buurt", "steun school team", '"kring team"', 'buurt -"gezin steun"', "kring")


def put(engine, pks, chance):
    with engine.writing(wait=1):
        engine.write(
            [
                make_document(pk, " ".join(chance.choices(WORDS, k=chance.randint(1, 6))))
                for pk in pks
            ],
            [],
        )


def asked(text):
    names = (Alternative(("lokaal", "team"), 0.8), Alternative(("buurt", "gezin"), 0.8))
    return make_query(text, first=100, alternatives={"kring": names, "school": names})


@pytest.mark.parametrize("most_keys", [0, 3, 300])
def test_hits_and_scores_are_the_same_whatever_is_known(tmp_path, monkeypatch, most_keys):
    monkeypatch.setattr(narrowing, "_MOST_KEYS", most_keys)
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    chance = random.Random(5)
    for _time in range(4):
        put(engine, chance.sample(range(1, 80), 30), chance)
        for text in ASKED:
            plain = engine.search(asked(text))
            with monkeypatch.context() as patch:
                patch.setattr(embedded, "_MANY_LESSONS", 1)
                for _again in range(3):
                    assert engine.search(asked(text)) == plain


def test_a_phrase_that_stands_nowhere_is_not_sought_again(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_MANY_LESSONS", 1)
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    put(engine, range(1, 20), random.Random(1))
    for _time in range(2):
        engine.search(asked("kring"))

    opened = engine._open
    built = embedded.QueryBuilder(engine._schema, engine._translator, asked("kring"))

    clauses = narrowing.narrowed(built.clauses, opened.sets, engine._translator)

    assert "PhraseQuery" in str(built.ranked(built.clauses))
    assert "lokaal" not in str(built.ranked(clauses))
