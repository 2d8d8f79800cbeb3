"""What is told of lessons that are gone: withdrawn, replaced or expired."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from lessons.addresses import lesson_uri
from lessons.choices import PublicState, WithdrawalReason
from lessons.models import LessonPage, Withdrawal
from lessons.reading.cards import lesson_ref
from lessons.records import LessonRef, Tombstone
from lessons.visibility import public_expirations, public_lessons, public_withdrawals

EXPIRED_LABEL = "de tijd waarvoor de les gold is voorbij"


def tombstones(uuids: Iterable[str]) -> dict[str, Tombstone]:
    """Return what is told of those of the lessons that are gone, by uuid; three queries."""
    asked = list(uuids)
    return {found.uuid: found for found in _tombstones(Q(uuid__in=asked))} if asked else {}


def tombstone_of(key: Q) -> Tombstone | None:
    """Return what is told of the one lesson that this condition names, or None."""
    return next(iter(_tombstones(key)), None)


def gone_lessons() -> dict[int, tuple[str, str]]:
    """Return key → uuid and ``PublicState`` of every lesson with a tombstone; two queries."""
    withdrawn = public_withdrawals().order_by("withdrawn_on", "pk")
    found = {
        pk: (str(uuid), _state_of(reason))
        for pk, uuid, reason in withdrawn.values_list("lesson", "lesson__uuid", "reason")
    }
    for pk, uuid in public_expirations().order_by("expire_at", "pk").values_list("pk", "uuid"):
        found[pk] = (str(uuid), PublicState.EXPIRED.value)
    return found


def _tombstones(key: Q) -> list[Tombstone]:
    lessons = LessonPage.objects.filter(key).order_by().values("pk")
    withdrawals = list(public_withdrawals().filter(lesson__in=lessons).select_related("lesson"))
    replacements = _replacements(withdrawals)
    expired = public_expirations().filter(key).values_list("uuid", "expire_at")
    return [
        *(_withdrawn(withdrawal, replacements) for withdrawal in withdrawals),
        *(_expired(uuid, expire_at) for uuid, expire_at in expired),
    ]


def _replacements(withdrawals: Iterable[Withdrawal]) -> dict[int, LessonRef]:
    """Return the replacements that are public themselves."""
    asked = [each.replacement_id for each in withdrawals if each.replacement_id]
    found = public_lessons().filter(pk__in=asked) if asked else ()
    return {lesson.pk: lesson_ref(lesson) for lesson in found}


def _withdrawn(withdrawal: Withdrawal, replacements: Mapping[int, LessonRef]) -> Tombstone:
    replacement = withdrawal.replacement_id
    return Tombstone(
        uuid=str(withdrawal.lesson.uuid),
        uri=lesson_uri(withdrawal.lesson.uuid),
        state=_state_of(withdrawal.reason),
        reason=withdrawal.reason,
        reason_label=str(WithdrawalReason(withdrawal.reason).label),
        explanation=withdrawal.explanation,
        withdrawn_on=withdrawal.withdrawn_on,
        replacement=replacements.get(replacement) if replacement else None,
    )


def _state_of(reason: str) -> str:
    is_replaced = reason == WithdrawalReason.REPLACED
    return PublicState.REPLACED.value if is_replaced else PublicState.WITHDRAWN.value


def _expired(uuid: Any, expire_at: datetime.datetime) -> Tombstone:
    return Tombstone(
        uuid=str(uuid),
        uri=lesson_uri(uuid),
        state=PublicState.EXPIRED.value,
        reason=PublicState.EXPIRED.value,
        reason_label=EXPIRED_LABEL,
        explanation="",
        withdrawn_on=timezone.localdate(expire_at),
        replacement=None,
    )
