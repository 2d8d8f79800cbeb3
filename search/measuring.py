"""Measuring a search with the judged queries: one table of numbers for each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from search import answering, indexing
from search.engines.contract import Engine
from search.engines.registry import ENGINES, elasticsearch_under, embedded_in
from search.judging import JudgedQuery, QueryKind
from search.measures import RECALL_CUT, Scores, mean_scores, score
from search.query import LessonQuery

Search = Callable[[str, int], list[str]]
"""From a text and a number to the uuids of the lessons, best first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a query scored with one way of searching."""

    query: JudgedQuery
    scores: Scores


@dataclass(frozen=True, slots=True)
class Measurement:
    """What all queries scored with one way of searching."""

    name: str
    measured: tuple[Measured, ...]

    def mean(self, *, kind: QueryKind | None = None, aside: bool | None = None) -> Scores:
        """Return the averages over one kind or all, tuned on or set aside or both."""
        return mean_scores(
            [
                item.scores
                for item in self.measured
                if kind in (None, item.query.kind) and aside in (None, item.query.aside)
            ]
        )


def lesson_search(text: str, size: int) -> list[str]:
    """Search as a visitor does."""
    results = answering.answer(LessonQuery(text=text, first=size))
    return [hit.card.uuid for hit in results.hits]


@contextmanager
def engine_search(name: str) -> Iterator[Search]:
    """Give the search with an engine; raises ``EngineError``.

    One that the settings do not name gets an index for as long as the measurement lasts.
    """
    if name == settings.SEARCH_ENGINE:
        yield lesson_search
        return
    with _temporary(name) as engine:
        indexing.make(engine)
        yield partial(_search_with, engine)


def _search_with(engine: Engine, text: str, size: int) -> list[str]:
    results = answering.answer_with(engine, LessonQuery(text=text, first=size))
    return [hit.card.uuid for hit in results.hits]


@contextmanager
def _temporary(name: str) -> Iterator[Engine]:
    if name == "embedded":
        with TemporaryDirectory() as folder:
            yield embedded_in(Path(folder))
        return
    engine = elasticsearch_under(f"{settings.ELASTICSEARCH_PREFIX}-measured")
    try:
        yield engine
    finally:
        engine.discard()


def measurable_engines() -> tuple[str, ...]:
    """Return the names of the engines that these settings can reach."""
    return tuple(
        name for name in ENGINES if name != "elasticsearch" or settings.ELASTICSEARCH_ADDRESSES
    )


def measure(name: str, search: Search, queries: Iterable[JudgedQuery]) -> Measurement:
    """Ask every query and score the answers."""
    return Measurement(
        name,
        tuple(
            Measured(query, score(search(query.text, RECALL_CUT), query.grades))
            for query in queries
        ),
    )


def table(measurements: Sequence[Measurement], *, aside: bool | None = None) -> Iterator[str]:
    """Yield the lines of a Markdown table: kinds below, three numbers for each measurement."""
    names = [f"{item.name} {measure}" for item in measurements for measure in _MEASURES]
    yield f"| soort | vragen | {' | '.join(names)} |"
    yield f"|---|{'---:|' * (len(names) + 1)}"
    for kind in (*QueryKind, None):
        count = sum(
            kind in (None, item.query.kind) and aside in (None, item.query.aside)
            for item in measurements[0].measured
        )
        cells = [
            f"{value:.3f}".replace(".", ",")
            for item in measurements
            for value in _values(item.mean(kind=kind, aside=aside))
        ]
        yield f"| {KIND_LABELS[kind]} | {count} | {' | '.join(cells)} |"


_MEASURES = ("nDCG@10", "recall@20", "MRR")
KIND_LABELS: dict[QueryKind | None, str] = {
    QueryKind.QUESTION: "hele vraag",
    QueryKind.TOPIC: "onderwerp",
    QueryKind.COMPOUND_SPLIT: "samenstelling los geschreven",
    QueryKind.COMPOUND_JOINED: "samenstelling die nergens staat",
    QueryKind.EVERYDAY_WORDS: "gewone woorden",
    QueryKind.TYPING_ERROR: "typefout",
    QueryKind.ABBREVIATION: "afkorting",
    QueryKind.PLACE: "plaats",
    QueryKind.APPROACH_NAME: "naam van een aanpak",
    None: "alle",
}


def _values(scores: Scores) -> tuple[float, float, float]:
    return scores.ndcg, scores.recall, scores.reciprocal_rank
