"""System checks: conventions of lessons that one can forget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models
from wagtail.fields import StreamField
from wagtail.snippets.models import get_snippet_models

from lessons.completeness import CHILD_LISTS, REQUIREMENTS
from lessons.models import VOCABULARIES, Concept, LessonPage
from lessons.privacy import CHILD_TEXT_FIELDS, PLAIN_TEXT_FIELDS


@register("lessons")
def check_texts_are_checked_for_privacy(**_kwargs: Any) -> list[CheckMessage]:
    """Every text that an editor can type into a lesson passes the privacy check."""
    checked = {*LessonPage.TEXT_FIELDS, *PLAIN_TEXT_FIELDS}
    return [
        Error(
            f"The text of '{name}' is published without a check for personal data.",
            hint="Add it to TEXT_FIELDS of LessonPage or to lessons.privacy.",
            id="lessons.E001",
        )
        for name in [*_typed_texts(), *_typed_child_texts()]
        if name not in checked
    ]


def _typed_texts() -> Iterator[str]:
    for field in LessonPage._meta.local_fields:
        is_text = isinstance(field, (models.CharField, models.TextField, StreamField))
        if is_text and not field.choices:
            yield field.name


def _typed_child_texts() -> Iterator[str]:
    """Yield the unchecked texts of child objects, as ``children.field``."""
    for relation in LessonPage._meta.related_objects:
        name = relation.get_accessor_name()
        if name not in CHILD_TEXT_FIELDS:
            continue
        for field in relation.related_model._meta.local_fields:
            typed = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            is_address = isinstance(field, models.URLField) or field.name == "page"
            if typed and not is_address and field.name not in CHILD_TEXT_FIELDS[name]:
                yield f"{name}.{field.name}"


@register("lessons")
def check_requirements_name_fields(**_kwargs: Any) -> list[CheckMessage]:
    """Every requirement of publication names a field of the form, to show its message at."""
    names = {field.name for field in LessonPage._meta.get_fields()}
    return [
        Error(
            f"The requirement '{requirement.field}' is no field of a lesson.",
            hint="Name a field or a child list of LessonPage in lessons.completeness.",
            id="lessons.E002",
        )
        for requirement in REQUIREMENTS
        if requirement.field not in names and requirement.field not in CHILD_LISTS
    ]


@register("lessons")
def check_vocabularies_are_known(**_kwargs: Any) -> list[CheckMessage]:
    """Every vocabulary is in VOCABULARIES, which GraphQL, search and the CMS go by."""
    return [
        Error(
            f"The vocabulary '{model.__name__}' is not in VOCABULARIES.",
            hint="Add it to VOCABULARIES in lessons.models.concepts.",
            id="lessons.E003",
        )
        for model in apps.get_app_config("lessons").get_models()
        if issubclass(model, Concept) and model not in VOCABULARIES.values()
    ]


@register("lessons")
def check_vocabularies_can_be_managed(**_kwargs: Any) -> list[CheckMessage]:
    """Every vocabulary has a list and a form in the CMS."""
    return [
        Error(
            f"Editors cannot manage the vocabulary '{code}'.",
            hint="Register a snippet viewset for it in lessons.wagtail_hooks.",
            id="lessons.E004",
        )
        for code, model in VOCABULARIES.items()
        if model not in get_snippet_models()
    ]
