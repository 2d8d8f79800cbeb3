"""The page with how fast the search is, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.benching import Bench

AT_MOST, AT_LEAST = "at most", "at least"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what is measured, how to read it, and the bar for the last number."""

    label: str
    value: Callable[[Bench], float | None]
    form: str
    bar: tuple[str, float] | None = None


ROWS = (
    Row("Search, median (ms)", lambda bench: bench.search_median, "{:.1f}"),
    Row("Search, p95 (ms)", lambda bench: bench.search_p95, "{:.1f}", (AT_MOST, 60)),
    Row("Suggestions, median (ms)", lambda bench: bench.suggest_median, "{:.1f}"),
    Row("Suggestions, p95 (ms)", lambda bench: bench.suggest_p95, "{:.1f}", (AT_MOST, 15)),
    Row("Publish to findable (s)", lambda bench: bench.findable_median, "{:.2f}", (AT_MOST, 0.3)),
    Row("Rebuild (lessons/s)", lambda bench: bench.rebuild_rate, "{:,.0f}", (AT_LEAST, 1500)),
    Row("Rebuild, most memory (MB)", lambda bench: bench.rebuild_memory, "{:,.0f}"),
    Row("Fixed loop on this machine (ms)", lambda bench: bench.unit, "{:.1f}"),
)
MOST_GROWTH = 6
"""How much longer the median search may take at the last number than at the first."""


def table(benches: Sequence[Bench]) -> Iterator[str]:
    """Yield the lines of a table with a column for each number of lessons, and the growth."""
    sizes = [f"{bench.lessons:,}" for bench in benches]
    yield f"| | {' | '.join(sizes)} | last / first | bar |"
    yield f"|---|{'---:|' * len(sizes)}---:|---|"
    for row in ROWS:
        values = [row.value(bench) for bench in benches]
        cells = ["–" if value is None else row.form.format(value) for value in values]
        yield f"| {row.label} | {' | '.join(cells)} | {_growth(values)} | {_bar(row)} |"


def performance_page(benches: Sequence[Bench], machine: str) -> str:
    """Return the whole page."""
    return "\n".join((*_HEAD, f"Measured on {machine}.", "", *table(benches), *_FOOT, ""))


def missed_bars(benches: Sequence[Bench]) -> list[str]:
    """Return what the last number of lessons does not keep to."""
    missed = []
    for row in ROWS:
        value = row.value(benches[-1])
        if row.bar is not None and value is not None:
            side, bar = row.bar
            if value > bar if side == AT_MOST else value < bar:
                missed.append(f"{row.label}: {row.form.format(value)}, {side} {bar:,}")
    growth = benches[-1].search_median / benches[0].search_median
    if growth > MOST_GROWTH:
        missed.append(f"{ROWS[0].label}: growth {growth:.1f}, at most {MOST_GROWTH}")
    return missed


def _growth(values: Sequence[float | None]) -> str:
    first, last = values[0], values[-1]
    return f"{last / first:.1f}" if first and last is not None and len(values) > 1 else "–"


def _bar(row: Row) -> str:
    if row is ROWS[0]:
        return f"growth at most {MOST_GROWTH}"
    return "" if row.bar is None else f"{row.bar[0]} {row.bar[1]:,}"


_HEAD = (
    "# How fast the search is",
    "",
    "Written by `make bench-search`; see `search/benching.py` for what is timed. Lessons come",
    "from `manage.py generate_lessons`. A search counts all facets, marks words in 20 hits and",
    "takes its queries to the database; the texts are the judged queries and words of the",
    "lessons. Of each text the best of three rounds counts, so that other work on the machine",
    "counts less. The fixed loop, `sum(range(1_000_000))`, takes about 8 ms on a quiet core:",
    "numbers measured while it took twice as long are about twice too high.",
    "",
)
_FOOT = (
    "",
    "A rebuild of 5,000 lessons or more has a helper process for each core, four at most. The",
    "memory is that of the rebuilding process and of its largest helper together.",
)
