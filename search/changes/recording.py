"""Writing down what the public sees of lessons, at positions that only go up.

Positions are given while the one row of ``Register`` is held until the end of the
transaction, so a reader who sees a position has seen, or can see, all before it: on
PostgreSQL by the lock of that row, on SQLite because one transaction writes at a time.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons import selectors
from lessons.choices import PublicState
from lessons.records import Tombstone
from search.documents import LessonDocument, lesson_documents
from search.models import LessonState, Register

logger = structlog.get_logger(__name__)

_BATCH = 500
_ONLY = 1
"""The key of the one row of the register."""


class Positions:
    """The register, held until this transaction ends; gives the next positions."""

    def __init__(self) -> None:
        current_register()
        self._row = Register.objects.select_for_update().get(pk=_ONLY)
        self.now = timezone.now()

    def next(self) -> int:
        """Return the next position."""
        self._row.position += 1
        return self._row.position

    def keep(self) -> None:
        """Write down how far the register is."""
        self._row.save(update_fields=["position"])


@dataclass(frozen=True, slots=True)
class _Face:
    """What the public sees of a lesson: its state, and a digest of the rest."""

    uuid: str
    state: str
    digest: str

    def is_of(self, row: LessonState) -> bool:
        """Return whether the register has the lesson so."""
        return (self.state, self.digest) == (row.state, row.digest)


def current_register() -> Register:
    """Return the register; the first time it is filled with all that is public now."""
    found = Register.objects.filter(pk=_ONLY).first()
    if found is not None:
        return found
    try:
        return _filled()
    except IntegrityError:
        # Somebody else was first.
        return Register.objects.get(pk=_ONLY)


@transaction.atomic
def _filled() -> Register:
    # The row first: whoever else begins waits for it, and then finds it there.
    Register.objects.create(pk=_ONLY, token=uuid.uuid4().hex)
    mend()
    return Register.objects.get(pk=_ONLY)


@transaction.atomic
def mend() -> int:
    """Write down the lessons whose state nobody noted; return how many there were.

    It looks at what is public and what is gone, not at what the lessons say. Whatever
    reaches the database past Wagtail is found here.
    """
    positions = Positions()
    rows = list(LessonState.objects.defer("digest", "changed_at"))
    known = {row.lesson_pk: (str(row.uuid), row.state) for row in rows}
    states = {
        pk: (uuid, PublicState.PUBLIC.value) for pk, uuid in selectors.public_lesson_uuids().items()
    }
    states.update(selectors.gone_lessons())
    present = {uuid_ for uuid_, _state in states.values()}
    for pk, (uuid_, _state) in known.items():
        if uuid_ not in present:
            states[pk] = (uuid_, PublicState.REMOVED.value)
    # Without a digest, so that the next change that is noted counts as one.
    faces = {pk: _Face(uuid_, state, "") for pk, (uuid_, state) in states.items()}
    moved = {pk: face for pk, face in faces.items() if known.get(pk) != (face.uuid, face.state)}
    _keep(moved, positions, _public_since(rows))
    if moved:
        logger.info("register_mended", lessons=len(moved))
    return len(moved)


@transaction.atomic
def renew() -> int:
    """Begin a new register: every cursor of the old one is refused from now on.

    Needed after the database was put back from a backup. Positions go on where they were,
    and with them the feeds. Returns how many lessons differed, as ``mend``.
    """
    register = current_register()
    Register.objects.filter(pk=register.pk).update(token=uuid.uuid4().hex)
    return mend()


@transaction.atomic
def record(pks: Collection[int], documents: Sequence[LessonDocument] | None = None) -> int:
    """Write down how these lessons are now; return how many changed for the public.

    ``documents`` are those of the lessons that are public, when the caller has read them
    while nobody else could record.
    """
    positions = Positions()
    known = {row.lesson_pk: row for row in LessonState.objects.filter(lesson_pk__in=pks)}
    faces = _faces(pks, lesson_documents(sorted(pks)) if documents is None else documents)
    gone = [str(row.uuid) for pk, row in known.items() if pk not in faces]
    tombstones = selectors.tombstones(gone)
    for pk, row in known.items():
        if pk not in faces:
            faces[pk] = _face_of_gone(str(row.uuid), tombstones.get(str(row.uuid)))
    moved = {
        pk: faces[pk] for pk in sorted(faces) if pk not in known or not faces[pk].is_of(known[pk])
    }
    _keep(moved, positions, _public_since(known.values()))
    return len(moved)


def _public_since(rows: Iterable[LessonState]) -> dict[int, int]:
    """Return the lessons that the register has as public, with the position since which."""
    return {row.lesson_pk: row.public_since for row in rows if row.state == PublicState.PUBLIC}


def _keep(
    moved: Mapping[int, _Face], positions: Positions, public_since: Mapping[int, int]
) -> None:
    """Give the lessons the next positions, in the order in which they come.

    ``public_since`` has those that were public already.
    """
    if not moved:
        return
    LessonState.objects.bulk_create(
        (_row(pk, face, positions, public_since.get(pk)) for pk, face in moved.items()),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["uuid"],
        update_fields=["lesson_pk", "position", "state", "digest", "changed_at", "public_since"],
    )
    positions.keep()


def _row(pk: int, face: _Face, positions: Positions, public_since: int | None) -> LessonState:
    position = positions.next()
    if face.state != PublicState.PUBLIC:
        public_since = 0
    return LessonState(
        uuid=face.uuid,
        lesson_pk=pk,
        position=position,
        state=face.state,
        digest=face.digest,
        changed_at=positions.now,
        public_since=position if public_since is None else public_since,
    )


def _faces(pks: Collection[int], documents: Iterable[LessonDocument]) -> dict[int, _Face]:
    marks = selectors.surroundings_marks(pks)
    return {
        document.pk: _Face(
            document.card.uuid,
            PublicState.PUBLIC.value,
            _digest(document.fingerprint, document.expires, marks.get(document.pk, "")),
        )
        for document in documents
    }


def _face_of_gone(uuid: str, tombstone: Tombstone | None) -> _Face:
    if tombstone is None:
        return _Face(uuid, PublicState.REMOVED.value, "")
    told = (tombstone.reason, tombstone.explanation, tombstone.withdrawn_on.isoformat())
    return _Face(uuid, tombstone.state, _digest(*told))


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
