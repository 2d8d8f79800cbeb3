"""What a new lesson begins with, so that writing begins with the story."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

from lessons.choices import LessonScope, StoryPart
from lessons.models import Jeugdregio, LessonPage, LessonSectionPage, PilotPage

OPENED_PARTS = (StoryPart.CONTEXT, StoryPart.APPROACH, StoryPart.RESULT)
"""The parts that publication asks for; they open with an empty paragraph."""


def give_defaults(lesson: LessonPage, section: LessonSectionPage) -> None:
    """Fill an unsaved lesson with what its section and today already tell."""
    today = timezone.localdate()
    lesson.jeugdregio = section.jeugdregio
    lesson.scope = LessonScope.LOCAL if section.jeugdregio else LessonScope.NATIONAL
    lesson.pilot = running_pilot(section.jeugdregio, today)
    lesson.attribution = section.title
    lesson.period_from = today.year
    lesson.last_reviewed = today
    lesson.next_review = a_year_after(today)
    for part in OPENED_PARTS:
        setattr(lesson, part, [("paragraph", "")])


def running_pilot(jeugdregio: Jeugdregio | None, today: datetime.date) -> PilotPage | None:
    """Return the pilot of the region that runs today, if there is exactly one.

    A pilot runs as long as one of its phases has not ended; one without dates runs.
    """
    if jeugdregio is None:
        return None
    pilots = PilotPage.objects.live().filter(jeugdregio=jeugdregio)
    going_on = Q(phase_dates__isnull=True) | Q(phase_dates__ends_on__isnull=True)
    running = pilots.filter(going_on | Q(phase_dates__ends_on__gte=today)).distinct()[:2]
    return running[0] if len(running) == 1 else None


def a_year_after(day: datetime.date) -> datetime.date:
    """Return the same day next year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
