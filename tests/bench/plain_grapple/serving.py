"""Serves the reference by the same server, with as many workers and threads as Lessenbank."""

import os
import sys
from functools import cache
from typing import Any

from django.core.wsgi import get_wsgi_application
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from cms.running.server import THREADS, WORKERS


def application(environ: Any, start_response: Any) -> Any:
    """Answer one request; Django is set up by the first."""
    return _django()(environ, start_response)


@cache
def _django() -> Any:
    return get_wsgi_application()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.plain_grapple.settings"
    Granian(
        "tests.bench.plain_grapple.serving:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
