"""The one way in which a draft is read without an account: a signed link that ends.

A link is a row and a signature over its key and that of its lesson. The signature keeps
anybody from guessing one; the row says until when it holds, and can be taken away.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, TimestampSigner
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from lessons.models import DraftLink, LessonPage, Withdrawal

if TYPE_CHECKING:
    from cms.users.models import User

LIFETIME = datetime.timedelta(days=7)
# No letter of a signature, and one that every program takes for a part of an address.
_SIGNER = TimestampSigner(salt="lessons.draft_links", sep=".")


class NotOurLinkError(ValueError):
    """A text that is no link of ours, or one that was tampered with."""


class EndedLinkError(ValueError):
    """A link that was ours, and opens nothing any more."""


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """The newest version of the lesson that a link is about, as a page that is not saved."""

    draft: LessonPage
    expires_at: datetime.datetime


def make_link(lesson: LessonPage, user: User) -> DraftLink:
    """Return a new link to the drafts of the lesson. The caller has asked who may make one."""
    now = timezone.now()
    with transaction.atomic():
        DraftLink.objects.filter(lesson=lesson, expires_at__lte=now).delete()
        link = DraftLink.objects.create(lesson=lesson, made_by=user, expires_at=now + LIFETIME)
        log(instance=lesson, action="lessons.share_draft", user=user)
    return link


def revoke_links(lesson: LessonPage, user: User) -> int:
    """End all links to the lesson at once; return how many that were."""
    with transaction.atomic():
        number, _rows = open_links(lesson).delete()
        if number:
            log(instance=lesson, action="lessons.revoke_draft_links", user=user)
    return number


def open_links(lesson: LessonPage) -> models.QuerySet[DraftLink]:
    """Return the links to the lesson that have not expired, newest first."""
    return DraftLink.objects.filter(lesson=lesson, expires_at__gt=timezone.now())


def token_of(link: DraftLink) -> str:
    """Return what stands in the address of a link."""
    return _SIGNER.sign_object([link.pk, link.lesson_id])


def open_link(token: str) -> OpenedLink:
    """Return what a link opens; raise :class:`NotOurLinkError` or :class:`EndedLinkError`.

    Nothing of a lesson that was withdrawn, which may have been for privacy; and nothing by
    a link of somebody who may no longer edit the lesson.
    """
    try:
        link_pk, lesson_pk = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotOurLinkError(token) from error
    link = (
        DraftLink.objects.filter(pk=link_pk, lesson=lesson_pk, expires_at__gt=timezone.now())
        .select_related("lesson", "made_by")
        .first()
    )
    if link is None or _is_withdrawn(link.lesson) or not _may_still_edit(link):
        raise EndedLinkError(token)
    return OpenedLink(link.lesson.get_latest_revision_as_object(), link.expires_at)


def _is_withdrawn(lesson: LessonPage) -> bool:
    return Withdrawal.objects.filter(lesson=lesson, reinstated_at__isnull=True).exists()


def _may_still_edit(link: DraftLink) -> bool:
    may_edit = link.lesson.permissions_for_user(link.made_by).can_edit()
    return bool(link.made_by.is_active and may_edit)
