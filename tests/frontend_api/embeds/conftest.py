"""Lessons in two gemeenten, a feed with some of them, and one that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings

from lessons.models import GemeenteProfile, LessonPage, Phase
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import make_gemeente, make_jeugdregio, make_lesson, make_section, make_term
from tests.planting import rolled_back


@dataclass(frozen=True)
class Planted:
    """What was planted."""

    feed: Feed
    strange: LessonPage
    lesson: LessonPage
    withdrawn: LessonPage


@pytest.fixture(scope="module")
def planted_lessons(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Planted]:
    """Plant once for all tests of a module, which only read or roll back."""
    index = tmp_path_factory.mktemp("index")
    with rolled_back(django_db_blocker), override_settings(SEARCH_INDEX_DIR=index):
        borging = make_term(Phase, "borging", "Borging")
        for number, (code, name) in enumerate(
            {"GM0014": "Groningen", "GM0106": "Assen", "GM0114": "Emmen"}.items(), start=1
        ):
            gemeente = make_gemeente(code, name)
            figures = {"inwoners_2025": 24_000 * number, "oad_2024": 300 * number}
            GemeenteProfile.objects.create(gemeente=gemeente, edition=2025, figures=figures)
        strange = make_lesson(
            make_section(make_jeugdregio()),
            title="Zoek & <b>\"vind\"</b>, 'ja'",
            core="Let op: <script>alert(1)</script> & meer",
            attribution="Regio <i>Noord</i>",
            phases=[borging],
            gemeenten=[make_gemeente()],
        )
        lesson = make_lesson(title="Praat met de buren", gemeenten=[make_gemeente("GM0106")])
        withdrawn = make_lesson(title="Straks ingetrokken", phases=[borging])
        feed = Feed.objects.create(
            title="Borging & zo", slug="borging", description="Wat <blijft>.", query="phase=borging"
        )
        service.rebuild()
        withdraw(withdrawn, reason="replaced", replacement=lesson, explanation="Zie <daar>.")
        service.drain()
        yield Planted(feed, strange, lesson, withdrawn)


@pytest.fixture(autouse=True)
def index_folder(planted_lessons: Planted) -> None:
    """Let all tests of a module use the index of what was planted."""


@pytest.fixture
def planted(planted_lessons: Planted, db: None) -> Planted:
    """Return what was planted."""
    return planted_lessons
