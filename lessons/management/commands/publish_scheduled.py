"""Wagtail's scheduler, which a lesson that is no longer complete does not stop."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from lessons.editing.scheduling import refuse_incomplete_lessons


class Command(WagtailCommand):
    """Publishes and expires what is due; takes incomplete lessons from the schedule first."""

    help = "Publiceert wat gepland staat; een les die niet compleet is, blijft achter."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due; name the lessons that are left behind."""
        if not options["dryrun"]:
            for title in refuse_incomplete_lessons():
                self.stderr.write(f"Niet gepubliceerd, want niet compleet: {title}")
        super().handle(*args, **options)
