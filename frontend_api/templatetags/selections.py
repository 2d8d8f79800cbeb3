"""What every page needs to put a lesson on somebody's list, and to refer to it."""

from __future__ import annotations

from urllib.parse import quote

from django import template
from django.utils import timezone

from frontend_api.citing.references import Reference, reference
from frontend_api.selections.choosing import address
from frontend_api.selections.short_ids import short_id
from lessons.records import LessonCard

register = template.Library()

register.filter(short_id)


@register.filter
def keep_url(card: LessonCard) -> str:
    """Return the address of a list with this lesson alone."""
    return address("selection", [card.uuid])


@register.filter
def mail_url(card: LessonCard) -> str:
    """Return what opens a letter with the lesson, in the visitor's own program."""
    body = f"{card.title}\n\n{card.core}\n\n{card.uri}"
    return f"mailto:?subject={quote(card.title)}&body={quote(body)}"


@register.simple_tag
def lesson_reference(card: LessonCard) -> Reference:
    """Return how to refer to a lesson that is read today."""
    return reference(card, timezone.localdate())
