from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.translating.catalogue import bring_up_to_date, garbled, read_catalogue, untranslated
from cms.translating.messages import Message, messages_in
from cms.translating.packages import texts_without_dutch

PACKAGES = ("cms", "lessons", "search", "frontend_api")
DOMAINS = ("django", "djangojs")


class Command(BaseCommand):
    """Fail when a text that editors can see has no Dutch, ours or that of a package."""

    help = "Controleert of elke tekst uit code en sjablonen in de catalogus een vertaling heeft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="Zet nieuwe teksten in de catalogus en haal vervallen teksten eruit.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        number = faults = 0
        for domain in DOMAINS:
            path = settings.LOCALE_PATHS[0] / "nl" / "LC_MESSAGES" / f"{domain}.po"
            messages = _texts_to_translate(domain)
            catalogue = read_catalogue(path)
            if options["write"] and (messages or path.exists()):
                bring_up_to_date(messages, catalogue, path)
            number += len(messages)
            faults += self._report(messages, catalogue)
        if faults:
            raise CommandError(f"{faults} van {number} teksten zonder bruikbare vertaling.")
        self.stdout.write(f"Alle {number} teksten zijn vertaald.")

    def _report(self, messages: dict[Message, str], catalogue: Catalog) -> int:
        missing, wrong = untranslated(messages, catalogue), garbled(messages, catalogue)
        for message in missing:
            self.stderr.write(f"{messages[message]}: {message.text!r} heeft geen vertaling")
        for message in wrong:
            self.stderr.write(
                f"{messages[message]}: de vertaling van {message.text!r} heeft andere invulplaatsen"
            )
        return len(missing) + len(wrong)


def _texts_to_translate(domain: str) -> dict[Message, str]:
    locale_dirs = [
        Path(django.__file__).parent / "conf" / "locale",
        *(Path(app.path) / "locale" for app in apps.get_app_configs()),
    ]
    messages = texts_without_dutch(locale_dirs, domain)
    if domain == "django":
        messages |= messages_in([settings.BASE_DIR / package for package in PACKAGES])
    return messages
