"""A feed with two lessons, and with two that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings

from lessons.models import LessonPage, Phase
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import make_gemeente, make_jeugdregio, make_lesson, make_section, make_term
from tests.planting import rolled_back


@dataclass(frozen=True)
class PlantedFeed:
    """What was planted."""

    feed: Feed
    plain: LessonPage
    strange: LessonPage
    withdrawn: LessonPage
    left: LessonPage


@pytest.fixture(scope="module")
def planted_feed(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[PlantedFeed]:
    """Plant the feed once for all tests of a module, which only read or roll back."""
    index = tmp_path_factory.mktemp("index")
    with rolled_back(django_db_blocker), override_settings(SEARCH_INDEX_DIR=index):
        borging = make_term(Phase, "borging", "Borging")
        uitvoering = make_term(Phase, "uitvoering", "Uitvoering")
        plain = make_lesson(title="Gewoon", phases=[borging, uitvoering])
        strange = make_lesson(
            make_section(make_jeugdregio()),
            title="=HYPERLINK(1) & <b>\"vet\"</b>, 'ja'",
            core="+31 is een landnummer; =1+1 en <script>alert(1)</script> & meer",
            attribution="@iemand",
            phases=[borging],
            gemeenten=[make_gemeente()],
        )
        withdrawn = make_lesson(title="Straks ingetrokken", phases=[borging])
        left = make_lesson(title="Straks eruit", phases=[borging])
        feed = Feed.objects.create(
            title="Borging & zo",
            slug="borging",
            description="Wat <blijft>.",
            query="phase=borging",
        )
        service.rebuild()
        withdraw(withdrawn, reason="replaced", replacement=plain, explanation="Zie <daar>.")
        left.phases.set([uitvoering])
        left.save_revision().publish()
        service.drain()
        yield PlantedFeed(feed, plain, strange, withdrawn, left)


@pytest.fixture
def planted(planted_feed: PlantedFeed, db: None, settings: Any) -> PlantedFeed:
    """Return what was planted."""
    return planted_feed
