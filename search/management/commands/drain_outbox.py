"""Carry out the changes that wait for the index."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from search import service


class Command(BaseCommand):
    """Drain once, or again and again as a worker."""

    help = "Verwerkt de wijzigingen die op de zoekindex wachten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--watch``."""
        parser.add_argument(
            "--watch",
            type=_seconds,
            metavar="SECONDEN",
            help="Blijf draaien en kijk telkens na zoveel seconden.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain, and tell what was done when there was anything to do."""
        is_silent = options["verbosity"] == 0
        pause = options["watch"]
        while True:
            done = service.drain()
            if not is_silent and (done or pause is None):
                self.stdout.write(f"{done} verwerkt, {service.pending()} in de wacht.")
                self.stdout.flush()
            if pause is None:
                return
            close_old_connections()
            time.sleep(pause)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0.1 <= seconds <= 3600:
        raise ValueError(text)
    return seconds
