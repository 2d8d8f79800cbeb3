"""A process that is killed at any instant of publishing, indexing or rebuilding loses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("TEST_KILLS", "7"))
"""``make test-faults`` asks for very many more."""
SECONDS_A_KILL = 30


def run(program: str, *arguments: str, data: Path) -> None:
    """Run a program of this folder; what it finds lost is the failure's text."""
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{program}", *arguments],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
            "LESSENBANK_DATA": str(data),
            "LESSENBANK_LOG_LEVEL": "ERROR",
        },
        capture_output=True,
        text=True,
        timeout=SECONDS_A_KILL * KILLS,
        check=False,
    )
    lost = [line for line in ran.stdout.splitlines() if "LOST" in line]
    assert ran.returncode == 0, f"{lost}\n{ran.stderr[-40_000:]}"


# The database of the tests is made for tests that say they need one.
@pytest.mark.django_db
def test_nothing_that_was_published_is_lost_by_kills(tmp_path, migrated_database_file):
    # Migrating takes longer than all kills; it is tried by tests of its own.
    shutil.copy(migrated_database_file, tmp_path / "lessenbank.sqlite3")

    run("victim", str(KILLS), "7", data=tmp_path)


def test_the_index_survives_kills_of_its_writer(tmp_path):
    run("writer", str(tmp_path / "index"), str(2 * KILLS), "5", data=tmp_path)
