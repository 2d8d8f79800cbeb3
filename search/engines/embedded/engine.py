"""The embedded engine: tantivy, with an index on disk beside the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from tantivy import Index, IndexWriter, Query, Schema, Searcher

from search.documents import STORY_TEXTS, LessonDocument, load_card
from search.dutch.spelling import closest
from search.engines.contract import (
    EngineAnswer,
    EngineError,
    EngineHit,
    EngineQuery,
    IndexMissingError,
    IndexState,
    RebuildRunningError,
)
from search.engines.embedded.facets import count_facets
from search.engines.embedded.paging import Pager, Place
from search.engines.embedded.querying import QueryBuilder
from search.engines.embedded.schema import build_schema, index_form, split_age_key, to_tantivy
from search.engines.embedded.storage import IndexFolder
from search.highlights import Highlighter
from search.results import Highlight

_WRITE_MEMORY = 30_000_000
_REBUILD_MEMORY = 120_000_000
_OPEN_ATTEMPTS = 3


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Turn what tantivy and the file system raise into the contract's error."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise EngineError(f"{type(error).__name__}: {error}") from error


class EmbeddedEngine:
    """Searches and writes the index in one folder; see ``search.engines.contract``."""

    def __init__(self, root: Path) -> None:
        self._schema = build_schema()
        self._folder = IndexFolder(root, index_form())
        self._opening = Lock()
        self._open: tuple[tuple[object, ...], Index] | None = None

    def state(self) -> IndexState:
        """Return whether there is an index of the present form."""
        return IndexState.MISSING if self._folder.current() is None else IndexState.READY

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Answer a query with all that was written before."""
        with _engine_errors():
            return self._answer(self._searcher(), query)

    def _answer(self, searcher: Searcher, query: EngineQuery) -> EngineAnswer:
        builder = QueryBuilder(self._schema, query)
        wanted = builder.query()
        places = Pager(searcher, self._schema, wanted).page(
            query.order, query.first + 1, query.after
        )
        shown = places[: query.first]
        highlighter = (
            Highlighter(query.text, query.alternatives)
            if query.with_highlights and query.text.is_ranking
            else None
        )
        return EngineAnswer(
            hits=tuple(_hit(searcher, place, highlighter) for place in shown),
            total=_total(searcher, wanted),
            has_next_page=len(places) > query.first,
            facet_counts=count_facets(searcher, builder, query),
        )

    def fingerprints(self) -> dict[int, int]:
        """Return key → fingerprint of every document in the index."""
        searcher = self._searcher()
        hits = searcher.search(
            Query.all_query(), limit=max(searcher.num_docs, 1), order_by_field="age_key"
        ).hits
        prints = searcher.fast_field_values("fingerprint", [address for _key, address in hits])
        return {
            split_age_key(key)[1]: int(print_ or 0)
            for (key, _address), print_ in zip(hits, prints, strict=True)
        }

    def frequencies(self, stems: Collection[str]) -> dict[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""
        searcher = self._searcher()
        with _engine_errors():
            counts = ((each, searcher.doc_freq("stems", each)) for each in stems)
            return {each: count for each, count in counts if count}

    def similar(self, word: str) -> list[str]:
        """Return words of lessons of which this may be a misspelling; the first letter counts."""
        searcher = self._searcher()
        with _engine_errors():
            return closest(word, searcher.terms_with_prefix("words", word[:1]))

    def _searcher(self) -> Searcher:
        """Return a view on the index as it is now, whichever process wrote it."""
        for attempt in range(_OPEN_ATTEMPTS):
            path = self._folder.current()
            if path is None:
                break
            try:
                with self._opening:
                    return self._index_at(path).searcher()
            except (OSError, ValueError) as error:
                # A rebuild may have replaced the index between looking and opening.
                if attempt == _OPEN_ATTEMPTS - 1:
                    raise EngineError(str(error)) from error
        raise IndexMissingError("There is no search index.")

    def _index_at(self, path: Path) -> Index:
        """Return the index, read again when a commit has replaced its list of segments."""
        meta = (path / "meta.json").stat()
        stamp = (path, meta.st_ino, meta.st_mtime_ns)
        if self._open is not None and self._open[0] == stamp:
            return self._open[1]
        if self._open is not None and self._open[0][0] == path:
            index = self._open[1]
        else:
            index = Index.open(str(path))
            index.config_reader("manual")
        index.reload()
        self._open = (stamp, index)
        return index

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
        with _engine_errors():
            writer = Index.open(str(path)).writer(_WRITE_MEMORY, 1)
            # A writer that was killed may have left a file of the name that comes next, and
            # tantivy would refuse to write over it, now and ever after.
            writer.garbage_collect_files()
            self._folder.sweep(path)
            _remove(writer, self._schema, {*removed, *(document.pk for document in documents)})
            for document in documents:
                writer.add_document(to_tantivy(document))
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
                with _engine_errors():
                    rebuild = EmbeddedRebuild(self._folder, self._schema)
                yield rebuild
            finally:
                self._folder.discard_others()

    def is_rebuilding(self) -> bool:
        """Return whether a rebuild runs, in whichever process."""
        return self._folder.is_rebuilding()


class EmbeddedRebuild:
    """A new index in a folder of its own, which no reader knows yet."""

    def __init__(self, folder: IndexFolder, schema: Schema) -> None:
        self._folder = folder
        self._schema = schema
        self._written: set[int] = set()
        self._path = folder.new()
        self._writer = Index(schema, str(self._path)).writer(_REBUILD_MEMORY, 1)

    def write(self, documents: Iterable[LessonDocument], removed: Iterable[int] = ()) -> None:
        """Put documents in, in the place of those with the same key; take others out."""
        documents = list(documents)
        pks = {document.pk for document in documents}
        with _engine_errors():
            _remove(self._writer, self._schema, self._written & {*pks, *removed})
            for document in documents:
                self._writer.add_document(to_tantivy(document))
        self._written |= pks

    def publish(self) -> None:
        """Let this index serve from now on."""
        with _engine_errors():
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._folder.serve(self._path)


def _remove(writer: IndexWriter, schema: Schema, pks: Collection[int]) -> None:
    # Deleting by term takes a number for a signed one, and so finds nothing.
    if pks:
        writer.delete_documents_by_query(Query.term_set_query(schema, "pk", sorted(pks)))


def _total(searcher: Searcher, query: Query) -> int:
    found = searcher.search(query, limit=1, count=True)
    return int(found.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs


def _hit(searcher: Searcher, place: Place, highlighter: Highlighter | None) -> EngineHit:
    stored = searcher.doc(place.address)
    highlights: tuple[Highlight, ...] = ()
    if highlighter is not None:
        texts = json.loads(bytes(stored.get_first("texts") or b"{}"))
        highlights = highlighter.highlights(texts, whole=("title", "core"), best_of=STORY_TEXTS)
    return EngineHit(load_card(bytes(stored.get_first("card") or b"")), place.position, highlights)
