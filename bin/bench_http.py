"""How fast the API answers over HTTP, beside wagtail-grapple used plainly on the same data.

Each size gets a PostgreSQL of its own with that many generated lessons. Both are served by
the same server with as many workers, one after the other, and asked by the same load; the
ratios are what counts, for times differ from machine to machine. A bar that is missed
makes the run fail. ``--sizes 1000 10000 100000`` chooses, ``--write`` writes the page.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import postgresql

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tests.bench import api, page  # noqa: E402 - the project's folder comes first

SIZES = (1_000, 10_000)
PREPARATION = (
    ("migrate", "--verbosity=0"),
    ("load_geography",),
    ("load_content",),
    ("load_synonyms",),
    ("load_feeds",),
)


def main() -> int:
    """Prepare and measure each size; print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each question")
    parser.add_argument("--crowd", type=float, default=0.0, help="seconds with 200 clients")
    parser.add_argument("--write", action="store_true", help=f"write {page.PATH}")
    options = parser.parse_args()
    programs = postgresql.programs()
    if programs is None:
        print("PostgreSQL ontbreekt (apt-get install postgresql).", file=sys.stderr)
        return 1
    benches = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="lessenbank-bench-") as data:
            # WhiteNoise warns of a folder that is not there.
            (Path(data) / "static").mkdir()
            with postgresql.running(programs) as address:
                environment = _environment(data, address)
                _prepare(size, environment)
                bench = api.bench(size, environment, options.seconds, options.crowd)
        benches.append(bench)
        print("\n".join(page.tables(bench)), flush=True)
    if options.write:
        (PROJECT / page.PATH).write_text(page.text(benches), encoding="utf-8")
        print(f"Geschreven: {page.PATH}.")
    missed = [line for bench in benches for line in page.missed_bars(bench)]
    for line in missed:
        print(f"Niet gehaald: {line}")
    return int(bool(missed))


def _environment(data: str, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
        "LESSENBANK_DATA": data,
        "LESSENBANK_DATABASE_URL": address,
        "LESSENBANK_LOG_LEVEL": "ERROR",
    }


def _prepare(size: int, environment: dict[str, str]) -> None:
    print(f"{size:,} lessen klaarzetten ...", flush=True)
    for command in (
        *PREPARATION,
        ("generate_lessons", str(size), "--verbosity=0"),
        ("rebuild_search_index",),
    ):
        subprocess.run(
            [sys.executable, PROJECT / "manage.py", *command],
            cwd=PROJECT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    sys.exit(main())
