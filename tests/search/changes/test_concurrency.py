"""The register is complete while several editors publish at once and one of them is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]


@pytest.mark.django_db
def test_a_mirror_misses_nothing_of_editors_in_other_processes(tmp_path, migrated_database_file):
    shutil.copy(migrated_database_file, tmp_path / "lessenbank.sqlite3")
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.changes.concurrent_editors"],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
            "LESSENBANK_DATA": str(tmp_path),
            "LESSENBANK_DATABASE_URL": "",
            "LESSENBANK_LOG_LEVEL": "CRITICAL",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    differing, lessons, seen, waiting = map(int, done.stdout.split())
    assert (differing, waiting) == (0, 0)
    assert lessons > 0
    assert seen > 10
