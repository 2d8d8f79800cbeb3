"""Webhooks arrive whatever the receiver does and whenever the worker is killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
EVENTS = int(os.environ.get("TEST_EVENTS", "60"))
"""``make test-webhooks`` asks for a thousand."""
SECONDS_AN_EVENT = 2


# The database of the tests is made for tests that say they need one.
@pytest.mark.django_db
def test_each_event_arrives_in_its_turn_whatever_fails(tmp_path, migrated_database_file):
    shutil.copy(migrated_database_file, tmp_path / "lessenbank.sqlite3")

    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.webhook_worker", str(EVENTS), "11"],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
            "LESSENBANK_DATA": str(tmp_path),
            "LESSENBANK_LOG_LEVEL": "ERROR",
            "LESSENBANK_WEBHOOK_ALLOW_PRIVATE": "true",
        },
        capture_output=True,
        text=True,
        timeout=60 + SECONDS_AN_EVENT * EVENTS,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr[-20_000:]
    found = json.loads(ran.stdout.splitlines()[-1])
    sys.stdout.write(f"{found}\n")
    assert found["lost"] == []
    assert found["out of turn"] == []
    assert found["unsigned"] == 0
    assert found["events"] == EVENTS
    assert found["arrived"] == EVENTS * found["webhooks"]
    # A duplicate is known by its id, and nothing else has it.
    assert found["ids"] == found["arrived"]
    # Without faults and kills this would prove nothing.
    assert found["faults"] > EVENTS // 4
    assert found["kills"] >= 3
    assert found["duplicates"] > 0
