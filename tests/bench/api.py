"""Measuring the API at one number of lessons, and the plain reference beside it."""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench import questions, servers
from tests.bench.http_load import Load, measure, question
from tests.bench.servers import Server

CONNECTIONS = 8
CROWD = 200
TURNS = 3
WARM_UP_SECONDS = 1.0
WARM_UP_ANSWERS = 3 * CONNECTIONS
EXPECTED = {200, 304, 429}


@dataclass(frozen=True)
class Row:
    """One question under load."""

    name: str
    load: Load
    cpu: float
    """Milliseconds of processor time of the server for an answer, of all its processes."""
    memory: float
    """MB of the server afterwards."""


@dataclass(frozen=True)
class Bench:
    """All that was measured at one number of lessons."""

    lessons: int
    rows: dict[str, Row]
    plain: dict[str, Row]
    crowd: Row | None
    limited_crowd: Row | None


def bench(size: int, environment: dict[str, str], seconds: float, crowd: float) -> Bench:
    """Measure Lessenbank, then the reference, with nothing else between."""
    unlimited = {**environment, "LESSENBANK_API_ANONYMOUS_PER_MINUTE": "0"}
    with servers.lessenbank(unlimited) as server:
        slug, uuid, titles = _a_lesson(server)
        mine = _asked_of_lessenbank(uuid, server.port)
        mine["list, known (304)"] = [_known_list(server)]
        rows = _rows(server, mine, seconds)
        crowded = _row("crowd", server, _mixed(mine), crowd, CROWD) if crowd else None
    limited = None
    if crowd:
        with servers.lessenbank(environment) as server:
            again = _mixed(_asked_of_lessenbank(uuid, server.port))
            limited = _row("limited", server, again, crowd / 2, CROWD)
    with servers.plain_grapple(environment) as server:
        theirs = _asked_of_plain(slug, server.port)
        _check_same_lessons(server, slug, titles)
        plain = _rows(server, theirs, seconds)
    return Bench(size, rows, plain, crowded, limited)


def _asked_of_lessenbank(uuid: str, port: int) -> dict[str, list[bytes]]:
    searches = [questions.SEARCH % words for words in questions.WORDS]
    marked = [questions.MARKED_SEARCH % words for words in questions.WORDS]
    return {
        "list": [questions.posted(questions.LIST, port)],
        "list, kept": [questions.got(questions.LIST, port)],
        "search with facets": [questions.posted(text, port) for text in searches],
        "search with facets and highlights": [questions.posted(text, port) for text in marked],
        "search with facets, kept": [questions.got(text, port) for text in searches],
        "detail": [questions.posted(questions.DETAIL % uuid, port)],
        "feed, kept": [question("GET", "/feeds/alle-lessen.json", port=port)],
        "suggestions": [
            question("GET", f"/zoeken/suggesties/?q={word[:4]}", port=port)
            for word in questions.WORDS
        ],
    }


def _asked_of_plain(slug: str, port: int) -> dict[str, list[bytes]]:
    return {
        "list": [questions.posted(questions.PLAIN_LIST, port)],
        "detail": [questions.posted(questions.PLAIN_DETAIL % slug, port)],
    }


def _mixed(asked: dict[str, list[bytes]]) -> list[bytes]:
    return [request for requests in asked.values() for request in requests]


def _rows(server: Server, asked: dict[str, list[bytes]], seconds: float) -> dict[str, Row]:
    """Measure every question, in turns: the machine is not as fast at every moment."""
    rows: dict[str, Row] = {}
    for _turn in range(TURNS):
        for name, requests in asked.items():
            row = _row(name, server, requests, seconds / TURNS)
            rows[name] = _together(rows[name], row) if name in rows else row
    return rows


def _together(earlier: Row, later: Row) -> Row:
    load = earlier.load + later.load
    answers = len(earlier.load.times), len(later.load.times)
    cpu = (earlier.cpu * answers[0] + later.cpu * answers[1]) / max(sum(answers), 1)
    return Row(later.name, load, cpu, later.memory)


def _row(
    name: str,
    server: Server,
    asked: Sequence[bytes],
    seconds: float,
    connections: int = CONNECTIONS,
) -> Row:
    sys.stderr.write(f"  {name} ...\n")
    _warm_up(name, server, asked)
    before = server.cpu_seconds()
    load = measure(server.port, asked, connections=connections, seconds=seconds)
    cpu = (server.cpu_seconds() - before) * 1000 / max(len(load.times), 1)
    return Row(name, load, cpu, server.memory())


def _warm_up(name: str, server: Server, asked: Sequence[bytes]) -> None:
    """Ask until every worker has answered: the first answer of each loads what it needs."""
    answered, seconds = 0, WARM_UP_SECONDS
    while answered < WARM_UP_ANSWERS:
        load = measure(server.port, asked, connections=CONNECTIONS, seconds=seconds)
        answered += len(load.times)
        # One who takes longer for an answer than this lasted is given more time.
        seconds *= 2
        if load.statuses.keys() - EXPECTED:
            raise RuntimeError(f"A question of '{name}' is not answered: {load.statuses}")


def _a_lesson(server: Server) -> tuple[str, str, list[str]]:
    nodes = _answer(server, "{ lessons(first: 20, orderBy: NEWEST) { nodes { slug uuid title } } }")
    lessons = nodes["lessons"]["nodes"]
    return lessons[0]["slug"], lessons[0]["uuid"], [node["title"] for node in lessons]


def _known_list(server: Server) -> bytes:
    """Return the question for the list by somebody who has its answer."""
    address = questions.address_of(questions.LIST)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", address)
    etag = connection.getresponse().headers["ETag"]
    return question("GET", address, port=server.port, headers=[f"If-None-Match: {etag}"])


def _check_same_lessons(server: Server, slug: str, titles: list[str]) -> None:
    """A ratio says something only when both answer with the same lessons."""
    pages = _answer(server, questions.PLAIN_LIST)["pages"]
    page = _answer(server, questions.PLAIN_DETAIL % slug)["page"]
    if [page["title"] for page in pages] != titles or page["title"] != titles[0]:
        raise RuntimeError("The reference does not answer what Lessenbank answers.")


def _answer(server: Server, text: str) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request(
        "POST", "/graphql/", json.dumps({"query": text}), {"Content-Type": "application/json"}
    )
    answer = json.loads(connection.getresponse().read())
    if "errors" in answer:
        raise RuntimeError(str(answer["errors"]))
    data: dict[str, Any] = answer["data"]
    return data
