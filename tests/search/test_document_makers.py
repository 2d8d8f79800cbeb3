"""Entries made by other processes: the same ones, and a fault instead of a gap."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connections, transaction

from search.document_makers import _handed_out, entries_of
from search.engines.contract import EngineError
from search.engines.elasticsearch.documents import to_source
from search.engines.embedded.schema import to_values
from search.helper_process import begin
from tests.factories import make_gemeente, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lesson_pks(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[int]]:
    """Return the keys of a few public lessons, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield [make_lesson(gemeenten=[make_gemeente()]).pk for _ in range(5)]
        transaction.set_rollback(True)


@contextmanager
def helpers(number: int) -> Iterator[tuple[list[Connection], int]]:
    """Give pipes to so many helpers and the first one's process.

    They begin as copies of this one, so that they see the database that it has in memory.
    """
    pairs = [Pipe() for _ in range(number)]
    connection = connections["default"]
    first = os.fork()
    if not first:
        try:
            # Where a browser was opened before, a copy would not find it by itself.
            connections["default"] = connection
            for ours, _theirs in pairs:
                ours.close()
            begin([theirs for _ours, theirs in pairs])
        finally:
            os._exit(0)
    for _ours, theirs in pairs:
        theirs.close()
    try:
        yield [ours for ours, _theirs in pairs], first
    finally:
        for ours, _theirs in pairs:
            ours.close()
        os.waitpid(first, 0)


def by_key(batches):
    return {pk: entry for entries in batches for pk, entry in entries}


def refuse(document):
    """Make no entry: a maker whose lesson cannot be made into one."""
    raise ValueError(f"kapot {document.pk > 0}")


def keyed_values(document):
    """Return the key and the entry of the embedded engine."""
    return document.pk, to_values(document)


@pytest.mark.parametrize("entry", [keyed_values, to_source])
def test_helpers_make_the_entries_that_are_made_here(lesson_pks, entry):
    batches = [[pk] for pk in lesson_pks]

    with helpers(2) as (pipes, _first):
        made = by_key(_handed_out(iter(batches), pipes, entry))

    assert made == by_key(entries_of(batches, entry))
    assert sorted(made) == lesson_pks


def test_a_helper_that_is_killed_ends_the_rebuild(lesson_pks):
    with helpers(1) as (pipes, first):
        os.kill(first, signal.SIGKILL)
        with pytest.raises(EngineError, match="ended before its work was done"):
            list(_handed_out(iter([lesson_pks]), pipes, to_source))


def test_a_helper_tells_what_went_wrong(lesson_pks):
    fault = pytest.raises(EngineError, match="failed: ValueError: kapot True")
    with helpers(1) as (pipes, _first), fault:
        list(_handed_out(iter([lesson_pks]), pipes, refuse))
