"""Lessons that are not a row of a table: what a form holds, what a revision holds.

Both read like a ``LessonPage``, as far as ``lessons.completeness`` and
``lessons.privacy`` read one, and neither asks the database for anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import ForeignKey
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField

from lessons.models import LessonPage

CHILD_RELATIONS = frozenset(
    relation.get_accessor_name() for relation in LessonPage._meta.related_objects
)

MANY_TO_MANY = frozenset(
    field.name
    for field in LessonPage._meta.many_to_many
    if isinstance(field, ParentalManyToManyField)
)


class Rows(list[Any]):
    """Items that answer to ``all()``, as a relation does."""

    def all(self) -> Rows:
        """Return the items themselves."""
        return self


class SubmittedLesson:
    """The lesson that a ``LessonPageForm`` would save; the form must have been cleaned."""

    def __init__(self, form: Any) -> None:
        self._form = form

    def __getattr__(self, name: str) -> Any:
        form = self._form
        if name in CHILD_RELATIONS and name in form.formsets:
            return Rows(_kept_rows(form.formsets[name]))
        if name in MANY_TO_MANY and name in form.cleaned_data:
            return Rows(form.cleaned_data[name])
        return getattr(form.instance, name)


def _kept_rows(formset: Any) -> Iterator[Any]:
    """Yield the child objects that stay: not removed, and not left empty."""
    for row in formset.forms:
        row.is_valid()
        if row.is_begun() and not formset._should_delete_form(row):
            yield row.instance


@dataclass(frozen=True)
class _Block:
    value: Any


class RevisionContent:
    """The lesson in the stored content of a revision.

    Making a real page of a revision takes a query for each of its relations; a list of
    drafts reads this instead.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content

    def __getattr__(self, name: str) -> Any:
        if name in CHILD_RELATIONS:
            return Rows(SimpleNamespace(**row) for row in self._content.get(name) or [])
        name_in_content = name.removesuffix("_id")
        field = LessonPage._meta.get_field(name_in_content)
        value = self._content.get(name_in_content)
        if name in MANY_TO_MANY:
            return Rows(value or [])
        if isinstance(field, StreamField):
            return _blocks(value)
        if isinstance(field, ForeignKey) or value is not None:
            return value
        return field.get_default()


def _blocks(stored: str | None) -> Iterable[_Block]:
    return [_Block(block["value"]) for block in json.loads(stored or "[]")]
