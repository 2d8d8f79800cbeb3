"""Publishes, withdraws and rebuilds until it is killed; then proves that nothing was lost.

Run as a program by ``test_kills.py``, with a data folder of its own. Each victim is a fork
of this process, which itself never touches the index, so that it can be killed at any
instant; each proof is another fork.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial

import django

LESSONS = 6
LONGEST_LIFE = 1.2


def main(kills: int, seed: int) -> int:
    """Kill that many victims; return the number of times that something was lost."""
    chance = random.Random(seed)
    faults = 0
    for number in range(kills):
        victim = fork(partial(work, random.Random(number)))
        time.sleep(chance.uniform(0.02, LONGEST_LIFE))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        _pid, status = os.waitpid(fork(prove), 0)
        faults += status != 0
    return faults


def fork(task: Callable[[], None]) -> int:
    """Run a task in a child process; it exits with 1 when the task raises."""
    pid = os.fork()
    if pid:
        return pid
    try:
        task()
    except BaseException:  # noqa: BLE001 - a child must not go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def work(chance: random.Random) -> None:
    """Change lessons as editors do, and rebuild now and then."""
    from lessons.models import LessonPage
    from search import service

    while True:
        lesson = chance.choice(list(LessonPage.objects.all()))
        step = chance.random()
        if step < 0.15:
            service.rebuild()
        elif step < 0.35 and lesson.live:
            lesson.unpublish()
        else:
            lesson.title = f"Les {lesson.pk} versie {chance.randrange(10**6)}"
            lesson.save_revision().publish()


def prove() -> None:
    """Check that a search gives what the database holds, and that nothing was left over."""
    from lessons.models import LessonPage
    from search import service
    from search.models import OutboxEntry

    answer = service.search(service.LessonQuery(first=100))

    assert answer.notices == (), answer.notices
    found = sorted(hit.card.title for hit in answer.hits)
    assert found == sorted(LessonPage.objects.live().values_list("title", flat=True))
    assert not service.check()
    assert service.pending() == 0
    service.drain()
    service.rebuild()
    assert not OutboxEntry.objects.exists()


def prepare() -> None:
    """Make the database, the lessons and the first index."""
    from django.core.management import call_command

    from search import service
    from tests.factories import make_lesson

    call_command("migrate", verbosity=0)
    for _number in range(LESSONS):
        make_lesson()
    service.rebuild()


if __name__ == "__main__":
    django.setup()
    _pid, prepared = os.waitpid(fork(prepare), 0)
    sys.exit(prepared != 0 or main(int(sys.argv[1]), int(sys.argv[2])) > 0)
