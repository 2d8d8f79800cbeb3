"""What was measured over HTTP, as Markdown, and which bars were missed."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.bench.api import CONNECTIONS, CROWD, Bench, Row

PATH = "docs/api-performance.md"
HEAD = f"""# How fast the API is

Written by `make bench-http ARGUMENTS=--write`. Lessenbank, and wagtail-grapple as its manual
shows it (`tests/bench/plain_grapple/`), answer the same questions about the same generated
lessons in the same PostgreSQL, by the same server with as many workers, asked over
{CONNECTIONS} connections that stay open. The load runs on the same machine and takes its part
of it. Times differ from machine to machine; the ratios are what counts, so the questions are
asked in turns.

"Kept" is asked by `GET` and answered from memory; "known" is asked with the `ETag` of the answer.
"""


@dataclass(frozen=True)
class Bar:
    """How many times as many answers in a second one question gets as another."""

    name: str
    times: float
    than: str
    is_plain: bool = True

    def ratio(self, bench: Bench) -> float:
        """Return the ratio that was measured."""
        other = (bench.plain if self.is_plain else bench.rows)[self.than]
        return bench.rows[self.name].load.per_second / other.load.per_second

    def __str__(self) -> str:
        whose = "plain wagtail-grapple's" if self.is_plain else "our own"
        return f"{self.name}: at least {self.times:g} times {whose} {self.than}"


BARS = (
    Bar("list", 12, "list"),
    Bar("list, kept", 80, "list"),
    Bar("search with facets", 0.5, "list", is_plain=False),
)


def text(benches: Iterable[Bench]) -> str:
    """Return the whole page."""
    parts = ["\n".join(tables(bench)) for bench in benches]
    machine = f"Measured on {platform.machine()} with Python {platform.python_version()}.\n"
    return "\n".join((HEAD, machine, *parts, ""))


def tables(bench: Bench) -> Iterator[str]:
    """Yield the lines for one number of lessons."""
    yield f"## {bench.lessons:,} lessons"
    yield ""
    yield "| | answers/s | median (ms) | p95 (ms) | CPU (ms an answer) | memory (MB) |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield from (_line(row) for row in bench.rows.values())
    yield from (_line(row, "plain grapple: ") for row in bench.plain.values())
    yield ""
    yield "| Bar | measured |"
    yield "|---|---:|"
    yield from (f"| {bar} | {_shown(bar.ratio(bench))} |" for bar in BARS)
    yield ""
    yield from _crowd(bench)


def _shown(ratio: float) -> str:
    """Return a ratio so that one that is just missed does not look met."""
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def missed_bars(bench: Bench) -> list[str]:
    """Return a line for each bar that was missed."""
    missed = [
        f"{bench.lessons:,} lessons: {bar}; it was {_shown(bar.ratio(bench))}"
        for bar in BARS
        if bar.ratio(bench) < bar.times
    ]
    for row in (*bench.rows.values(), bench.crowd, bench.limited_crowd):
        if row is not None and any(status >= 500 for status in row.load.statuses):
            missed.append(f"{bench.lessons:,} lessons: a fault in {row.name}: {row.load.statuses}")
    limited = bench.limited_crowd
    if limited is not None and (not limited.load.statuses[429] or limited.load.without_retry_after):
        missed.append("a crowd is told when to come back")
    return missed


def _line(row: Row, before: str = "") -> str:
    load = row.load
    return (
        f"| {before}{row.name} | {load.per_second:,.0f} | {load.median:.1f} "
        f"| {load.percentile(95):.1f} | {row.cpu:.1f} | {row.memory:.0f} |"
    )


def _crowd(bench: Bench) -> Iterator[str]:
    for row, what in (
        (bench.crowd, "without a limit"),
        (bench.limited_crowd, "with the limit of a visitor"),
    ):
        if row is not None:
            load = row.load
            statuses = ", ".join(
                f"{number:,} × {status}" for status, number in load.statuses.items()
            )
            yield (
                f"{CROWD} clients at once for {load.seconds:.0f} s, {what}: {statuses}; "
                f"median {load.median:.0f} ms, p99 {load.percentile(99):.0f} ms, "
                f"{row.memory:.0f} MB."
            )
            yield ""
