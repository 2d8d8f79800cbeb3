"""Which lessons look different in the index after something changed.

It answers too many rather than too few: a lesson that turns out to be the same costs a
moment, one that is forgotten stays wrong. The model of lessons is handed in by
``search.signal_handlers``, which alone knows the domain's tables.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import ForeignKey, ManyToManyField, Model, Q
from modelcluster.fields import ParentalKey
from wagtail.models import Page


def lessons_under(lesson_model: type[Page], page: Page) -> set[int]:
    """Return the lessons that the page is, stands above, or is shown beside.

    With those to which a lesson among them points: it may be the one that replaces them.
    """
    if not page.path:
        return set()
    # One question for each field: a database cannot answer several at once by its indexes.
    found = _keys(lesson_model, _at_or_under(page, "pk", "path"))
    for field in lesson_model._meta.fields:
        related = field.related_model
        if isinstance(related, type) and issubclass(related, Page) and not field.primary_key:
            found |= _keys(lesson_model, _at_or_under(page, field.name, f"{field.name}__path"))
    return found | _pointed_at(lesson_model, page)


def _at_or_under(page: Page, key: str, path: str) -> Q:
    """Return the condition that a page is this one or under it; quick where nothing is under."""
    return Q(**{key: page.pk}) if page.is_leaf() else Q(**{f"{path}__startswith": page.path})


def _pointed_at(lesson_model: type[Page], page: Page) -> set[int]:
    """Return the lessons to which child rows of lessons under the page refer."""
    found: set[int] = set()
    for relation in lesson_model._meta.related_objects:
        owner, field = relation.related_model, relation.field
        parent = _parent_key(owner, lesson_model)
        if parent and field.attname != parent:
            under = _at_or_under(page, parent, f"{parent.removesuffix('_id')}__path")
            rows = owner._default_manager.filter(under).order_by()
            found.update(rows.values_list(field.attname, flat=True))
    return found


def lessons_showing(lesson_model: type[Page], model: type[Model], pks: Collection[Any]) -> set[int]:
    """Return the lessons that refer to one of the rows, themselves or by a child row."""
    found: set[int] = set()
    for relation in model._meta.related_objects:
        owner, field = relation.related_model, relation.field.name
        if owner is lesson_model:
            found |= _keys(lesson_model, Q(**{f"{field}__in": pks}))
        elif isinstance(owner, type) and (parent := _parent_key(owner, lesson_model)):
            rows = owner._default_manager.filter(**{f"{field}__in": pks})
            found.update(rows.values_list(parent, flat=True))
    return found


def with_dependent_terms(model: type[Model], pk: Any) -> set[Any]:
    """Return a term and all that are merged into it or narrower than it, at any distance."""
    found = {pk}
    newest = found
    while newest:
        dependent = model._default_manager.filter(
            Q(replaced_by__in=newest) | Q(broader__in=newest)
        ).values_list("pk", flat=True)
        newest = set(dependent) - found
        found |= newest
    return found


def shown_models(lesson_model: type[Page]) -> set[type[Model]]:
    """Return the models to which a lesson or one of its child rows refers."""
    children = (
        relation.related_model
        for relation in lesson_model._meta.related_objects
        if _parent_key(relation.related_model, lesson_model)
    )
    return {
        field.related_model
        for owner in (lesson_model, *children)
        for field in (*owner._meta.local_fields, *owner._meta.local_many_to_many)
        if isinstance(field, ForeignKey | ManyToManyField)
        and not issubclass(field.related_model, Page)
    }


def _keys(lesson_model: type[Page], condition: Q) -> set[int]:
    lessons = lesson_model._default_manager.filter(condition).order_by()
    return set(lessons.values_list("pk", flat=True))


def _parent_key(model: type[Model], lesson_model: type[Page]) -> str | None:
    """Return the column by which a child row belongs to its lesson; None for other tables."""
    for field in model._meta.fields:
        if isinstance(field, ParentalKey) and field.related_model is lesson_model:
            return str(field.attname)
    return None
