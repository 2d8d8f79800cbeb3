"""Servers that are not what they should be, on a port of their own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PRODUCT = "X-Elastic-Product: Elasticsearch\r\n"


def http(
    status: str, body: str, *, headers: str = PRODUCT, kind: str = "application/json"
) -> bytes:
    """Return an answer over HTTP that ends the connection."""
    content = body.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n"
        f"Connection: close\r\n{headers}\r\n"
    )
    return head.encode() + content


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Give the address of a server that says the same to everyone, whatever is asked."""

    def say(client: socket.socket) -> None:
        with client, suppress(OSError):
            client.recv(65536)
            client.sendall(answer)
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass

    with _serving(say) as address:
        yield address


@contextmanager
def silent() -> Iterator[str]:
    """Give the address of a server that takes every question and answers none."""
    held: list[socket.socket] = []
    with _serving(held.append) as address:
        yield address
    for client in held:
        client.close()


@contextmanager
def nobody() -> Iterator[str]:
    """Give an address where nothing listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{closed.getsockname()[1]}"


@contextmanager
def _serving(serve: Callable[[socket.socket], object]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _address = server.accept()
                    threading.Thread(target=serve, args=[client], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
