"""Writes to an index until it is killed; then proves that the index can be written and read.

Run as a program by ``test_kills.py``, with the folder of an index that does not exist yet.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path

import django

from tests.faults.victim import fork

DOCUMENTS = 100
LONGEST_LIFE = 0.25


def main(root: Path, kills: int, seed: int) -> int:
    """Kill that many writers; return the number of times that the index was damaged."""
    chance = random.Random(seed)
    faults = int(os.waitpid(fork(partial(prepare, root)), 0)[1] != 0)
    for number in range(kills):
        victim = fork(partial(work, root, random.Random(number)))
        time.sleep(chance.uniform(0.02, LONGEST_LIFE))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        faults += os.waitpid(fork(partial(prove, root, number)), 0)[1] != 0
    return faults


def prepare(root: Path) -> None:
    """Make an index with some documents."""
    from search.engines.embedded.engine import EmbeddedEngine
    from tests.search.documents import make_document

    engine = EmbeddedEngine(root)
    with engine.rebuilding() as rebuild, engine.writing(wait=1):
        rebuild.write([make_document(pk) for pk in range(DOCUMENTS)])
        rebuild.publish()


def work(root: Path, chance: random.Random) -> None:
    """Replace documents, one after the other."""
    from search.engines.embedded.engine import EmbeddedEngine
    from tests.search.documents import make_document

    engine = EmbeddedEngine(root)
    while True:
        document = make_document(chance.randrange(DOCUMENTS), f"versie {chance.random()}")
        with engine.writing(wait=1):
            engine.write([document], [])


def prove(root: Path, number: int) -> None:
    """Check that every document is there once, and that one more can be written."""
    from search.engines.embedded.engine import EmbeddedEngine
    from tests.search.documents import make_document, make_query

    engine = EmbeddedEngine(root)
    with engine.writing(wait=1) as held:
        assert held
        engine.write([make_document(number % DOCUMENTS, f"bewijs{number}")], [])
    assert engine.search(make_query(f"bewijs{number}")).total == 1
    assert engine.search(make_query()).total == DOCUMENTS
    assert len(engine.fingerprints()) == DOCUMENTS


if __name__ == "__main__":
    django.setup()
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])) > 0)
