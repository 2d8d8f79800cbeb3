"""Taking a lesson offline on purpose, and putting it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
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
    user: User | None = None,
) -> Withdrawal:
    """Take a public lesson offline; its address then answers with the reason.

    Offline, logged and recorded in one transaction. Raises ``ValidationError`` when the
    lesson is not online, is already withdrawn, or would be replaced by itself, or by
    nothing although the reason says that it is replaced.
    """
    if not lesson.live or withdrawal_in_force(lesson):
        raise ValidationError(_("Only a lesson that is online can be withdrawn."))
    if reason == WithdrawalReason.REPLACED and replacement is None:
        raise ValidationError({"replacement": _("Choose the lesson that replaces this one.")})
    if replacement is not None and replacement.pk == lesson.pk:
        raise ValidationError({"replacement": _("A lesson cannot replace itself.")})
    withdrawal = Withdrawal.objects.create(
        lesson=lesson,
        reason=reason,
        explanation=explanation,
        replacement=replacement,
        withdrawn_on=timezone.localdate(),
        withdrawn_by=user,
    )
    lesson.unpublish(user=user)
    log(instance=lesson, action="lessons.withdraw", user=user, data={"reason": reason})
    return withdrawal


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
