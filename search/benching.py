"""Measuring how fast the search is at the number of lessons that there are now.

What is timed is what a visitor waits for: the service with its queries to the database,
not the engine alone. Times are told in milliseconds.
"""

from __future__ import annotations

import platform
import random
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles

from wagtail.models import Page

from lessons.selectors import FACETS
from search import service
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import plain_words
from search.judging import load_judged_queries
from search.query import LessonQuery

CORPUS_QUERIES = 80
ROUNDS = 3
PUBLICATIONS = 15

_SEED = 3
_TYPED_LETTERS = (2, 3, 4, 6, 8)


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured at one number of lessons."""

    lessons: int
    search_median: float
    search_p95: float
    suggest_median: float
    suggest_p95: float
    findable_median: float
    """Seconds from the start of a publication to the search that finds it."""
    rebuild_rate: float | None
    """Lessons in a second; None when no rebuild was asked for."""
    rebuild_memory: float | None
    """Most memory of the rebuilding process and of its largest helper, in MB."""
    unit: float
    """Milliseconds that this machine takes for a fixed loop: how busy or slow it is."""

    def as_dict(self) -> dict[str, float | None]:
        """Return the numbers by name."""
        return asdict(self)


def bench(*, with_rebuild: bool) -> Bench:
    """Measure; ``with_rebuild`` makes the index anew first, and counts that."""
    rate = memory = None
    if with_rebuild:
        started = time.perf_counter()
        number = service.rebuild()
        rate = number / (time.perf_counter() - started)
        memory = sum(
            resource.getrusage(who).ru_maxrss / 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
    texts = query_texts()
    searches = _times(_search, texts)
    suggestions = _times(service.suggest, _typed(texts))
    total = service.search(LessonQuery(first=1)).total
    return Bench(
        lessons=total,
        search_median=median(searches),
        search_p95=_p95(searches),
        suggest_median=median(suggestions),
        suggest_p95=_p95(suggestions),
        findable_median=_time_to_find() / 1000,
        rebuild_rate=rate,
        rebuild_memory=memory,
        unit=_unit(),
    )


def query_texts() -> list[str]:
    """Return what is asked: the judged queries, and words and pairs of the newest lessons."""
    chance = random.Random(_SEED)  # noqa: S311 - a fixed choice, no secret
    newest = service.search(LessonQuery(first=service.MAX_PAGE_SIZE)).hits
    words = [
        word
        for hit in newest
        for word in plain_words(hit.card.core)
        if word not in STOP_WORDS and len(word) > 2
    ]
    asked = [query.text for query in load_judged_queries()]
    for number in range(CORPUS_QUERIES if words else 0):
        asked.append(" ".join(chance.sample(words, 1 + number % 3)))
    return asked


def _search(text: str) -> None:
    service.search(LessonQuery(text=text, facets=FACETS, with_highlights=True))


def _typed(texts: Iterable[str]) -> list[str]:
    """Return the texts as they are while somebody types them."""
    return [text[:letters] for text in texts for letters in _TYPED_LETTERS]


def _times(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Ask everything once to warm up, then time it in several rounds; the best of each counts."""
    best = dict.fromkeys(texts, float("inf"))
    for round_ in range(ROUNDS + 1):
        for text in best:
            started = time.perf_counter()
            ask(text)
            if round_:
                best[text] = min(best[text], (time.perf_counter() - started) * 1000)
    return list(best.values())


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _time_to_find() -> float:
    """Publish lessons with a word that none had, and time until a search finds each."""
    newest = service.search(LessonQuery(first=PUBLICATIONS)).hits
    times = []
    for number, hit in enumerate(newest):
        page = Page.objects.get(slug=hit.card.slug, content_type__model="lessonpage").specific
        word = f"meting{number}x{time.time_ns()}"
        page.title = f"{page.title[:50]} {word}"
        started = time.perf_counter()
        page.save_revision().publish()
        while not service.search(LessonQuery(text=word, first=1)).total:
            time.sleep(0.005)
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def _unit() -> float:
    """Return how long a fixed loop takes; about 8 ms on a quiet core of 2024."""
    times = []
    for _round in range(7):
        started = time.perf_counter()
        sum(range(1_000_000))
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def machine() -> str:
    """Return what the numbers were measured on."""
    return f"{platform.machine()}, Python {platform.python_version()}"
