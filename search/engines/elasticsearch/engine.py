"""The Elasticsearch engine: one index on a cluster, shared by every process and machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search

from lessons.records import LessonCard
from search.documents import STORY_TEXTS, LessonDocument, load_card
from search.engines.contract import (
    EngineAnswer,
    EngineError,
    EngineHit,
    EngineQuery,
    Entry,
    IndexMissingError,
    IndexState,
    Position,
    RebuildRunningError,
    TitleQuery,
    WordQuestions,
)
from search.engines.elasticsearch.asked_words import AskedWords, ask_words
from search.engines.elasticsearch.documents import LessonEntry, to_source
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.querying import (
    BY_SCORE,
    counts,
    lesson_search,
    place_search,
    position,
    title_search,
)
from search.engines.elasticsearch.server import (
    CARE_SECONDS,
    WRITE_SECONDS,
    Access,
    Server,
)
from search.engines.elasticsearch.writing import changes, send
from search.engines.locks import LOOK_SECONDS, REBUILDING, WRITING, Locks
from search.highlights import Highlighter, shown_texts
from search.query import LessonOrder
from search.results import Highlight
from search.wording import KnownWords

_PAGE = 10_000

Answer = TypeVar("Answer")


class ElasticsearchEngine:
    """Searches and writes one index; see ``search.engines.contract``."""

    def __init__(self, access: Access, locks: Locks) -> None:
        self._server = Server(access)
        self._indices = Indices(self._server, access.prefix)
        self._locks = locks

    def state(self) -> IndexState:
        """Return whether there is an index of the present form. Raises ``EngineError``."""
        return IndexState.MISSING if self._indices.serving() is None else IndexState.READY

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Answer with one request, and one more for a page by relevance behind another."""
        return self._asking(lambda client, index: _answer(client, index, query))

    def fingerprints(self) -> dict[int, int]:
        """Return key → fingerprint of every document in the index."""
        return self._asking(_fingerprints, CARE_SECONDS)

    def number(self) -> int:
        """Return how many lessons are in the index."""
        return self._asked_words(WordQuestions((), ())).number()

    def frequencies(self, stems: Collection[str]) -> Mapping[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""
        return self._asked_words(WordQuestions(stems, ())).frequencies(stems)

    def similar(self, word: str) -> Sequence[str]:
        """Return words of lessons of which this may be a misspelling; the first letter counts."""
        return self._asked_words(WordQuestions((), (word,))).similar(word)

    def titles(self, query: TitleQuery) -> Sequence[LessonCard]:
        """Return lessons whose title holds what was typed, newest first."""
        return self._asking(lambda client, index: _titles(client, index, query))

    def look_up(self, questions: Callable[[], WordQuestions]) -> KnownWords:
        """Ask everything in one request; what was not foreseen takes another one."""
        return self._asked_words(questions())

    def _asked_words(self, asked: WordQuestions) -> AskedWords:
        return self._asking(lambda client, index: ask_words(client, index, asked, beyond=self))

    def _asking(
        self, ask: Callable[[Elasticsearch, str], Answer], seconds: float | None = None
    ) -> Answer:
        """Ask something of the index that serves; once more when a rebuild replaced it."""
        index = self._indices.serving()
        try:
            if index is None:
                raise IndexMissingError("There is no search index.")
            with self._server.asked(seconds) as client:
                return ask(client, index)
        except EngineError:
            newer = self._indices.serving(fresh=True)
            if newer is None:
                raise IndexMissingError("There is no search index.") from None
            if newer == index:
                raise
        with self._server.asked(seconds) as client:
            return ask(client, newer)

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[bool]:
        """Hold the right to write; the value tells whether it came within ``wait`` seconds."""
        with self._locks.holding(WRITING, wait) as held:
            yield held

    def write(self, documents: Sequence[LessonDocument], removed: Sequence[int]) -> None:
        """Store documents and forget others; they are on disk and found when it returns."""
        if self._indices.serving(fresh=True) is None:
            raise IndexMissingError("There is no search index.")
        actions = changes(self._indices.alias, map(to_source, documents), removed)
        with self._server.asked(WRITE_SECONDS) as client:
            send(client, actions, refresh=True)

    @contextmanager
    def rebuilding(self) -> Iterator[ElasticsearchRebuild]:
        """Begin a new index; it is removed again unless it was published."""
        with self._locks.holding(REBUILDING, LOOK_SECONDS) as held:
            if not held:
                raise RebuildRunningError("Another process is rebuilding the search index.")
            self._indices.discard_others()
            try:
                with ThreadPoolExecutor(1) as sender:
                    yield ElasticsearchRebuild(self._server, self._indices, sender)
            finally:
                # What cannot be removed now goes with the next rebuild.
                with suppress(EngineError):
                    self._indices.discard_others()

    def is_rebuilding(self) -> bool:
        """Return whether a rebuild runs, in whichever process."""
        with self._locks.holding(REBUILDING, 0) as held:
            return not held

    def discard(self) -> None:
        """Remove the index: for one that was made to be measured."""
        self._indices.discard_all()


class ElasticsearchRebuild:
    """A new index that no reader knows yet; it is sent in while the next part is made."""

    entry = staticmethod(to_source)

    def __init__(self, server: Server, indices: Indices, sender: ThreadPoolExecutor) -> None:
        self._server = server
        self._indices = indices
        self._sender = sender
        self._under_way: Future[None] | None = None
        self._name, self._making = indices.new()

    def write(self, documents: Iterable[LessonDocument], removed: Iterable[int] = ()) -> None:
        """Put documents in, in the place of those with the same key; take others out.

        A fault may show only at the next call.
        """
        self._submit(changes(self._making, map(to_source, documents), [*removed]))

    def add(self, entries: Sequence[Entry]) -> None:
        """Put in lessons that are not in the index yet. A fault may show at the next call."""
        self._submit(changes(self._making, entries))

    def _submit(self, actions: list[dict[str, Any]]) -> None:
        self._wait()
        self._under_way = self._sender.submit(self._send, actions)

    def publish(self) -> None:
        """Let this index serve from now on."""
        self._wait()
        self._indices.serve(self._name, self._making)

    def _send(self, actions: list[dict[str, Any]]) -> None:
        with self._server.asked(CARE_SECONDS) as client:
            send(client, actions, refresh=False)

    def _wait(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()


def _answer(client: Elasticsearch, index: str, query: EngineQuery) -> EngineAnswer:
    after = query.after
    if after is not None and query.order in BY_SCORE:
        after = _place_now(client, index, query, after)
    found = _found(client, index, query, lesson_search(query, after))
    hits = found["hits"]["hits"]
    highlighter = (
        Highlighter(query.text, query.alternatives)
        if query.with_highlights and query.text.is_ranking
        else None
    )
    return EngineAnswer(
        hits=tuple(_hit(query.order, hit, highlighter) for hit in hits[: query.first]),
        total=found["hits"]["total"]["value"],
        has_next_page=len(hits) > query.first,
        facet_counts=counts(query, found.get("aggregations", {})),
    )


def _titles(client: Elasticsearch, index: str, query: TitleQuery) -> list[LessonCard]:
    hits = title_search(query).using(client).index(index).execute().to_dict()["hits"]["hits"]
    return [load_card(hit["_source"]["card"].encode()) for hit in hits]


def _place_now(client: Elasticsearch, index: str, query: EngineQuery, after: Position) -> Position:
    """Return where the lesson stands that ended the page before: scores move with what comes in.

    When it is gone, that is the place that it had.
    """
    for hit in _found(client, index, query, place_search(query, after.pk))["hits"]["hits"]:
        return position(query.order, hit["sort"])
    return after


def _found(
    client: Elasticsearch, index: str, query: EngineQuery, request: Search[LessonEntry]
) -> dict[str, Any]:
    # Copies of an index score a little differently: all pages of a text come from one copy.
    copy = hashlib.blake2b(repr(query.text).encode(), digest_size=8).hexdigest()
    response = (
        request.using(client)
        .index(index)
        .params(allow_partial_search_results=False, preference=copy)
        .execute()
    )
    if response.timed_out or response._shards.failed:
        raise EngineError("Elasticsearch could not search everything in time.")
    answer: dict[str, Any] = response.to_dict()
    return answer


def _hit(order: LessonOrder, hit: dict[str, Any], highlighter: Highlighter | None) -> EngineHit:
    source = hit["_source"]
    highlights: tuple[Highlight, ...] = ()
    if highlighter is not None:
        texts = shown_texts(source["texts"].encode())
        highlights = highlighter.highlights(texts, whole=("title", "core"), best_of=STORY_TEXTS)
    card = load_card(source["card"].encode())
    return EngineHit(card, position(order, hit["sort"]), highlights)


def _fingerprints(client: Elasticsearch, index: str) -> dict[int, int]:
    """Read keys and fingerprints as the values of an order: no document is opened."""
    prints: dict[int, int] = {}
    after: list[int] | None = None
    while True:
        page = client.search(
            index=index,
            size=_PAGE,
            sort=[{"pk": "asc"}, {"fingerprint": "asc"}],
            search_after=after,
            stored_fields="_none_",
            track_total_hits=False,
            allow_partial_search_results=False,
        )
        rows = [hit["sort"] for hit in page["hits"]["hits"]]
        prints.update((pk, print_) for pk, print_ in rows)
        if len(rows) < _PAGE:
            return prints
        after = rows[-1]
