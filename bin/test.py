"""``make test``: everything on SQLite, browser included, then the database on PostgreSQL.

At a desk it names in one line what it had to leave out and how to get it. With CI=true
everything is required: what is missing makes the run fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import postgresql

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# File by file, so that what a file prepares is prepared once; in the order of conftest.py.
PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
# What depends on the database: queries, transactions, the gate and the outbox.
ON_POSTGRESQL = (
    "tests/contract",
    "tests/lessons/test_completeness.py",
    "tests/lessons/test_selectors.py",
    "tests/lessons/test_withdrawing.py",
    "tests/search/test_indexing.py",
    "tests/search/test_service.py",
    "tests/search/test_signal_handlers.py",
    "tests/frontend_api/graphql/test_lesson_lists.py",
    "tests/frontend_api/graphql/test_lessons.py",
)
REQUIRED = bool(os.environ.get("CI"))


def main() -> int:
    """Run the suite twice; return a non-zero code when either run fails."""
    left_out = []
    if not has_chromium() and not (apt_get("chromium") and has_chromium()):
        left_out.append("browsertests: Chromium ontbreekt (apt-get install chromium)")
    code = pytest("-m", "not elasticsearch", *sys.argv[1:])
    programs = postgresql.programs()
    if programs is None and apt_get("postgresql"):
        programs = postgresql.programs()
    if programs is None:
        left_out.append("PostgreSQL: de server ontbreekt (apt-get install postgresql)")
    else:
        with postgresql.running(programs) as address:
            print("\nNog eens op PostgreSQL:", flush=True)
            code = pytest(
                *ON_POSTGRESQL, environment={"LESSENBANK_DATABASE_URL": address}
            ) or code  # fmt: skip
    for line in left_out:
        print(f"Overgeslagen: {line}", file=sys.stderr)
    return code or int(bool(left_out) and REQUIRED)


def pytest(*arguments: str, environment: dict[str, str] | None = None) -> int:
    """Run pytest with the project's own Python; return its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *PARALLEL, *arguments],
        env={**os.environ, **(environment or {})},
        check=False,
    ).returncode


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
