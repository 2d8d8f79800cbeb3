"""Rights of one process, by files on SQLite and by the database on PostgreSQL."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from search.engines.locks import FileLocks, Locks, PostgresqlLocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def locks(tmp_path: Path) -> Locks:
    """Return the locks that belong to the database of this run."""
    if connection.vendor == "postgresql":
        return PostgresqlLocks(tmp_path.name)
    return FileLocks(tmp_path)


def test_one_holds_a_right_at_a_time(locks):
    with locks.holding("a", 0) as first, locks.holding("a", 0.05) as second:
        assert (first, second) == (True, False)
    with locks.holding("a", 0) as third:
        assert third


def test_rights_of_other_names_are_free(locks):
    with locks.holding("a", 0) as first, locks.holding("b", 0) as second:
        assert (first, second) == (True, True)


def test_a_right_ends_when_its_work_fails(locks):
    with pytest.raises(RuntimeError), locks.holding("a", 0):
        raise RuntimeError

    with locks.holding("a", 0) as held:
        assert held


def test_a_right_ends_with_the_process_that_held_it(locks):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with locks.holding("a", 0) as held:
            os.write(writing, b"held" if held else b"not!")
            time.sleep(60)
        os._exit(0)
    said = os.read(reading, 4)

    with locks.holding("a", 0) as before:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with locks.holding("a", 5) as after:
        assert (said, before, after) == (b"held", False, True)
