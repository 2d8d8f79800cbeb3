"""The embedded engine: tantivy, with an index on disk beside the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock

import structlog
from tantivy import Document, Index, IndexWriter, Query, Schema, Searcher

from lessons.records import LessonCard
from search.documents import STORY_TEXTS, LessonDocument, load_card
from search.engines.analysis import index_form
from search.engines.contract import (
    EngineAnswer,
    EngineError,
    EngineHit,
    EngineQuery,
    Entry,
    IndexMissingError,
    IndexState,
    RebuildRunningError,
    TitleQuery,
    WordQuestions,
)
from search.engines.embedded.bits import highest
from search.engines.embedded.facets import Counted, Counting
from search.engines.embedded.faults import engine_errors, is_damaged
from search.engines.embedded.index_words import IndexWords
from search.engines.embedded.narrowing import narrowed
from search.engines.embedded.nearness import NearestPager
from search.engines.embedded.paging import Lead, Pager, Place
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import build_schema, split_age_key, to_values
from search.engines.embedded.sets import WRITTEN_FIELD, LessonSets
from search.engines.embedded.storage import IndexFolder
from search.engines.embedded.titles import find_titles
from search.engines.embedded.translating import Translator
from search.engines.ranking import current_leads
from search.highlights import Highlighter, shown_texts
from search.query import LessonOrder
from search.results import Highlight
from search.wording import KnownWords

logger = structlog.get_logger(__name__)

_WRITE_MEMORY = 30_000_000
# Shared out over the threads. Each time a thread has filled its share it writes a segment,
# and merging segments afterwards would take more time than all the rest.
_REBUILD_MEMORY = 400_000_000
_REBUILD_THREADS = 2
_OPEN_ATTEMPTS = 3
_MANY_LESSONS = 20_000
"""From about here on it pays to count in a thread beside the search, and to narrow phrases."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index as one of its commits left it."""

    path: Path
    stamp: tuple[int, int]
    index: Index
    searcher: Searcher
    sets: LessonSets

    @property
    def is_large(self) -> bool:
        """Whether to seek takes so long that other work pays."""
        return bool(self.searcher.num_docs >= _MANY_LESSONS)


