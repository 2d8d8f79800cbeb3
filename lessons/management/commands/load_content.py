"""Load the vocabularies, the pages of the site, the pilots and the lessons."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lessons.loading.console import Console, refusal
from lessons.loading.lesson_collection import read_collection
from lessons.loading.lesson_pages import load_lessons
from lessons.loading.pilots import load_pilots, read_pilots
from lessons.loading.problems import LoadingError
from lessons.loading.site import load_site, read_site
from lessons.loading.vocabularies import load_vocabularies, read_vocabularies


class Command(BaseCommand):
    """Creates what was never loaded. Each step is one transaction, so a rerun completes it."""

    help = (
        "Laadt begrippen, pagina's, pilots en lessen uit lessons/content. Wat er al is, blijft "
        "zoals redacteuren het maakten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="Maak wat er al is weer gelijk aan de bestanden. Wijzigingen van redacteuren in "
            "die begrippen en pagina's gaan verloren.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refresh: bool = options["refresh"]
        console = Console(self.stdout)
        try:
            console.step("Begrippen", load_vocabularies(read_vocabularies(), refresh=refresh))
            console.step("Pagina's", load_site(read_site(), refresh=refresh))
            console.step("Pilots", load_pilots(read_pilots(), refresh=refresh))
            lessons = load_lessons(
                read_collection(),
                refresh=refresh,
                progress=partial(console.progress, "lessen gepubliceerd"),
            )
            console.step("Lessen", lessons)
        except LoadingError as error:
            raise refusal(error) from error
