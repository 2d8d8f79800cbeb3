"""A real Elasticsearch for the tests that need one, by the command a developer uses."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

import pytest

from search.engines.contract import Engine
from search.engines.locks import FileLocks

ADDRESS_VARIABLE = "LESSENBANK_TEST_ELASTICSEARCH"
COMMAND = Path(__file__).parents[1] / "deploy" / "elasticsearch" / "node.py"
# Three nodes take three ports, and three more a hundred higher.
PORT_DISTANCES = (0, 1, 2, 100, 101, 102)
# Twice as quick to start; what is measured here is behaviour, not speed.
QUICK = ("--quick", "--heap", "256m")


def node_command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``deploy/elasticsearch/node.py`` and return how it ended and what it said."""
    return subprocess.run(
        [sys.executable, COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def require_elasticsearch() -> None:
    """Skip the test at a desk where the server cannot be had; fail it in CI."""
    result = node_command("fetch")
    if result.returncode != 0:
        reason = result.stderr.strip().splitlines()[-1]
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def running_cluster(*options: object) -> Iterator[tuple[int, list[str]]]:
    """Start a cluster of its own on free ports; yield its port and the addresses of its nodes.

    It is stopped and removed afterwards, whatever happened.
    """
    with claimed_port() as port:
        try:
            started = node_command("start", "--port", port, *QUICK, *options)
            assert started.returncode == 0, started.stderr
            yield port, started.stdout.split()
        finally:
            node_command("stop", "--port", port, "--remove")


@contextmanager
def engine_on(address: str, folder: Path) -> Iterator[Engine]:
    """Yield an engine without an index, of which nothing is left afterwards."""
    # The client takes a second to load; the tests without it need not wait.
    from search.engines.elasticsearch.engine import ElasticsearchEngine
    from search.engines.elasticsearch.server import Access

    prefix = f"test-{uuid.uuid4().hex}"
    yield ElasticsearchEngine(Access((address,), prefix=prefix, seconds=30), FileLocks(folder))
    remove_indices(address, prefix)


def remove_indices(address: str, prefix: str) -> None:
    """Remove every index of an installation."""
    from search.engines.elasticsearch.server import Access, Server

    with Server(Access((address,))).asked(60) as client:
        names = client.indices.get(index=f"{prefix}-*", expand_wildcards="all").body
        if names:
            client.indices.delete(index=",".join(names))


@contextmanager
def claimed_port() -> Iterator[int]:
    """Yield a port from which a cluster fits, and that no other test run takes meanwhile."""
    for port in range(19_200, 32_000, 10):
        with (Path(tempfile.gettempdir()) / f"lessenbank-{os.getuid()}-port-{port}").open(
            "a"
        ) as claim:
            if _is_claimed(claim) and _are_free(port):
                yield port
                return
    pytest.fail("No free ports from 19200 to 32000.")


def _is_claimed(claim: TextIO) -> bool:
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _are_free(first: int) -> bool:
    with ExitStack() as stack:
        for distance in PORT_DISTANCES:
            probe = stack.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", first + distance))
            except OSError:
                return False
    return True
