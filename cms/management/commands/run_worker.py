import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from cms.running.worker import work_until


class Command(BaseCommand):
    """Publish what is due and index what waits, until SIGTERM or Ctrl-C."""

    help = "Publiceert wat gepland staat en werkt de zoekindex bij, tot het wordt gestopt."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _signal, _frame: stopped.set())
        work_until(stopped)
