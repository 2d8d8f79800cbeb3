"""A lesson is withdrawn while others show it; alone, for it changes the index of the module."""

from __future__ import annotations

import pytest

from lessons.models import LessonPage
from lessons.withdrawing import withdraw

pytestmark = pytest.mark.django_db


def test_a_withdrawal_is_seen_at_the_next_question(planted, client):
    paths = (f"les/{planted.lesson.uuid}", "lijst", "zoeken?q=buren", "gemeente/GM0106")
    before = [client.get(f"/embed/v1/{path}") for path in paths]

    withdraw(LessonPage.objects.get(pk=planted.lesson.pk), reason="outdated")
    after = [
        client.get(f"/embed/v1/{path}", headers={"if-none-match": first["ETag"]})
        for path, first in zip(paths, before, strict=True)
    ]

    assert [b"Praat met de " in response.content for response in before] == [True] * 4
    assert [response.status_code for response in after] == [410, 200, 200, 200]
    assert [b"Praat met de " in response.content for response in after] == [False] * 4
