"""What stands between a lesson and the public, whichever way somebody publishes it.

The model asks this module before it goes online, and the CMS before it tries; like
``lessons.completeness`` and ``lessons.privacy`` it therefore does not know the model.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from lessons.completeness import CHILD_LISTS, Lesson, missing_for_publication
from lessons.privacy import CHILD_TEXT_FIELDS, privacy_findings


@dataclass(frozen=True)
class Obstacle:
    """One reason why a lesson cannot go out yet, at the field where it can be mended."""

    field: str
    message: str
    is_about_privacy: bool = False


def obstacles(lesson: Lesson) -> list[Obstacle]:
    """Return what the lesson lacks, then what the privacy check found.

    ``lesson`` is a ``LessonPage`` or anything of ``lessons.editing.drafts``.
    """
    lacking = [Obstacle(item.field, str(item.message)) for item in missing_for_publication(lesson)]
    found = [
        Obstacle(finding.field, f"{finding.message} ({finding.excerpt})", is_about_privacy=True)
        for finding in privacy_findings(lesson)
    ]
    return lacking + found


def as_validation_error(found: Iterable[Obstacle]) -> ValidationError:
    """Return the error that tells the obstacles at their fields.

    A model cannot have an error at a child list; what is wrong there is told of the whole.
    """
    messages: dict[str, list[str]] = {}
    for obstacle in found:
        is_list = obstacle.field in CHILD_LISTS or obstacle.field in CHILD_TEXT_FIELDS
        messages.setdefault(NON_FIELD_ERRORS if is_list else obstacle.field, []).append(
            obstacle.message
        )
    return ValidationError(messages)
