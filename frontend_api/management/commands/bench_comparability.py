"""Measure how fast comparable gemeenten are found, alone and over GraphQL."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from itertools import cycle, product
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from lessons import selectors
from lessons.choices import ComparisonTheme

MATRIX_BAR, LIST_BAR = 20.0, 15.0
"""Milliseconds."""

PLAIN = "{ __typename }"
DEVENTER = "GM0150"
RANKED_LIST = """query($weights: [ThemeWeight!]) { gemeente(code: "GM0150") {
    comparable(first: 10, weights: $weights) {
        notice isIsolated
        nodes { gemeente { code name } similarity reasons { text year source } }
    }
} }"""


class Command(BaseCommand):
    """Prints medians with their bars; fails when one is missed.

    Time of the processor is measured: on a busy machine the clock tells of the others.
    """

    help = (
        "Meet hoe snel vergelijkbare gemeenten worden gevonden, zonder bewaarde uitkomsten. "
        "Faalt wanneer een lat niet wordt gehaald."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=60, metavar="N", help="Hoe vaak (60).")

    def handle(self, *args: Any, **options: Any) -> None:
        if not _has_gemeenten():
            raise CommandError("Er zijn nog geen gemeenten. Draai eerst make run.")
        times = options["times"]
        weights = cycle(_weights())
        client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
        plain = _median(lambda: _ask(client, PLAIN, None), times)
        matrix = _median(
            lambda: selectors.comparable_gemeenten(DEVENTER, first=1, weights=next(weights)), times
        )
        listed = _median(lambda: _ask(client, RANKED_LIST, next(weights)), times)
        self.stdout.write(f"de kleinste vraag aan de API: {plain:.1f} ms")
        missed = [
            self._told("342 bij 342 afstanden met eigen gewichten", matrix, MATRIX_BAR, plain),
            self._told("lijst van tien met redenen over de API", listed, LIST_BAR, plain),
        ]
        if any(missed):
            raise CommandError("Niet elke lat is gehaald.", returncode=1)

    def _told(self, what: str, median: float, bar: float, plain: float) -> bool:
        is_missed = median >= bar
        self.stdout.write(
            f"{what}: {median:.1f} ms, {median / plain:.1f} keer de kleinste vraag "
            f"(lat {bar:.0f} ms: {'niet gehaald' if is_missed else 'gehaald'})"
        )
        return is_missed


def _has_gemeenten() -> bool:
    """Return whether there is something to compare; a database that is not there has nothing."""
    try:
        return bool(selectors.gemeenten())
    except DatabaseError:
        return False


def _weights() -> list[dict[str, int]]:
    """Return more weightings than are kept compared, so that none is met again in time."""
    themes = ComparisonTheme.values[:3]
    return [dict(zip(themes, steps, strict=True)) for steps in product(range(5), repeat=3)]


def _median(work: Callable[[], object], times: int) -> float:
    """Return the median of the processor's milliseconds, after a few to warm up."""
    measured = []
    for _ in range(times + 5):
        begin = time.process_time()
        work()
        measured.append((time.process_time() - begin) * 1000)
    return statistics.median(measured[5:])


def _ask(client: Client, query: str, weights: dict[str, int] | None) -> None:
    variables = {
        "weights": [
            {"theme": theme.upper(), "weight": step} for theme, step in (weights or {}).items()
        ]
    }
    body = json.dumps({"query": query, "variables": variables if weights else None})
    answer = client.post(
        reverse("frontend_api:graphql"), body, content_type="application/json"
    ).json()
    if "errors" in answer:
        raise CommandError(f"De API antwoordt met een fout: {answer['errors']}")
