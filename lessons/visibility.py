"""The gate: which lessons, pilots and tombstones the public may see, and nothing else.

Private to ``lessons``; the packages above use ``lessons.selectors``, which reads
through here.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.visibility import public_pages, restricted
from lessons.models import LessonPage, PilotPage, Withdrawal


def public_lessons() -> QuerySet[LessonPage]:
    """Return the lessons that the public may see, withdrawn ones excluded."""
    in_force = Withdrawal.objects.filter(lesson=OuterRef("pk"), reinstated_at__isnull=True)
    return public_pages(LessonPage.objects.all()).filter(~Exists(in_force))


def public_pilots() -> QuerySet[PilotPage]:
    """Return the pilots that the public may see."""
    # Named by their keys: SQLite would look through all pages, lessons too, to find them.
    keys = PilotPage.objects.order_by().values("pk")
    return public_pages(PilotPage.objects.filter(pk__in=keys))


def public_withdrawals() -> QuerySet[Withdrawal]:
    """Return the withdrawals in force of lessons that were public and may say so.

    A lesson that never was online has no address to answer for; one under a view
    restriction stays as silent as it was.
    """
    return Withdrawal.objects.filter(
        ~restricted("lesson__path"),
        reinstated_at__isnull=True,
        lesson__live=False,
        lesson__first_published_at__isnull=False,
    )


def public_expirations() -> QuerySet[LessonPage]:
    """Return the lessons whose time is over, that were public until then and may say so.

    A withdrawal says more, and comes first.
    """
    in_force = Withdrawal.objects.filter(lesson=OuterRef("pk"), reinstated_at__isnull=True)
    return LessonPage.objects.filter(
        ~restricted("path"),
        ~Exists(in_force),
        # Until Wagtail's scheduler has passed by, an expired page is live still.
        Q(live=True) | Q(expired=True),
        expire_at__lte=timezone.now(),
        first_published_at__isnull=False,
    )
