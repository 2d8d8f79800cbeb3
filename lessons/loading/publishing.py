"""Putting pages in the tree by way of real publishing, so that everyone who listens hears."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

# What says where a value is kept, not what it is.
BOOKKEEPING = frozenset({"pk", "id", "sort_order"})


@dataclass(frozen=True)
class Counts:
    """How many items a step created, changed and left as they were."""

    created: int = 0
    changed: int = 0
    kept: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.created + other.created, self.changed + other.changed, self.kept + other.kept
        )


def set_values(page: Page, values: dict[str, Any]) -> None:
    """Set fields and child lists on the page in memory."""
    for name, value in values.items():
        if _is_list(page, name):
            _number(value)
        setattr(page, name, value)


def differs(page: Page, values: dict[str, Any]) -> bool:
    """Set the values on the page in memory; tell whether that changed its content."""
    before = _content(page, values)
    set_values(page, values)
    return _content(page, values) != before


def add_draft(parent: Page, page: Page, values: dict[str, Any]) -> None:
    """Put a new page under the parent, not yet online.

    Child lists are on the page in memory only: saving a revision keeps them, and
    publishing writes them to their tables, once.
    """
    page.live = False
    with _one_reference_update(page):
        set_values(
            page, {name: value for name, value in values.items() if not _is_list(page, name)}
        )
        parent.add_child(instance=page)
    set_values(page, values)


def publish(page: Page) -> None:
    """Publish the page as it is in memory; the object itself stays as it was."""
    page.save_revision().publish()


@contextmanager
def _one_reference_update(page: Page) -> Iterator[None]:
    """Bring Wagtail's index of references up to date once, not at the save of every row.

    With all its lists, a new lesson has some fifteen rows, and each would index the whole
    lesson anew. Publishing sees to it by itself.
    """
    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(type(page)._default_manager.get(pk=page.pk))


def add_or_refresh(
    parent: Page,
    present: Page | None,
    new: Page,
    values: dict[str, Any],
    *,
    refresh: bool,
    may_create: bool = True,
) -> Counts:
    """Publish ``new`` when nothing is present; refresh what is, when asked to."""
    if present is None and may_create:
        add_draft(parent, new, values)
        publish(new)
        return Counts(created=1)
    if refresh and present is not None and present.live and differs(present, values):
        publish(present)
        return Counts(changed=1)
    return Counts(kept=1)


def _content(page: Page, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of the fields and child lists in a form that can be compared."""
    data = page.serializable_data()
    return {name: _plain(page, name, data[name]) for name in names}


def _number(rows: Iterable[models.Model]) -> None:
    """Give the rows of a child list their place; only a form would do so by itself."""
    for place, row in enumerate(rows):
        if isinstance(row, Orderable):
            row.sort_order = place


def _is_list(page: Page, name: str) -> bool:
    field = page._meta.get_field(name)
    return isinstance(field, ParentalManyToManyField | models.ManyToOneRel)


def _plain(page: Page, name: str, value: Any) -> Any:
    field = page._meta.get_field(name)
    if isinstance(field, StreamField):
        return _without_bookkeeping(json.loads(value))
    if isinstance(field, ParentalManyToManyField):
        return sorted(value)
    if isinstance(field, models.ManyToOneRel):
        parent = field.field.name
        return [
            {key: item for key, item in child.items() if key not in {*BOOKKEEPING, parent}}
            for child in value
        ]
    return value


def _without_bookkeeping(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_bookkeeping(item) for key, item in value.items() if key not in BOOKKEEPING
        }
    if isinstance(value, list):
        return [_without_bookkeeping(item) for item in value]
    return value
