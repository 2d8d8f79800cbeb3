"""Storing many generated lessons at once, and taking them away again.

Django writes rows of inherited tables one by one only. Here the pages go in by
``bulk_create``, their lessons by one statement for many rows, and what hangs under them by
``bulk_create`` again. Nobody hears of the single pages; the save of their section at the end
tells whoever listens that everything under it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from wagtail.models import Page

from lessons.generating.writing import MARK, SOURCE, GeneratedLesson, LessonGenerator, Surroundings
from lessons.loading.lesson_pages import lesson_uuid
from lessons.models import (
    LessonIndexPage,
    LessonPage,
    LessonPartner,
    LessonSectionPage,
    LessonSource,
    LoadedItem,
    Recommendation,
)

SECTION_SLUG = f"{MARK}e-lessen"
SECTION_TITLE = "Gegenereerde lessen"

_CHUNK = 1000
_REMOVED_AT_ONCE = 200

ItemT = TypeVar("ItemT")
Progress = Callable[[int, int], None]


class GeneratingError(Exception):
    """Lessons cannot be generated here; the message tells why, in Dutch."""


def section() -> LessonSectionPage | None:
    """Return the section of the generated lessons, or None."""
    return LessonSectionPage.objects.filter(slug=SECTION_SLUG).first()


def lessons_of_people() -> int:
    """Return how many lessons somebody wrote here: neither shipped nor generated."""
    keys = LoadedItem.objects.filter(key__startswith="lesson:").values_list("key", flat=True)
    shipped = [lesson_uuid(key.removeprefix("lesson:")) for key in keys]
    own = section()
    lessons = LessonPage.objects.exclude(uuid__in=shipped)
    return (lessons.not_descendant_of(own) if own else lessons).count()


@transaction.atomic
def generate(number: int, seed: int, progress: Progress) -> int:
    """Add that many public lessons to those generated before; return how many there are.

    All or nothing. Raises ``GeneratingError`` where terms or places are missing.
    """
    around = Surroundings()
    index = LessonIndexPage.objects.first()
    if index is None or not around.are_complete:
        raise GeneratingError(
            "Er zijn nog geen begrippen, gemeenten of pagina's. "
            "Laad ze met load_geography en load_content."
        )
    own = section() or index.add_child(
        instance=LessonSectionPage(title=SECTION_TITLE, slug=SECTION_SLUG)
    )
    first = _last_number(own) + 1
    generator = LessonGenerator(own, seed, around)
    done = 0
    for numbers in _chunks(range(first, first + number), _CHUNK):
        _store(own, {each: generator.lesson(each) for each in numbers})
        done += len(numbers)
        progress(done, number)
    own.numchild += number
    own.save()
    return own.numchild


def remove(progress: Progress) -> int:
    """Delete the generated lessons with their section; return how many they were."""
    own = section()
    if own is None:
        return 0
    pks = list(own.get_children().values_list("pk", flat=True))
    done = 0
    for chunk in _chunks(pks, _REMOVED_AT_ONCE):
        with transaction.atomic():
            LessonPage.objects.filter(pk__in=chunk).delete()
        done += len(chunk)
        progress(done, len(pks))
    own.refresh_from_db()
    own.delete()
    return len(pks)


def _last_number(own: LessonSectionPage) -> int:
    last = own.get_children().order_by("path").last()
    return int(last.slug.rpartition("-")[2]) if last else 0


def _store(own: LessonSectionPage, generated: dict[int, GeneratedLesson]) -> None:
    for number, lesson in generated.items():
        lesson.page.depth = own.depth + 1
        # The number is the place among the section's children, so no two are alike.
        lesson.page.path = Page._get_path(own.path, own.depth + 1, number)
    lessons = list(generated.values())
    _store_pages([lesson.page for lesson in lessons])
    for name in lessons[0].terms:
        _store_links(name, lessons)
    _store_children(lessons)


def _store_pages(lessons: Sequence[LessonPage]) -> None:
    """Insert the rows of both tables: the page's, then the lesson's with the same key."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = [Page(**{name: getattr(lesson, name) for name in names}) for lesson in lessons]
    kind = ContentType.objects.get_for_model(LessonPage)
    for page in pages:
        page.content_type = kind
        page.live = True
        page.has_unpublished_changes = False
    for lesson, page in zip(lessons, Page.objects.bulk_create(pages), strict=True):
        lesson.page_ptr_id = lesson.pk = page.pk
    fields = LessonPage._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(LessonPage._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own columns
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [
                    field.get_db_prep_save(field.pre_save(lesson, add=True), connection)
                    for field in fields
                ]
                for lesson in lessons
            ],
        )


def _store_links(name: str, lessons: Iterable[GeneratedLesson]) -> None:
    relation = LessonPage._meta.get_field(name)
    through: type[models.Model] = getattr(LessonPage, name).through
    target = f"{relation.m2m_reverse_field_name()}_id"
    through._default_manager.bulk_create(
        [
            through(**{"lessonpage_id": lesson.page.pk, target: pk})
            for lesson in lessons
            for pk in lesson.terms[name]
        ]
    )


def _store_children(lessons: Sequence[GeneratedLesson]) -> None:
    LessonPartner.objects.bulk_create(
        LessonPartner(lesson_id=lesson.page.pk, partner_id=pk, role=role, sort_order=place)
        for lesson in lessons
        for place, (pk, role) in enumerate(lesson.partner_roles)
    )
    Recommendation.objects.bulk_create(
        Recommendation(lesson_id=lesson.page.pk, text=text, sort_order=place)
        for lesson in lessons
        for place, text in enumerate(lesson.recommendations)
    )
    LessonSource.objects.bulk_create(
        LessonSource(lesson_id=lesson.page.pk, title=SOURCE, sort_order=0) for lesson in lessons
    )


def _chunks(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
