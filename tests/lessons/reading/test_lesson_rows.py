"""Which lessons a query over their links asks for."""

from __future__ import annotations

import pytest

from lessons import selectors
from lessons.reading import lesson_rows
from tests.factories import make_gemeente, make_lesson


@pytest.mark.django_db
def test_lessons_read_by_a_range_of_keys_are_those_read_by_name(monkeypatch):
    lessons = [make_lesson(gemeenten=[make_gemeente()]) for _ in range(3)]
    lessons[1].unpublish()
    pks = [lesson.pk for lesson in lessons]
    named = selectors.indexable_lessons(pks)

    monkeypatch.setattr(lesson_rows, "_FEW", 0)

    assert str(lesson_rows.among("lesson", pks)).count("gte") == 1
    assert selectors.indexable_lessons(pks) == named
    assert [record.pk for record in named] == [pks[0], pks[2]]


def test_lessons_far_apart_are_named(monkeypatch):
    monkeypatch.setattr(lesson_rows, "_FEW", 0)

    assert lesson_rows.among("lesson", [1, 900]).children == [("lesson__in", [1, 900])]
