from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench.http_load import Load, measure, question


class Answering(BaseHTTPRequestHandler):
    """Answers with the status that the path names, and ends the connection where it says so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(int(self.path.strip("/")))
        if body == b"later":
            self.send_header("Retry-After", "1")
        if body == b"end":
            self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body) * 5_000))
        self.end_headers()
        self.wfile.write(body * 5_000)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind when the load goes away in the middle of an answer."""

    def handle_error(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = Server(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_answer_is_counted_with_its_status_and_whole(port: int) -> None:
    asked = [
        question("POST", f"/{status}/", body, port=port)
        for status, body in ((200, b"yes"), (429, b"later"), (429, b"never"), (500, b"end"))
    ]

    load = measure(port, asked, connections=2, seconds=0.4)

    assert load.statuses.keys() == {200, 429, 500}
    assert sum(load.statuses.values()) == len(load.times)
    # Half of the refusals do not say when to come back; one may be asked for more often than
    # the other, and two be under way at the end.
    assert abs(load.without_retry_after * 2 - load.statuses[429]) <= 3
    assert 0 < load.median <= load.percentile(99)
    assert load.per_second == pytest.approx(len(load.times) / load.seconds)


def test_two_loads_together_count_as_one_of_the_time_of_both():
    one = Load(1.0, (4.0, 6.0), Counter({200: 2}), 0)
    other = Load(3.0, (8.0, 2.0), Counter({200: 1, 429: 1}), 1)

    both = one + other

    assert both == Load(4.0, (4.0, 6.0, 8.0, 2.0), Counter({200: 3, 429: 1}), 1)
    assert both.per_second == 1.0
