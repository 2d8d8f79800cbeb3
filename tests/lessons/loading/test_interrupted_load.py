from __future__ import annotations

import pytest

from lessons.loading.lesson_collection import read_collection
from lessons.loading.lesson_pages import load_lessons
from lessons.models import LessonPage, LoadedItem
from search.models import OutboxEntry


class PowerCutError(Exception):
    """Ends a load from outside."""


def test_a_load_that_is_cut_off_leaves_nothing_half(site: None) -> None:
    def cut_at_the_third(done: int, _total: int) -> None:
        if done == 3:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        load_lessons(read_collection(), progress=cut_at_the_third)

    assert not LessonPage.objects.exists()
    assert not LoadedItem.objects.filter(key__startswith="lesson:").exists()
    assert not OutboxEntry.objects.exists()
