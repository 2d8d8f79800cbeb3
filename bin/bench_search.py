"""``make bench-search``: how fast the search is at 1,000, 10,000 and 100,000 generated lessons.

Each number has a data folder of its own under ``var/bench`` that is kept for the next
time. With ``--write`` the table goes into ``docs/search-performance.md``; ``--sizes 1000``
measures fewer. A bar that is missed makes the run fail.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import django

PROJECT = Path(__file__).resolve().parents[1]
PAGE = Path("docs/search-performance.md")
SIZES = (1_000, 10_000, 100_000)
PREPARATION = (
    ("migrate", "--verbosity=0"),
    ("load_geography",),
    ("load_content",),
    ("load_synonyms",),
)


def main() -> int:
    """Prepare what is not there yet, measure, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--data", type=Path, default=PROJECT / "var" / "bench")
    options = parser.parse_args()
    measured = [_measured(options.data / str(size), size) for size in options.sizes]
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.desk")
    django.setup()
    # Models can be imported from here on only.
    from search.benching import Bench, machine
    from search.performance_page import missed_bars, performance_page, table

    benches = [Bench(**numbers) for numbers in measured]
    print("\n".join(table(benches)))
    if options.write:
        page = performance_page(benches, machine())
        (PROJECT / PAGE).write_text(page, encoding="utf-8")
        print(f"Geschreven: {PAGE}.")
    for missed in missed_bars(benches):
        print(f"Niet gehaald: {missed}")
    return int(any(missed_bars(benches)))


def _measured(data: Path, size: int) -> dict[str, Any]:
    prepared = data / f"prepared-{size}"
    if not prepared.exists():
        for command in (*PREPARATION, ("generate_lessons", str(size))):
            _manage(data, *command)
        prepared.touch()
    _manage(data, "migrate", "--verbosity=0")
    print(f"{size:,} lessen meten ...", flush=True)
    answer = _manage(data, "bench_search", "--rebuild", "--json", output=True)
    numbers: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return numbers


def _manage(data: Path, *arguments: str, output: bool = False) -> str:
    data.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        [sys.executable, PROJECT / "manage.py", *arguments],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
            "LESSENBANK_DATA": str(data),
            "LESSENBANK_LOG_LEVEL": "WARNING",
        },
        stdout=subprocess.PIPE if output else None,
        text=True,
        check=True,
    )
    return ran.stdout or ""


if __name__ == "__main__":
    sys.exit(main())
