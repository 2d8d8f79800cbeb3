"""The web server: granian, with the project's WSGI application.

Run as a program it loads the project once and waits for a line on its standard input;
then it listens, with workers that are forks of what was loaded. So the project loads while
the database is prepared, once instead of once for each worker, and the workers share what
they only read.
"""

from __future__ import annotations

import gc
import http.client
import multiprocessing
import os
import sys

# Measured on two cores with SQLite, see docs/decisions/0004-granian.md.
WORKERS = 2
THREADS = 4
KILL_SECONDS = 10


def command(address: str, port: int) -> tuple[str, ...]:
    """Return the command that serves the site on this address and port when told to."""
    return (sys.executable, "-m", "cms.running.server", address, str(port))


def main(address: str, port: int) -> None:
    """Load the project, wait for the word, and serve until asked to stop."""
    _load()
    # Nothing comes when whoever would give the word is gone.
    if not sys.stdin.readline():
        return
    serve(address, port)


def _load() -> None:
    """Import what every request needs; nothing of this asks the database anything."""
    import django
    from django.urls import get_resolver

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.desk")
    django.setup()
    _ = get_resolver().url_patterns


def serve(address: str, port: int) -> None:
    """Serve until asked to stop."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from cms.static_files import StaticFilesStorage

    # Wagtail looks what static files there are when it is imported, and the application
    # when it is made; meanwhile they may have been collected.
    if isinstance(staticfiles_storage, StaticFilesStorage):
        staticfiles_storage.look_again()
    import cms.wsgi  # noqa: F401

    # A connection belongs to one process.
    connections.close_all()
    # What is loaded stays; left out of the collection it stays shared with the workers too.
    gc.freeze()
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    Granian(
        "cms.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        workers_kill_timeout=KILL_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def answers(address: str, port: int) -> bool:
    """Return whether the site answers a request; a fault of its own is no answer."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - compared
    connection = http.client.HTTPConnection(local, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
