"""``make test``: everything, on SQLite, on PostgreSQL or on both, and search on Elasticsearch.

The first two go on at once: the first, browser included, waits for browsers and servers
often enough. Elasticsearch is made ready meanwhile.

At a desk it names in one line what it had to leave out and how to get it. With CI=true
everything is required: what is missing makes the run fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import elasticsearch_node
import postgresql

# The shell is the same browser without windows, which saves a second for every test.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# File by file, so that what a file prepares is prepared once; in the order of conftest.py.
PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
# Transactions, locks, the gate and the outbox: on SQLite and on PostgreSQL.
ON_BOTH = (
    "tests/lessons/test_selectors.py",
    "tests/search/changes/test_recording.py",
    "tests/search/engines/test_locks.py",
    "tests/search/test_indexing.py",
    "tests/search/test_service.py",
    "tests/frontend_api/clients/test_limiting.py",
    "tests/frontend_api/webhooks/test_delivering.py",
)
# Queries that PostgreSQL may take otherwise, and that other tests ask SQLite often enough.
# Where there is no PostgreSQL these run on SQLite, as all do.
ON_POSTGRESQL = (
    "tests/contract",
    "tests/lessons/gaps/test_mapping.py",
    "tests/lessons/test_completeness.py",
    "tests/lessons/test_withdrawing.py",
    "tests/search/changes/test_mirror.py",
    "tests/search/changes/test_reading.py",
    "tests/search/feeds",
    "tests/search/test_signal_handlers.py",
    "tests/frontend_api/clients/test_middleware.py",
    "tests/frontend_api/graphql/test_lessons.py",
    "tests/frontend_api/webhooks/test_outcomes.py",
    "tests/frontend_api/webhooks/test_planning.py",
)
# The engine and the service; ``make test-elasticsearch`` also tests the command of the node.
ON_ELASTICSEARCH = (
    "tests/search/engines",
    "tests/search/feeds/test_matching.py",
    "tests/search/test_service.py",
)
PYTEST = (sys.executable, "-m", "pytest")
REQUIRED = bool(os.environ.get("CI"))


def main() -> int:
    """Run all three; return a non-zero code when one of them fails."""
    # Dozens of processes load the same modules; each would compile them anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    left_out = []
    if not has_chromium() and not (apt_get("chromium-headless-shell") and has_chromium()):
        left_out.append(
            "browsertests: Chromium ontbreekt (apt-get install chromium-headless-shell)"
        )
    programs = postgresql.programs()
    if programs is None and apt_get("postgresql"):
        programs = postgresql.programs()
    everything = ("-m", "not elasticsearch", *PARALLEL, *sys.argv[1:])
    with elasticsearch_node.starting(apt_get) as elasticsearch:
        if programs is None:
            left_out.append("PostgreSQL: de server ontbreekt (apt-get install postgresql)")
            code = pytest(*everything)
        else:
            with on_postgresql(programs) as rest:
                code = pytest(*everything, *(f"--ignore={path}" for path in ON_POSTGRESQL))
                print("\nOp PostgreSQL:", flush=True)
                code = rest() or code
        try:
            code = on_elasticsearch(elasticsearch()) or code
        except elasticsearch_node.Missing as reason:
            left_out.append(f"Elasticsearch: {reason}")
    for line in left_out:
        print(f"Overgeslagen: {line}", file=sys.stderr)
    return code or int(bool(left_out) and REQUIRED)


def pytest(*arguments: str) -> int:
    """Run pytest with the project's own Python; return its exit code."""
    return subprocess.run([*PYTEST, *arguments], check=False).returncode


@contextmanager
def on_postgresql(programs: Path) -> Iterator[Callable[[], int]]:
    """Run the files of PostgreSQL meanwhile; the value waits, shows what came, returns the code."""
    with (
        postgresql.running(programs) as address,
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(
            [*PYTEST, "-m", "not elasticsearch", *ON_BOTH, *ON_POSTGRESQL],
            env={**os.environ, "LESSENBANK_DATABASE_URL": address},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):

        def rest() -> int:
            code = process.wait()
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout)
            return code

        try:
            yield rest
        finally:
            process.terminate()


def on_elasticsearch(address: str) -> int:
    """Run the tests of Elasticsearch on a node that answers; return the exit code."""
    print("\nEn op Elasticsearch:", flush=True)
    os.environ["LESSENBANK_TEST_ELASTICSEARCH"] = address
    return pytest("-m", "elasticsearch", *PARALLEL, *ON_ELASTICSEARCH)


def has_chromium() -> bool:
    """Return whether a Chromium that the tests know is installed."""
    return any(map(shutil.which, CHROMIUM_NAMES))


def apt_get(package: str) -> bool:
    """Install a Debian package where that is possible; return whether it was."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"{package} installeren ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ("update", "-q"),
        ("install", "-q", "-y", "--no-install-recommends", package),
    ):
        done = subprocess.run(
            ["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
