"""Which lessons answer to the question of a feed: what a search for it finds, page by page.

Whether a lesson is in a feed depends on that lesson alone, so that nothing changes but
what changed. What a search does for somebody who waits is therefore left out where it
depends on other lessons: lessons with only some of the words are not added when there are
few, typing errors are not mended, and pinned lessons are not put on top.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from search.engines.contract import Engine, EngineQuery
from search.query import LessonOrder, LessonQuery
from search.resolution import facet_tables, resolve
from search.understanding import understand
from search.viewpoints import view
from search.word_lists import current_word_lists

_PAGE = 1000
_MOST_KEYS = 5000


class _EveryWord:
    """An index that has every word, in the place of the one that knows which there are."""

    def number(self) -> int:
        return 1

    def frequencies(self, stems: Collection[str]) -> Mapping[str, int]:
        return dict.fromkeys(stems, 1)

    def similar(self, _word: str) -> Sequence[str]:
        return ()


def _asked(query: LessonQuery) -> EngineQuery:
    """Return the question as an engine takes it; raise ``QueryError`` when there is none."""
    seen = view(query.viewpoint) if query.viewpoint else None
    asked = resolve(query, facet_tables(query), seen)
    asked = replace(asked, order=LessonOrder.NEWEST, first=_PAGE)
    if not asked.text.is_ranking:
        return asked
    meaning = understand(asked.text, _EveryWord(), current_word_lists().synonyms)
    return replace(asked, alternatives=meaning.alternatives)


def matching(engine: Engine, query: LessonQuery, pks: Collection[int]) -> frozenset[int]:
    """Return those of the lessons that answer to the question.

    Raises ``QueryError`` for a question that cannot be asked any more, and ``EngineError``.
    """
    asked = _asked(query)
    found: set[int] = set()
    for part in _parts(sorted(pks)):
        found.update(_keys(engine, replace(asked, only=frozenset(part))))
    return frozenset(found)


def all_matching(engine: Engine, query: LessonQuery) -> list[int]:
    """Return every lesson that answers to the question, the oldest first; raises the same."""
    return list(_keys(engine, replace(_asked(query), order=LessonOrder.OLDEST)))


def _parts(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), _MOST_KEYS):
        yield pks[start : start + _MOST_KEYS]


def _keys(engine: Engine, asked: EngineQuery) -> Iterator[int]:
    while True:
        answer = engine.search(asked)
        for hit in answer.hits:
            yield hit.position.pk
        if not answer.has_next_page:
            return
        asked = replace(asked, after=answer.hits[-1].position)
