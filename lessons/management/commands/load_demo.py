"""Load the demo log-ins and the made-up examples, and tell how to log in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lessons.editing.roles import set_up_roles
from lessons.editing.workflow import set_up_workflow
from lessons.loading.console import Console, refusal
from lessons.loading.demo import load_examples, load_users, log_ins
from lessons.loading.demo_files import DemoUser, read_demo
from lessons.loading.lesson_collection import read_publication
from lessons.loading.problems import LoadingError
from lessons.loading.publishing import Counts


class Command(BaseCommand):
    """Creates what was never made. For a desk, not for a public installation."""

    help = (
        "Maakt demo-accounts en verzonnen voorbeelden: concepten, een ingediende, een geplande, "
        "een ingetrokken en een vervangen les. Niet voor een openbare installatie."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--logins", action="store_true", help="Laad niets; zeg alleen hoe u kunt inloggen."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(self.stdout)
        try:
            demo = read_demo()
            if options["logins"]:
                self._tell_log_ins(demo.users)
                return
            roles = set_up_roles() + set_up_workflow()
            console.step("Rollen en werkstroom", Counts(changed=len(roles)))
            console.step("Demo-accounts", load_users(demo.users))
            console.step("Voorbeelden", load_examples(demo, read_publication()))
        except LoadingError as error:
            raise refusal(error) from error
        # To know that a password still holds takes as long as logging in.
        if options["verbosity"]:
            self._tell_log_ins(demo.users)

    def _tell_log_ins(self, users: tuple[DemoUser, ...]) -> None:
        self.stdout.write("Inloggen in het CMS (demo):")
        for log_in in log_ins(users):
            password = log_in.password or "(wachtwoord gewijzigd of account verwijderd)"
            self.stdout.write(f"  {log_in.username:<22}{password:<16}{log_in.role}")
