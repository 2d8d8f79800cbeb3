"""Publishes, withdraws and rebuilds until it is killed; then proves that nothing was lost.

Run as a program by ``test_kills.py``, with a data folder of its own. Each victim is a fork
of this process, which itself never touches the index, so that it can be killed at any
instant; each proof is another fork. Beside plain kills there are two victims at once, one
that rebuilds while the other publishes; a victim that is stopped half-way while others
search; a disk that is full for the index; and files of the index full of rubbish.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import django

LESSONS = 6
LONGEST_LIFE = 1.2
LONGEST_RECOVERY = 30.0
LONGEST_ANSWER = 15.0
"""A search may wait for a writer for half a second; the rest is for a busy machine."""


def main(kills: int, seed: int) -> int:
    """Kill that many victims; return the number of times that something was lost."""
    chance = random.Random(seed)
    ways = cycle((killed, stopped, rubbish, killed, two_killed, full, killed))
    faults = done = 0
    while done < kills:
        way = next(ways)
        done += way(chance)
        lost = not succeeds(prove)
        faults += lost
        sys.stdout.write(f"{done:4} {way.__name__}{' LOST' if lost else ''}\n")
        sys.stdout.flush()
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


def succeeds(task: Callable[[], None]) -> bool:
    """Run a task in a child process; return whether it raised nothing."""
    return os.waitpid(fork(task), 0)[1] == 0


def kill(*victims: int) -> None:
    """End processes at once, whatever they are doing."""
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    for victim in victims:
        os.waitpid(victim, 0)


def seeded(chance: random.Random, task: Callable[[random.Random], None]) -> int:
    """Begin a victim with a random course of its own."""
    return fork(partial(task, random.Random(chance.random())))


def killed(chance: random.Random) -> int:
    """One victim that does everything; return the number of kills, as all ways do."""
    victim = seeded(chance, work)
    time.sleep(chance.uniform(0.02, LONGEST_LIFE))
    kill(victim)
    return 1


def two_killed(chance: random.Random) -> int:
    """One rebuilds all the time while another publishes."""
    victims = seeded(chance, rebuild_always), seeded(chance, work)
    time.sleep(chance.uniform(0.1, LONGEST_LIFE))
    kill(*victims)
    return 2


def stopped(chance: random.Random) -> int:
    """A victim that holds what it holds and does nothing; others search meanwhile."""
    victim = seeded(chance, work)
    time.sleep(chance.uniform(0.02, LONGEST_LIFE))
    os.kill(victim, signal.SIGSTOP)
    if not succeeds(search_in_time):
        sys.exit("A search failed beside a process that stands still.")
    kill(victim)
    return 1


def full(chance: random.Random) -> int:
    """A victim whose index may not grow: the disk is full."""
    victim = seeded(chance, work_on_a_full_disk)
    time.sleep(chance.uniform(0.02, LONGEST_LIFE))
    kill(victim)
    return 1


def rubbish(chance: random.Random) -> int:
    """After the kill a file of the index, or all of them, holds something else."""
    killed(chance)
    damage(chance)
    return 1


def damage(chance: random.Random) -> None:
    """Cut off, overwrite or remove files of the index."""
    root = Path(os.environ["LESSENBANK_DATA"]) / "search-index"
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".lock"]
    for path in chance.sample(files, chance.choice((1, 1, len(files)))):
        match chance.randrange(3):
            case 0:
                path.unlink()
            case 1:
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            case _:
                path.write_bytes(chance.randbytes(max(path.stat().st_size, 20)))


def work(chance: random.Random) -> None:
    """Change lessons as editors do, and rebuild now and then."""
    from lessons.models import LessonPage
    from search import service

    while True:
        lesson = chance.choice(list(LessonPage.objects.all()))
        step = chance.random()
        if step < 0.15:
            rebuild_if_free()
        elif step < 0.35 and lesson.live:
            lesson.unpublish()
        else:
            lesson.title = f"Les {lesson.pk} versie {chance.randrange(10**6)}"
            lesson.save_revision().publish()
        service.search(service.LessonQuery(text="versie"))


def rebuild_always(_chance: random.Random) -> None:
    """Make the index anew, again and again."""
    while True:
        rebuild_if_free()


def rebuild_if_free() -> None:
    """Make the index anew unless another process does so, or the disk is full."""
    from search import service

    try:
        service.rebuild()
    except service.EngineError:
        return


def work_on_a_full_disk(chance: random.Random) -> None:
    """Work as ever; what is written to the index fails after the first bytes of a file."""
    from search.engines.embedded.engine import EmbeddedEngine, EmbeddedRebuild

    for kind, name in ((EmbeddedEngine, "write"), (EmbeddedRebuild, "publish")):
        setattr(kind, name, without_room(getattr(kind, name), chance))
    work(chance)


def without_room(write: Callable[..., None], chance: random.Random) -> Callable[..., None]:
    """Return the method as it goes where no file may grow beyond some bytes."""

    def limited(*arguments: object) -> None:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (chance.randrange(2000), before[1]))
        try:
            write(*arguments)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limited


def search_in_time() -> None:
    """Search; the answer must come soon, and be an answer."""
    from search import service

    begun = time.monotonic()
    answer = service.search(service.LessonQuery(text="versie les", first=100))
    assert time.monotonic() - begun < LONGEST_ANSWER
    assert answer.total >= 0


def prove() -> None:
    """Check that a search gives what the database holds, and that nothing was left over."""
    from lessons.models import LessonPage
    from search import service
    from search.models import OutboxEntry

    answer = recovered()
    found = sorted(hit.card.title for hit in answer.hits)
    assert found == sorted(LessonPage.objects.live().values_list("title", flat=True))
    assert not service.check()
    assert service.pending() == 0
    service.drain()
    publish_one()
    assert_nothing_left_over()
    service.rebuild()
    assert not OutboxEntry.objects.exists()
    assert_nothing_left_over()


def recovered() -> Any:
    """Return an answer without reservations; nobody does anything for it but ask."""
    from search import service

    deadline = time.monotonic() + LONGEST_RECOVERY
    while True:
        answer = service.search(service.LessonQuery(first=100))
        if not answer.notices:
            return answer
        assert time.monotonic() < deadline, answer.notices
        time.sleep(0.2)


def publish_one() -> None:
    """Publish a lesson, as somebody sooner or later does."""
    from lessons.models import LessonPage

    LessonPage.objects.order_by("pk").first().save_revision().publish()


def assert_nothing_left_over() -> None:
    """Check that the folder holds the index that serves, and no draft of anything."""
    root = Path(os.environ["LESSENBANK_DATA"]) / "search-index"
    names = sorted(path.name for path in root.iterdir())
    serving = (root / "current").read_text().strip()
    assert names == sorted([serving, "current", "rebuilding.lock", "writing.lock"]), names
    assert not list((root / serving).glob(".tmp*"))


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
