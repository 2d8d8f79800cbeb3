"""What a question asks of the fields of an index."""

from __future__ import annotations

from dataclasses import replace

from search.engines.embedded import engine as embedded
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.ranking import Boosted, Phrase, text_clauses
from tests.search.documents import make_document, make_query
from tests.search.engines.conftest import with_index


def pairs(query):
    """Return the pairs of stems that are sought beside each other."""
    preferred = text_clauses(query).preferred
    boosted = [clause.clause for clause in preferred if isinstance(clause, Boosted)]
    return [each.terms for each in boosted if isinstance(each, Phrase) and each.field == "stems"]


def test_two_common_words_are_not_sought_beside_each_other():
    query = make_query("gezin kind school")

    assert pairs(query) == [("gezin", "kind"), ("kind", "school")]
    assert pairs(replace(query, common=frozenset({"gezin", "kind"}))) == [("kind", "school")]


def test_counting_beside_the_search_answers_the_same(tmp_path, monkeypatch):
    engine = with_index(EmbeddedEngine(tmp_path / "index"))
    with engine.writing(wait=1):
        engine.write(
            [make_document(pk, "Kring aan tafel", facets={"phase": ("a",)}) for pk in range(1, 30)],
            [],
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
