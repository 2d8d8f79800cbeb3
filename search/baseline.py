"""What Wagtail finds by itself: the search that ours is measured against.

That is Wagtail's own search in the database, with every text and name of a lesson in its
index and the title counting double. It has SQLite's full-text index or PostgreSQL's, as
the database is. The lesson's model knows nothing of this: the fields are lent to it while
the measurement lasts, and the index entries are rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.search import index
from wagtail.search.backends import get_search_backend

_TEXTS = ("core", "context", "trigger", "approach", "result", "explanation")
_STREAMS = ("works_if", "does_not_work_if")
_NAMES = (
    ("recommendations", "text"),
    ("ontwikkelpunt", "label"),
    ("phases", "label"),
    ("family_forms", "label"),
    ("situations", "label"),
    ("audiences", "label"),
    ("gemeenten", "name"),
    ("jeugdregio", "name"),
    ("pilot", "title"),
)


@contextmanager
def wagtail_search() -> Iterator[Callable[[str, int], list[str]]]:
    """Give a function from a text and a number to the uuids of the lessons, best first."""
    model: Any = apps.get_model("lessons", "LessonPage")
    own_fields = model.search_fields
    names = {field.name for field in model._meta.get_fields()}
    model.search_fields = [*own_fields, *_lent_fields(names)]
    try:
        with transaction.atomic():
            lessons = model.objects.live().public()
            backend = get_search_backend()
            backend.get_index_for_model(model).add_items(model, list(lessons))

            def search(text: str, size: int) -> list[str]:
                return [str(lesson.uuid) for lesson in backend.search(text, lessons)[:size]]

            yield search
            transaction.set_rollback(True)
    finally:
        model.search_fields = own_fields


def _lent_fields(names: set[str]) -> list[index.BaseField]:
    texts = [index.SearchField(name) for name in (*_TEXTS, *_STREAMS) if name in names]
    return [
        *texts,
        *(
            index.RelatedFields(relation, [index.SearchField(name)])
            for relation, name in _NAMES
            if relation in names
        ),
    ]