class EmbeddedEngine:
    """Searches and writes the index in one folder; see ``search.engines.contract``."""

    def __init__(self, root: Path) -> None:
        self._schema = build_schema()
        self._translator = Translator(self._schema)
        self._folder = IndexFolder(root, index_form())
        self._opening = Lock()
        self._open: _Opened | None = None

    def state(self) -> IndexState:
        """Return whether there is an index of the present form."""
        return IndexState.MISSING if self._folder.current() is None else IndexState.READY

    def age(self) -> float | None:
        """Return for how many seconds the present index has served, or None without one."""
        return self._folder.age()

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Answer a query with all that was written before."""
        with self._reading() as opened:
            return self._answer(opened, query)

    def _answer(self, opened: _Opened, query: EngineQuery) -> EngineAnswer:
        builder = QueryBuilder(self._schema, self._translator, query)
        counting = Counting(opened.searcher, opened.sets, builder, query)
        if not opened.is_large or not counting.takes_long:
            return _told(*self._page(opened, builder, query), counting.counted())
        # Tantivy leaves other threads free to go on while it seeks.
        with ThreadPoolExecutor(1) as beside:
            counted = beside.submit(counting.counted)
            page = self._page(opened, builder, query)
        return _told(*page, counted.result())

    def _page(
        self, opened: _Opened, builder: QueryBuilder, query: EngineQuery
    ) -> tuple[tuple[EngineHit, ...], bool]:
        """Return the hits of a page, and whether there is one more."""
        highlighter = (
            Highlighter(query.text, query.alternatives)
            if query.with_highlights and query.text.is_ranking
            else None
        )
        places = self._places(opened, builder, query)
        shown = places[: query.first]
        hits = tuple(_hit(opened.searcher, place, highlighter) for place in shown)
        return hits, len(places) > query.first

    def _places(self, opened: _Opened, builder: QueryBuilder, query: EngineQuery) -> list[Place]:
        """Return the places of a page, and of one hit more where there is one."""
        searcher = opened.searcher
        number = query.first + 1
        if query.order is LessonOrder.NEAREST and query.viewpoint is not None:
            nearest = NearestPager(searcher, self._schema, builder.counted(), query.viewpoint)
            return nearest.page(number, query.after)
        if query.order is not LessonOrder.RELEVANCE:
            pager = Pager(searcher, self._schema, builder.counted())
            return pager.page(query.order, number, query.after)
        clauses = builder.clauses
        if opened.is_large:
            clauses = narrowed(clauses, opened.sets, self._translator)
        lead = Lead(query.pinned) if current_leads(query) else None
        pager = Pager(searcher, self._schema, builder.ranked(clauses), lead)
        return pager.page(query.order, number, query.after)

    def fingerprints(self) -> dict[int, int]:
        """Return key → fingerprint of every document in the index."""
        with self._reading() as opened:
            searcher = opened.searcher
            hits = searcher.search(
                Query.all_query(), limit=max(searcher.num_docs, 1), order_by_field="age_key"
            ).hits
            addresses = [address for _key, address in hits]
            prints = searcher.fast_field_values("fingerprint", addresses)
        return {
            split_age_key(key)[1]: int(print_ or 0)
            for (key, _address), print_ in zip(hits, prints, strict=True)
        }

    def number(self) -> int:
        """Return how many lessons are in the index."""
        return self._words().number()

    def frequencies(self, stems: Collection[str]) -> dict[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""
        return self._words().frequencies(stems)

    def similar(self, word: str) -> list[str]:
        """Return words of lessons of which this may be a misspelling; the first letter counts."""
        return self._words().similar(word)

    def look_up(self, _questions: Callable[[], WordQuestions]) -> KnownWords:
        """Return what the index knows of words; here every question is answered at once."""
        return self._words()

    def _words(self) -> IndexWords:
        with self._reading() as opened:
            return IndexWords(opened.searcher, partial(self._guarding, opened.path))

    def titles(self, query: TitleQuery) -> list[LessonCard]:
        """Return lessons whose title holds what was typed, newest first."""
        with self._reading() as opened:
            return find_titles(opened.searcher, self._schema, query)

    @contextmanager
    def _reading(self) -> Iterator[_Opened]:
        """Give a view on the index as it is now, whichever process wrote it."""
        path = self._folder.current()
        with self._guarding(path):
            yield self._opened(path)

    @contextmanager
    def _guarding(self, path: Path | None) -> Iterator[None]:
        """Give up an index that turns out to be damaged, so that a new one is made."""
        try:
            with engine_errors():
                yield
        except IndexMissingError:
            raise
        except EngineError as error:
            if path is None or not is_damaged(path):
                raise
            self._folder.disown(path)
            logger.exception("index_damaged", index=path.name)
            raise IndexMissingError("The search index was damaged; a new one is needed.") from error

    def _opened(self, path: Path | None) -> _Opened:
        for attempt in range(_OPEN_ATTEMPTS):
            if path is None:
                break
            try:
                with self._opening:
                    return self._opened_at(path)
            except (OSError, ValueError) as error:
                # A rebuild may have replaced the index between looking and opening.
                if attempt == _OPEN_ATTEMPTS - 1:
                    raise EngineError(str(error)) from error
                path = self._folder.current()
        raise IndexMissingError("There is no search index.")

    def _opened_at(self, path: Path) -> _Opened:
        """Return the index, read again when a commit has replaced its list of segments."""
        meta = (path / "meta.json").stat()
        stamp = (meta.st_ino, meta.st_mtime_ns)
        before = self._open if self._open is not None and self._open.path == path else None
        if before is not None and before.stamp == stamp:
            return before
        if before is None:
            index = Index.open(str(path))
            index.config_reader("manual")
        else:
            index = before.index
        index.reload()
        searcher = index.searcher()
        sets = LessonSets(searcher, self._schema, None if before is None else before.sets)
        self._open = _Opened(path, stamp, index, searcher, sets)
        return self._open

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[bool]:
        """Hold the right to write; the value tells whether it came within ``wait`` seconds."""
        with self._folder.writing(wait) as held:
            yield held

    def write(self, documents: Sequence[LessonDocument], removed: Sequence[int]) -> None:
        """Store documents and forget others, all or nothing, and on disk when it returns."""
        path = self._folder.current()
        if path is None:
            raise IndexMissingError("There is no search index.")
        with self._guarding(path):
            index = Index.open(str(path))
            writer = index.writer(_WRITE_MEMORY, 1)
            # A writer that was killed may have left a file of the name that comes next, and
            # tantivy would refuse to write over it, now and ever after.
            writer.garbage_collect_files()
            self._folder.sweep(path)
            self._folder.discard_abandoned()
            _remove(writer, self._schema, {*removed, *(document.pk for document in documents)})
            seen = highest(index.searcher(), WRITTEN_FIELD)
            written = self._folder.next_write(path, seen)
            for document in documents:
                values = to_values(document, written)
                writer.add_document(Document.from_dict(values, self._schema))
            writer.commit()
            writer.wait_merging_threads()

    @contextmanager
    def rebuilding(self) -> Iterator[EmbeddedRebuild]:
        """Begin a new index; it is removed again unless it was published."""
        with self._folder.rebuilding() as held:
            if not held:
                raise RebuildRunningError("Another process is rebuilding the search index.")
            self._folder.discard_others()
            try:
                with engine_errors():
                    rebuild = EmbeddedRebuild(self._folder, self._schema)
                yield rebuild
            finally:
                self._folder.discard_others()

    def is_rebuilding(self) -> bool:
        """Return whether a rebuild runs, in whichever process."""
        return self._folder.is_rebuilding()


class EmbeddedRebuild:
    """A new index in a folder of its own, which no reader knows yet."""

    entry = staticmethod(to_values)

    def __init__(self, folder: IndexFolder, schema: Schema) -> None:
        self._folder = folder
        self._schema = schema
        self._written: set[int] = set()
        self._path = folder.new()
        self._writer = Index(schema, str(self._path)).writer(_REBUILD_MEMORY, _REBUILD_THREADS)

    def write(self, documents: Iterable[LessonDocument], removed: Iterable[int] = ()) -> None:
        """Put documents in, in the place of those with the same key; take others out."""
        documents = list(documents)
        pks = {document.pk for document in documents}
        with engine_errors():
            _remove(self._writer, self._schema, self._written & {*pks, *removed})
        self.add([to_values(document) for document in documents])

    def add(self, entries: Sequence[Entry]) -> None:
        """Put in lessons that are not in the index yet."""
        with engine_errors():
            for values in entries:
                self._writer.add_document(Document.from_dict(values, self._schema))
        self._written.update(values["pk"] for values in entries)

    def publish(self) -> None:
        """Let this index serve from now on."""
        with engine_errors():
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._folder.serve(self._path)


def _remove(writer: IndexWriter, schema: Schema, pks: Collection[int]) -> None:
    # Deleting by term takes a number for a signed one, and so finds nothing.
    if pks:
        writer.delete_documents_by_query(Query.term_set_query(schema, "pk", sorted(pks)))


def _told(hits: tuple[EngineHit, ...], has_next_page: bool, counted: Counted) -> EngineAnswer:
    return EngineAnswer(hits, counted.total, has_next_page, counted.facets)


def _hit(searcher: Searcher, place: Place, highlighter: Highlighter | None) -> EngineHit:
    stored = searcher.doc(place.address)
    highlights: tuple[Highlight, ...] = ()
    if highlighter is not None:
        texts = shown_texts(bytes(stored.get_first("texts") or b"{}"))
        highlights = highlighter.highlights(texts, whole=("title", "core"), best_of=STORY_TEXTS)
    return EngineHit(load_card(bytes(stored.get_first("card") or b"")), place.position, highlights)
