from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.translating.compiling import compile_catalogues


class Command(BaseCommand):
    """Compile the Dutch catalogues without the gettext programs."""

    help = "Maakt van elke .po in cms/locale de .mo die Django leest."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for path in compile_catalogues():
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} gemaakt")
