"""The work that goes on beside the requests: publishing what is due, indexing what waits."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import structlog
from django.core.management import call_command
from django.db import close_old_connections, connections

logger = structlog.get_logger(__name__)

_PATIENCE = 5.0
_NEVER = threading.TIMEOUT_MAX / 2


@dataclass(frozen=True)
class Chore:
    """A management command that is repeated, and how many seconds lie between.

    ``is_beside`` for one that waits for others: it goes on beside the other chores.
    """

    command: str
    every: float
    arguments: tuple[str, ...] = ()
    is_beside: bool = False


# In this order: what is published by the first is indexed by the second.
CHORES = (
    Chore("publish_scheduled", every=30),
    Chore("drain_outbox", every=5),
    # An index that was lost or damaged is made anew; one that is there is left alone.
    Chore("rebuild_search_index", every=30, arguments=("--if-needed",)),
    Chore("forget_queries", every=3600),
    Chore("forget_changes", every=3600),
    Chore("forget_deliveries", every=3600),
    # Receivers answer when it suits them.
    Chore("deliver_webhooks", every=5, is_beside=True),
)


def work_until(stopped: threading.Event, chores: tuple[Chore, ...] = CHORES) -> None:
    """Carry out each chore when it is due, until the event is set.

    A chore that fails is logged and tried again at its next turn: the others go on, and
    so does the site.
    """
    aside = [
        threading.Thread(
            target=_work_beside, args=(stopped, chore), name=chore.command, daemon=True
        )
        for chore in chores
        if chore.is_beside
    ]
    for thread in aside:
        thread.start()
    _work(stopped, tuple(chore for chore in chores if not chore.is_beside))
    for thread in aside:
        # What is left of it is lost by no kill.
        thread.join(_PATIENCE)


def _work_beside(stopped: threading.Event, chore: Chore) -> None:
    try:
        _work(stopped, (chore,))
    finally:
        connections.close_all()


def _work(stopped: threading.Event, chores: tuple[Chore, ...]) -> None:
    due = dict.fromkeys(chores, 0.0)
    while not stopped.is_set():
        for chore, moment in due.items():
            if moment <= time.monotonic():
                _carry_out(chore)
                due[chore] = time.monotonic() + chore.every
        stopped.wait(max(0.0, min(due.values(), default=_NEVER) - time.monotonic()))


def _carry_out(chore: Chore) -> None:
    close_old_connections()
    try:
        call_command(chore.command, *chore.arguments, verbosity=0)
    except Exception:
        logger.exception("chore_failed", command=chore.command)
    finally:
        close_old_connections()
