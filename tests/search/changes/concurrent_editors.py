"""Editors at work in several processes, one of them killed, while a mirror follows.

Run as a program by ``test_concurrency.py``, with a data folder of its own. Prints how many
lessons differ between mirror and source in the end, how many there are, and whether the
mirror saw changes while editors were at work.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time

import django

EDITORS = 3
LESSONS_EACH = 2
STEPS = int(os.environ.get("TEST_STEPS", "10"))


def main() -> None:
    """Let editors work, kill one of them, and compare."""
    django.setup()
    from django.db import connection

    from search import service
    from tests.factories import make_lesson

    pks = [make_lesson().pk for _number in range(EDITORS * LESSONS_EACH)]
    service.rebuild()
    connection.close()
    editors = [
        _editor(pks[number * LESSONS_EACH :][:LESSONS_EACH], number) for number in range(EDITORS)
    ]
    mirror, pages = _Mirror(), 0
    working = set(editors)
    while working:
        taken = mirror.take_page()
        pages += taken
        if not taken:
            # The editors need the processor more than a mirror that has seen all.
            time.sleep(0.05)
        if pages > STEPS and editors[0] in working:
            os.kill(editors[0], signal.SIGKILL)
        for pid in list(working):
            if os.waitpid(pid, os.WNOHANG)[0]:
                working.discard(pid)
    service.drain()
    while mirror.take_page():
        pass
    source = _source()
    differing = {
        uuid for uuid in {*source, *mirror.titles} if source.get(uuid) != mirror.titles.get(uuid)
    }
    sys.stdout.write(f"{len(differing)} {len(source)} {pages} {service.pending()}")


def _editor(pks: list[int], seed: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    from django.db import OperationalError

    chance = random.Random(seed)
    for number in range(STEPS * (10 if seed == 0 else 1)):
        try:
            _step(chance, chance.choice(pks), f"Les van {seed}, versie {number}")
        except OperationalError:
            # Another editor kept the database for too long: this one tries something else.
            time.sleep(0.05)
    os._exit(0)


def _step(chance: random.Random, pk: int, title: str) -> None:
    from lessons.models import LessonPage
    from lessons.withdrawing import reinstate, withdraw

    lesson = LessonPage.objects.get(pk=pk)
    if not lesson.live:
        reinstate(lesson)
    elif chance.random() < 0.3:
        withdraw(lesson, reason="outdated")
    else:
        lesson.title = title
        lesson.save_revision().publish()


class _Mirror:
    """The titles of all lessons, by the changes alone."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self._cursor: str | None = None

    def take_page(self) -> int:
        """Apply a page of two changes; return how many there were."""
        from search import service

        page = service.changes(self._cursor, 2)
        for change in page.changes:
            if change.card is None:
                self.titles.pop(change.uuid, None)
            else:
                self.titles[change.uuid] = change.card.title
        self._cursor = page.cursor
        return len(page.changes)


def _source() -> dict[str, str]:
    from lessons import selectors

    cards = selectors.lesson_cards(selectors.public_lesson_uuids().values())
    return {uuid: card.title for uuid, card in cards.items()}


if __name__ == "__main__":
    main()
