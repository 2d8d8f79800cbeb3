"""A receiver of webhooks on this machine that does what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The body as it is meant."""
        content: dict[str, Any] = json.loads(self.body)
        return content

    @property
    def lesson(self) -> str:
        """The lesson that the event is about."""
        return str(self.event["data"]["uuid"])

    @property
    def position(self) -> int:
        """The position of the event."""
        return int(self.event["data"]["position"])


Behaviour = Callable[[BaseHTTPRequestHandler, Received], None]


def answers(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Return the behaviour of a receiver that answers so."""

    def behave(handler: BaseHTTPRequestHandler, _received: Received) -> None:
        handler.send_response(status)
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def says(raw: bytes) -> Behaviour:
    """Return the behaviour of a receiver that writes these bytes, and no HTTP of its own."""

    def behave(handler: BaseHTTPRequestHandler, _received: Received) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    return behave


@dataclass
class Receiver:
    """What runs, and what it received."""

    url: str
    port: int
    behaviour: Behaviour = field(default_factory=lambda: answers(204))
    received: list[Received] = field(default_factory=list)


@contextmanager
def running_receiver(wrap: Callable[[Any], Any] = lambda socket: socket) -> Iterator[Receiver]:
    """Run a receiver on a port of its own; ``wrap`` puts TLS around its socket."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = Received(self.path, dict(self.headers), body)
            receiver.received.append(request)
            receiver.behaviour(self, request)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: Any) -> None:
            """Say nothing: a connection that is broken off is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    server.socket = wrap(server.socket)
    port = server.server_address[1]
    receiver = Receiver(f"http://127.0.0.1:{port}/haak", port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
