"""The bar for publication: what a lesson must have before others can rely on it.

The model asks this module before it goes online, so this module does not know the model:
a ``Lesson`` here is any object with the fields of ``lessons.models.LessonPage``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from lessons.choices import LessonScope

Lesson = Any


@dataclass(frozen=True)
class Missing:
    """One thing that a lesson lacks: the field or child list, and what to do about it."""

    field: str
    message: Any


@dataclass(frozen=True)
class Requirement:
    """One thing that publication asks for."""

    field: str
    is_met: Callable[[Lesson], bool]
    message: Any


CHILD_LISTS = ("partner_roles", "recommendations", "sources")


def _has(field: str) -> Callable[[Lesson], bool]:
    return lambda lesson: bool(getattr(lesson, field))


def _has_any(field: str) -> Callable[[Lesson], bool]:
    return lambda lesson: len(getattr(lesson, field).all()) > 0


def _has_row_with(field: str, text: str) -> Callable[[Lesson], bool]:
    return lambda lesson: any(getattr(row, text).strip() for row in getattr(lesson, field).all())


def _has_words(field: str) -> Callable[[Lesson], bool]:
    return lambda lesson: any(
        strip_tags(str(block.value)).strip() for block in getattr(lesson, field)
    )


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement("title", _has("title"), _("Give the lesson a title that says what to do.")),
    Requirement("core", _has("core"), _("Write the core: the lesson in at most 280 characters.")),
    Requirement("kind", _has("kind"), _("Choose what kind of lesson this is.")),
    Requirement("context", _has_words("context"), _("Describe the context.")),
    Requirement("approach", _has_words("approach"), _("Describe what was done.")),
    Requirement(
        "result",
        _has_words("result"),
        _("Describe the result; if it is not known yet, say that."),
    ),
    Requirement(
        "recommendations",
        _has_row_with("recommendations", "text"),
        _("Add at least one recommendation for another region."),
    ),
    Requirement("ontwikkelpunt", _has("ontwikkelpunt_id"), _("Choose the main ontwikkelpunt.")),
    Requirement("phases", _has_any("phases"), _("Choose at least one phase.")),
    Requirement(
        "partner_roles", _has_any("partner_roles"), _("Name at least one partner with its role.")
    ),
    Requirement(
        "jeugdregio",
        lambda lesson: (
            bool(lesson.jeugdregio_id)
            or lesson.scope in {LessonScope.NATIONAL, LessonScope.SUPRAREGIONAL}
        ),
        _("Choose the jeugdregio, or a wider area."),
    ),
    Requirement("evidence_level", _has("evidence_level_id"), _("Choose the evidence level.")),
    Requirement(
        "period_from",
        lambda lesson: bool(lesson.period_from) or lesson.period_is_unknown,
        _("Say in which year it happened, or that the period is not known."),
    ),
    Requirement("last_reviewed", _has("last_reviewed"), _("Give the date of the last review.")),
    Requirement("next_review", _has("next_review"), _("Give the date of the next review.")),
    Requirement("licence", _has("licence"), _("Choose a licence.")),
    Requirement("attribution", _has("attribution"), _("Say how others must name you.")),
    Requirement("contact_role", _has("contact_role"), _("Name the role that readers can ask for.")),
    Requirement(
        "privacy_declared",
        _has("privacy_declared"),
        _("Declare that no person can be recognised, after reading the text once more."),
    ),
)


def missing_for_publication(lesson: Lesson) -> list[Missing]:
    """Return what the lesson still lacks, in the order of the form; empty when complete.

    Works on unsaved drafts too: it reads the object in memory, not the database.
    """
    return [
        Missing(requirement.field, requirement.message)
        for requirement in REQUIREMENTS
        if not requirement.is_met(lesson)
    ]


def completeness_percentage(lesson: Lesson) -> int:
    """Return how much of the bar is met, from 0 to 100, rounded down."""
    met = len(REQUIREMENTS) - len(missing_for_publication(lesson))
    return met * 100 // len(REQUIREMENTS)
