from typing import Any

from django.core.management.base import BaseCommand

from cms.settings.documentation import PATH, settings_page


class Command(BaseCommand):
    """Write docs/settings.md from the table of environment variables."""

    help = "Schrijft docs/settings.md uit cms/settings/environment.py."

    def handle(self, *_args: Any, **_options: Any) -> None:
        PATH.write_text(settings_page())
        self.stdout.write(f"{PATH.name} geschreven")
