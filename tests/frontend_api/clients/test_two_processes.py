"""One limit, shared by two real processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from cms.settings.environment import PROJECT_DIR

LIMIT = 100
LEASE = 5


def test_two_processes_share_one_limit(migrated_database_file, tmp_path):
    shutil.copy(migrated_database_file, tmp_path / "lessenbank.sqlite3")

    done = subprocess.run(
        [sys.executable, "-m", "tests.frontend_api.clients.two_processes"],
        cwd=PROJECT_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
            "LESSENBANK_DATA": str(tmp_path),
            "LESSENBANK_LOG_LEVEL": "ERROR",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    first, second, written = map(int, done.stdout.split())
    # The bound of the module: of each process at most one lease more, or one that is not used.
    assert LIMIT - 2 * LEASE <= first + second <= LIMIT + 2 * LEASE
    assert min(first, second) >= LEASE
    assert written >= LIMIT
