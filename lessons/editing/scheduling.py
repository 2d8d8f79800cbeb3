"""Scheduled publication: one lesson that cannot go out must not keep back the others."""

from __future__ import annotations

from collections.abc import Iterator

import structlog
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from lessons.models import LessonPage
from lessons.obstacles import obstacles

logger = structlog.get_logger(__name__)


def refuse_incomplete_lessons() -> Iterator[str]:
    """Take lessons that are due but cannot go out from the schedule; yield their titles.

    Each becomes a draft again, and its history tells why.
    """
    due = Revision.objects.filter(
        approved_go_live_at__lt=timezone.now(),
        content_type=ContentType.objects.get_for_model(LessonPage),
    )
    for revision in due:
        lesson = revision.as_object()
        found = obstacles(lesson)
        if not found:
            continue
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(
            instance=lesson,
            action="lessons.refuse_publication",
            revision=revision,
            data={"fields": [obstacle.field for obstacle in found]},
        )
        logger.warning("scheduled_publication_refused", lesson=str(lesson.uuid))
        yield str(lesson.title)
