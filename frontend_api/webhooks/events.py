"""What happened to a lesson, in the words of the events."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from frontend_api.models import EventKind
from lessons.choices import PublicState
from search.service import LEFT

_KINDS: Mapping[str, EventKind] = MappingProxyType(
    {
        PublicState.WITHDRAWN.value: EventKind.WITHDRAWN,
        PublicState.REPLACED.value: EventKind.REPLACED,
        PublicState.EXPIRED.value: EventKind.EXPIRED,
        PublicState.REMOVED.value: EventKind.REMOVED,
        LEFT: EventKind.LEFT_FEED,
    }
)
STILL_THERE = frozenset({EventKind.PUBLISHED, EventKind.CHANGED})


def kind_of(state: str, *, is_new: bool) -> EventKind:
    """Return the kind of event by which somebody hears of a state."""
    if state == PublicState.PUBLIC:
        return EventKind.PUBLISHED if is_new else EventKind.CHANGED
    return _KINDS[state]


def kind_now(planned: str, state: str) -> EventKind:
    """Return what an event is by now, of a lesson that may have changed since it was planned."""
    # What was gone and is there again is new to who follows.
    return kind_of(state, is_new=planned != EventKind.CHANGED)
