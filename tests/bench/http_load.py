"""A load over real HTTP: some connections that each ask again as soon as they are answered.

One thread serves them all, so that the load takes as little as can be of the processor that
it shares with what it measures.
"""

from __future__ import annotations

import itertools
import selectors
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass(frozen=True)
class Load:
    """What a load was answered."""

    seconds: float
    times: tuple[float, ...]
    """Milliseconds from each question to the last byte of its answer."""
    statuses: Counter[int]
    without_retry_after: int
    """Answers of 429 that do not say when to come back."""

    def __add__(self, other: Load) -> Load:
        """Return both together, as one that took the seconds of both."""
        return Load(
            self.seconds + other.seconds,
            self.times + other.times,
            self.statuses + other.statuses,
            self.without_retry_after + other.without_retry_after,
        )

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return len(self.times) / self.seconds

    @property
    def median(self) -> float:
        """Milliseconds that half of the answers took."""
        return median(self.times)

    def percentile(self, number: int) -> float:
        """Milliseconds within which this many of a hundred answers came."""
        return quantiles(self.times, n=100, method="inclusive")[number - 1]


_LAST_CHUNK = b"0\r\n\r\n"


@dataclass
class _Connection:
    socket: socket.socket
    question: bytes = b""
    asked_at: float = 0.0
    answer: bytearray = field(default_factory=bytearray)
    needed: int | None = None
    is_chunked: bool = False


def question(
    method: str, path: str, body: bytes = b"", *, port: int, headers: Sequence[str] = ()
) -> bytes:
    """Return a request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def measure(port: int, questions: Sequence[bytes], *, connections: int, seconds: float) -> Load:
    """Ask the questions in turn for some seconds, over connections that stay open."""
    turns = itertools.cycle(questions)
    selector = selectors.DefaultSelector()
    times: list[float] = []
    statuses: Counter[int] = Counter()
    without_retry_after = 0

    def ask(connection: _Connection, *, again: bool = False) -> None:
        if not again:
            connection.question = next(turns)
        connection.answer.clear()
        connection.needed = None
        connection.asked_at = time.perf_counter()
        connection.socket.sendall(connection.question)

    for _number in range(connections):
        connection = _Connection(_opened(port))
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        ask(connection)
    started = time.perf_counter()
    end = started + seconds
    while (now := time.perf_counter()) < end:
        for key, _events in selector.select(timeout=end - now):
            connection = key.data
            part = connection.socket.recv(1 << 18)
            if not part:
                # The server may end a connection that was used long enough.
                selector.unregister(connection.socket)
                connection.socket.close()
                connection.socket = _opened(port)
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                ask(connection, again=True)
                continue
            connection.answer += part
            if not _is_complete(connection):
                continue
            times.append((time.perf_counter() - connection.asked_at) * 1000)
            status = int(connection.answer[9:12])
            statuses[status] += 1
            is_bare = status == 429 and b"retry-after:" not in bytes(connection.answer).lower()
            without_retry_after += is_bare
            ask(connection)
    took = time.perf_counter() - started
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    selector.close()
    return Load(took, tuple(times), statuses, without_retry_after)


def _opened(port: int) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=60)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def _is_complete(connection: _Connection) -> bool:
    if connection.needed is None:
        end = connection.answer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(connection.answer[:end]).lower()
        connection.is_chunked = b"transfer-encoding: chunked" in head
        connection.needed = end + 4 + _length(head)
    if connection.is_chunked:
        return connection.answer.endswith(_LAST_CHUNK)
    return len(connection.answer) >= connection.needed


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    # 304 and 204 have no body, and one in chunks has an end of its own.
    return 0
