"""Bring roles and workflow in step with the code; safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lessons.editing.roles import set_up_roles
from lessons.editing.workflow import set_up_workflow


class Command(BaseCommand):
    """Makes the groups, their rights and the moderation workflow; repeats nothing."""

    help = "Maakt de rollen en de werkstroom van de redactie, en houdt ze gelijk met de code."

    def handle(self, *args: Any, **options: Any) -> None:
        """Change what is out of step, and say what."""
        done = set_up_roles() + set_up_workflow()
        for line in done or ["Rollen en werkstroom waren al in orde."]:
            self.stdout.write(line)
