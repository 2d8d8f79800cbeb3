"""The web server: granian, with the project's WSGI application."""

from __future__ import annotations

import http.client
import sys

# Measured on two cores with SQLite, see docs/decisions/0004-granian.md.
WORKERS = 2
THREADS = 4


def command(address: str, port: int) -> tuple[str, ...]:
    """Return the command that serves the site on this address and port."""
    return (
        *(sys.executable, "-m", "granian", "cms.wsgi:application"),
        *("--interface", "wsgi", "--host", address, "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--workers-kill-timeout", "10", "--log-level", "warning", "--no-ws"),
    )


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
