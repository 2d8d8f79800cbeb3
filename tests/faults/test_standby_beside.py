"""Many lessons without Elasticsearch: the standby is made beside the requests.

Its thread has a connection of its own and sees only what is committed, so this test
empties the database afterwards; ``conftest.py`` lets it come last.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest

from search import service, standby
from search.answering import NOTICE_STANDBY, NOTICE_UNAVAILABLE
from search.service import LessonQuery
from tests.factories import make_lesson
from tests.faults.servers import nobody


@pytest.mark.django_db(transaction=True)
def test_many_lessons_are_read_beside_the_requests(settings: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(standby, "MOST_LESSONS_AT_ONCE", 0)
    with nobody() as address:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_ADDRESSES = [address]
        make_lesson(title="Een")

        before = service.search(LessonQuery())
        for thread in threading.enumerate():
            if thread.name == "standby":
                thread.join(timeout=30)
        after = service.search(LessonQuery())

    assert (before.total, before.notices) == (0, (NOTICE_UNAVAILABLE,))
    assert ([hit.card.title for hit in after.hits], after.notices) == (["Een"], (NOTICE_STANDBY,))
