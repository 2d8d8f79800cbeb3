import threading

import pytest
from django.core.management import get_commands

from cms.running import worker
from cms.running.worker import CHORES, Chore, work_until

# A chore begins and ends with a look at the connections.
pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped():
    return threading.Event()


def test_every_chore_is_a_command_that_exists():
    assert {chore.command for chore in CHORES} <= set(get_commands())


def test_chores_run_in_order_until_the_worker_is_stopped(monkeypatch, stopped):
    done = []

    def note(command, **_options):
        done.append(command)
        if len(done) == 4:
            stopped.set()

    monkeypatch.setattr(worker, "call_command", note)

    work_until(stopped, (Chore("first", every=0.01), Chore("second", every=0.01)))

    assert done == ["first", "second", "first", "second"]


def test_a_chore_that_fails_is_tried_again_and_keeps_no_other_from_running(monkeypatch, stopped):
    done = []

    def note(command, **_options):
        done.append(command)
        if done.count("second") == 2:
            stopped.set()
        if command == "first":
            raise RuntimeError("the database is locked")

    monkeypatch.setattr(worker, "call_command", note)

    work_until(stopped, (Chore("first", every=0.01), Chore("second", every=0.01)))

    assert done == ["first", "second", "first", "second"]


def test_a_chore_waits_for_its_turn(monkeypatch, stopped):
    done = []

    def note(command, **_options):
        done.append(command)
        if done.count("often") == 3:
            stopped.set()

    monkeypatch.setattr(worker, "call_command", note)

    work_until(stopped, (Chore("seldom", every=60), Chore("often", every=0.01)))

    assert done == ["seldom", "often", "often", "often"]
