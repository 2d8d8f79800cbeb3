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


def test_a_chore_that_waits_for_others_goes_on_beside_the_rest(monkeypatch, stopped):
    done, others_went_on = [], threading.Event()

    def note(command, **_options):
        done.append((command, threading.current_thread() is threading.main_thread()))
        if command == "slow":
            others_went_on.wait(10)
            stopped.set()
        elif len(done) == 4:
            others_went_on.set()

    monkeypatch.setattr(worker, "call_command", note)

    work_until(stopped, (Chore("slow", every=60, is_beside=True), Chore("often", every=0.01)))

    assert done.count(("slow", False)) == 1
    assert done.count(("often", True)) >= 3
    assert set(done) == {("slow", False), ("often", True)}
    assert threading.active_count() == 1 or "slow" not in {
        thread.name for thread in threading.enumerate()
    }


def test_with_nothing_to_do_in_its_own_thread_the_worker_still_stops(monkeypatch, stopped):
    monkeypatch.setattr(worker, "call_command", lambda *_args, **_options: stopped.set())

    work_until(stopped, (Chore("beside", every=60, is_beside=True),))

    assert stopped.is_set()


def test_a_chore_waits_for_its_turn(monkeypatch, stopped):
    done = []

    def note(command, **_options):
        done.append(command)
        if done.count("often") == 3:
            stopped.set()

    monkeypatch.setattr(worker, "call_command", note)

    work_until(stopped, (Chore("seldom", every=60), Chore("often", every=0.01)))

    assert done == ["seldom", "often", "often", "often"]
