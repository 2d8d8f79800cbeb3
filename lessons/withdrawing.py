"""Taking a lesson offline on purpose, and putting it back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from lessons.choices import WithdrawalReason
from lessons.models import LessonPage, Withdrawal

if TYPE_CHECKING:
    from cms.users.models import User


def withdrawal_in_force(lesson: LessonPage) -> Withdrawal | None:
    """Return the withdrawal that keeps the lesson offline, or None."""
    return lesson.withdrawals.filter(reinstated_at__isnull=True).first()


@transaction.atomic
def withdraw(
    lesson: LessonPage,
    *,
    reason: str,
    explanation: str = "",
    replacement: LessonPage | None = None,
    withdrawn_on: datetime.date | None = None,
    user: User | None = None,
) -> Withdrawal:
    """Take a public lesson offline; its address then answers with the reason.

    Offline, logged and recorded in one transaction. ``withdrawn_on`` is the day from which
    the lesson no longer holds, today when not given; the lesson goes offline at once, also
    for a day that has passed. Raises ``ValidationError`` when the lesson is not online, is
    already withdrawn, was not yet online on that day, or would be replaced by itself, or
    by nothing although the reason says that it is replaced.
    """
    if not lesson.live or withdrawal_in_force(lesson):
        raise ValidationError(_("Only a lesson that is online can be withdrawn."))
    withdrawn_on = withdrawn_on or timezone.localdate()
    faults = {
        "replacement": _fault_of_replacement(lesson, reason, replacement),
        "withdrawn_on": _fault_of_day(lesson, withdrawn_on),
    }
    if any(faults.values()):
        raise ValidationError({field: fault for field, fault in faults.items() if fault})
    withdrawal = Withdrawal.objects.create(
        lesson=lesson,
        reason=reason,
        explanation=explanation,
        replacement=replacement,
        withdrawn_on=withdrawn_on,
        withdrawn_by=user,
    )
    # Nobody may unpublish a lesson by itself; see lessons.models.page_permissions.
    UnpublishPageAction(lesson, user=user).execute(skip_permission_checks=True)
    log(instance=lesson, action="lessons.withdraw", user=user, data={"reason": reason})
    return withdrawal


def _fault_of_replacement(lesson: LessonPage, reason: str, replacement: LessonPage | None) -> Any:
    if reason == WithdrawalReason.REPLACED and replacement is None:
        return _("Choose the lesson that replaces this one.")
    if replacement is not None and replacement.pk == lesson.pk:
        return _("A lesson cannot replace itself.")
    return None


def _fault_of_day(lesson: LessonPage, day: datetime.date) -> Any:
    if day > timezone.localdate():
        return _("This day is still to come.")
    online_since = _online_since(lesson)
    if online_since is not None and day < online_since:
        return _("The lesson was put online on %(date)s, after this day.") % {
            "date": date_format(online_since, "j F Y")
        }
    return None


def _online_since(lesson: LessonPage) -> datetime.date | None:
    """Return the day of the first publication, or on which the lesson was last put back."""
    back = lesson.withdrawals.aggregate(last=Max("reinstated_at"))["last"]
    moment = back or lesson.first_published_at
    return timezone.localdate(moment) if moment else None


@transaction.atomic
def reinstate(lesson: LessonPage, *, user: User | None = None) -> None:
    """Put a withdrawn lesson back online as it last was.

    Raises ``ValidationError`` when it is not withdrawn or no longer complete.
    """
    withdrawal = withdrawal_in_force(lesson)
    if withdrawal is None:
        raise ValidationError(_("This lesson is not withdrawn."))
    withdrawal.reinstated_at = timezone.now()
    withdrawal.save(update_fields=["reinstated_at"])
    lesson.save_revision(user=user).publish(user=user)
    log(instance=lesson, action="lessons.reinstate", user=user)
