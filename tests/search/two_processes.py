"""What processes know of each other: prints what is counted, and which names are known.

Run as a program by ``test_query_log.py``, with a data folder of its own. Of two processes
that count questions one is killed, and another one changes the synonyms.
"""

from __future__ import annotations

import os
import signal
import sys
import time

import django

QUESTIONS = 50


def main() -> None:
    """Let one child end by itself and kill another; print the counts, and what is known."""
    django.setup()
    from django.conf import settings

    settings.SEARCH_LOG_EVERY = 0.2
    ending, killed = _child("ends", lives_on=False), _child("killed", lives_on=True)
    os.waitpid(ending, 0)
    deadline = time.monotonic() + 60
    while _counted("killed") < QUESTIONS and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(killed, signal.SIGKILL)
    os.waitpid(killed, 0)
    sys.stdout.write(f"{_counted('ends')} {_counted('killed')} {_known_before_and_after()}")


def _child(wording: str, *, lives_on: bool) -> int:
    pid = os.fork()
    if pid:
        return pid
    from search.query import LessonQuery
    from search.query_log import note, write
    from search.results import LessonResults

    nothing = LessonResults(hits=(), total=0, has_next_page=False, end_cursor=None)
    for _number in range(QUESTIONS):
        note(LessonQuery(text=wording), nothing)
    if lives_on:
        time.sleep(90)
    write()
    os._exit(0)


def _known_before_and_after() -> str:
    """Return whether this process knows a name before and after another one saves it."""
    from django.db import connection

    from search.models import SynonymGroup
    from search.word_lists import current_word_lists

    before = "xylofoon" in current_word_lists().synonyms
    connection.close()
    child = os.fork()
    if not child:
        SynonymGroup.objects.create(preferred="slagwerk", synonyms="xylofoon")
        os._exit(0)
    os.waitpid(child, 0)
    return f"{before} {'xylofoon' in current_word_lists().synonyms}"


def _counted(wording: str) -> int:
    from django.db import connection

    from search.models import QueryCount

    connection.close()
    found = QueryCount.objects.filter(wording=wording).values_list("times", flat=True).first()
    return found or 0


if __name__ == "__main__":
    main()
