"""The newest profiles and all places, kept in the process while they do not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection

from lessons.comparability.profiles import Profiles, read_profiles
from lessons.models import GemeenteProfile

T = TypeVar("T")
Version = tuple[object, ...]

# Asked before every comparison: the ORM would take longer to write it than to carry it out.
_VERSION = """
    SELECT
        (SELECT MAX(changed_at) FROM lessons_gemeenteprofile),
        (SELECT COUNT(*) FROM lessons_gemeenteprofile),
        (SELECT MAX(changed_at) FROM lessons_gemeente),
        (SELECT COUNT(*) FROM lessons_gemeente),
        (SELECT MAX(changed_at) FROM lessons_jeugdregio),
        (SELECT COUNT(*) FROM lessons_jeugdregio)
"""


@dataclass(frozen=True)
class _Kept:
    """What was read or made from one state of the tables, by name."""

    version: Version | None = None
    values: dict[str, object] = field(default_factory=dict)


_kept = _Kept()


def kept(name: str, made: Callable[[], T]) -> T:
    """Return what was made from the tables as they are now; one query when it is there.

    Each process keeps it; whatever process loads other places or figures, the next call
    makes it anew. ``made`` may ask for other kept values.
    """
    global _kept
    version = current_version()
    held = _kept
    if held.version != version:
        held = _Kept(version)
        _kept = held
    if name not in held.values:
        held.values[name] = made()
    value: T = held.values[name]  # type: ignore[assignment]
    return value


def newest_profiles() -> Profiles:
    """Return the profiles of the newest edition; one query, two after a change."""
    return kept("profiles", _read)


def current_version() -> Version:
    """Return the state of the tables of places and figures; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return tuple(cursor.fetchone())


def _read() -> Profiles:
    newest = GemeenteProfile.objects.order_by("-edition").values("edition")[:1]
    rows = GemeenteProfile.objects.filter(edition=newest).order_by("gemeente__code")
    return read_profiles(dict(rows.values_list("gemeente__code", "figures")))
