"""Planting once for many tests: what a module's tests all start from, rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any, TypeVar

from django.db import connection, models, transaction

RecordT = TypeVar("RecordT")


@contextmanager
def rolled_back(blocker: Any) -> Iterator[None]:
    """Keep what is planted within for the tests of a module, and roll it back after them.

    The tests run in savepoints of this transaction, so that none sees what another did.
    """
    with blocker.unblock():
        # Found out with a transaction of its own, so ask before this one begins.
        assert connection.features.supports_transactions
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def fresh(record: RecordT) -> RecordT:
    """Return the planted record with its objects read anew, as no other test has touched them."""
    values = {item.name: getattr(record, item.name) for item in fields(record)}
    read = {
        name: type(value)._default_manager.get(pk=value.pk)
        for name, value in values.items()
        if isinstance(value, models.Model)
    }
    return replace(record, **read)  # type: ignore[type-var]
