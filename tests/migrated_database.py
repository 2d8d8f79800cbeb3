"""The migrated database of SQLite, made once and copied by every worker of every run.

It lives in pytest's cache and is made anew when a migration of the project or of a
package differs. Another database than SQLite migrates by itself.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation


def copy_when_possible(folder: Path) -> None:
    """Let the database of the tests be copied from this folder, or else be kept there."""
    if connection.vendor == "sqlite":
        connection.creation = CopiedDatabase(connection, folder)


def file(folder: Path) -> Path:
    """Return the migrated copy in this folder, once the database of the tests was made."""
    path = folder / f"{_fingerprint()}.sqlite3"
    assert path.exists(), "only the tests on SQLite keep a migrated copy"
    return path


class CopiedDatabase(DatabaseCreation):
    """Creates the test database in memory as Django does, from a migrated copy on disk."""

    def __init__(self, connection: Any, folder: Path) -> None:
        super().__init__(connection)
        self._folder = folder
        self._copy = folder / f"{_fingerprint()}.sqlite3"

    def create_test_db(self, *arguments: Any, **options: Any) -> str:
        """Create the database; whoever comes first migrates it, and the others wait."""
        with _alone(self._folder / "lock"):
            if not self._copy.exists():
                name = super().create_test_db(*arguments, **options)
                self._keep()
                return str(name)
            # A database in memory lives as long as something is connected to it.
            with closing(sqlite3.connect(self._get_test_db_name(), uri=True)) as memory:
                with closing(sqlite3.connect(self._copy)) as copy:
                    copy.backup(memory)
                return str(super().create_test_db(*arguments, **options))

    def _keep(self) -> None:
        draft = self._folder / "draft"
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as copy:
            self.connection.connection.backup(copy)
        for old in self._folder.glob("*.sqlite3"):
            old.unlink()
        os.replace(draft, self._copy)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(f"{config.label} {path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()
