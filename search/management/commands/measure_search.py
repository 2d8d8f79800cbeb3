"""Measure the search with the judged queries."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.baseline import wagtail_search
from search.engines.contract import EngineError
from search.judging import JudgedQuery, judged_lessons, load_judged_queries
from search.measuring import (
    Measurement,
    engine_search,
    lesson_search,
    measurable_engines,
    measure,
    table,
)
from search.quality_page import quality_page
from search.query import MAX_PAGE_SIZE

REPORT = Path("docs/search-quality.md")


class Command(BaseCommand):
    """Ask the judged queries of the search and of Wagtail's own, and compare."""

    help = (
        "Meet de zoekfunctie met de beoordeelde vragen en vergelijkt met het zoeken van "
        "Wagtail zelf. De lessen die bij Lessenbank horen, moeten geladen zijn."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--write`` and ``--queries``."""
        parser.add_argument("--write", action="store_true", help=f"Schrijf ook {REPORT}.")
        parser.add_argument(
            "--queries", action="store_true", help="Toon elke vraag om op af te stemmen."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and print or write the tables."""
        queries = load_judged_queries()
        _require_lessons()
        ours = [*self._engines(queries)]
        with wagtail_search() as search:
            baseline = measure("Wagtail", search, queries)
        for heading, aside in HEADINGS:
            self.stdout.write(f"\n{heading}")
            for line in table([*ours, baseline], aside=aside):
                self.stdout.write(line)
        if options["queries"]:
            for measurement in ours:
                for line in _tuning_lines(measurement):
                    self.stdout.write(line)
        if options["write"]:
            page = quality_page(ours, baseline)
            (settings.BASE_DIR / REPORT).write_text(page, encoding="utf-8")
            self.stdout.write(f"Geschreven: {REPORT}.")

    def _engines(self, queries: Sequence[JudgedQuery]) -> Iterator[Measurement]:
        """Measure every engine that can be had; the one of the settings must be."""
        for name in measurable_engines():
            try:
                with engine_search(name) as search:
                    yield measure(name, search, queries)
            except EngineError as error:
                if name == settings.SEARCH_ENGINE:
                    raise CommandError(f"{name} antwoordt niet: {error}") from error
                self.stderr.write(f"Niet gemeten: {name} ({error})")


HEADINGS = (("Alle vragen", None), ("Om af te stemmen", False), ("Apart gehouden", True))


def _require_lessons() -> None:
    wanted = set(judged_lessons().values())
    found = set(lesson_search("", MAX_PAGE_SIZE))
    if missing := len(wanted - found):
        raise CommandError(
            f"{missing} van de {len(wanted)} beoordeelde lessen zijn niet te vinden. "
            "Laad ze met load_content en maak de index met rebuild_search_index."
        )


def _tuning_lines(ours: Measurement) -> Iterator[str]:
    """Yield each query for tuning with its score; those set aside stay unseen."""
    yield f"\n{ours.name}"
    for item in ours.measured:
        if not item.query.aside:
            scores = f"{item.scores.ndcg:.3f} {item.scores.recall:.3f}"
            yield f"{item.query.id} {scores} {item.query.text}"
