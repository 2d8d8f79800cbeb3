"""The shipped tables and content, loaded once for all tests that only look at them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from lessons.loading.geography import load_geography
from lessons.loading.geography_tables import GEMEENTEN_FILE, JEUGDREGIOS_FILE, read_geography
from lessons.loading.lesson_collection import read_collection
from lessons.loading.lesson_pages import load_lessons
from lessons.loading.pilots import load_pilots, read_pilots
from lessons.loading.site import load_site, read_site
from lessons.loading.vocabularies import load_vocabularies, read_vocabularies
from tests.factories import forget_base
from tests.planting import rolled_back


@pytest.fixture(autouse=True)
def _tasks(wagtail_tasks: None) -> None:
    """Carry out Wagtail's tasks: loading fills the choosers of the CMS."""


LOADED = {"loaded", "loaded_site", "loaded_demo", "loaded_places", "loaded_terms"}
"""Fixtures of a module, which begin with nothing made themselves."""


@pytest.fixture(autouse=True)
def _nothing_made(request: pytest.FixtureRequest) -> None:
    """Load into a database that was just migrated, as fixtures of a module do themselves."""
    fixtures = set(request.fixturenames)
    is_loaded = fixtures & LOADED
    if request.node.get_closest_marker("database") and not is_loaded:
        request.getfixturevalue("nothing_made")


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    """Return copies of the shipped tables, to be spoiled."""
    gemeenten, jeugdregios = tmp_path / "gemeenten.csv", tmp_path / "jeugdregios.csv"
    shutil.copy(GEMEENTEN_FILE, gemeenten)
    shutil.copy(JEUGDREGIOS_FILE, jeugdregios)
    return gemeenten, jeugdregios


Change = Callable[[Path, str, str], int]


@pytest.fixture
def change() -> Change:
    """Replace a text in a file once; return the line where it stood."""

    def replace_once(path: Path, old: str, new: str) -> int:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace_once


@pytest.fixture
def geography(db: None) -> None:
    """Load the shipped gemeenten and jeugdregio's."""
    load_geography(read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE))


def load_all_before_lessons() -> None:
    """Load terms, places, pages and pilots."""
    load_geography(read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE))
    load_vocabularies(read_vocabularies())
    load_site(read_site())
    load_pilots(read_pilots())


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Load all places and content that are shipped; return what was printed."""
    printed = StringIO()
    with rolled_back(django_db_blocker):
        forget_base()
        for command in ("load_geography", "load_content"):
            call_command(command, stdout=printed)
        yield printed.getvalue()


@pytest.fixture
def content(loaded: str, db: None) -> str:
    """Return what was printed while all content was loaded."""
    return loaded


@pytest.fixture(scope="module")
def loaded_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load all that comes before the lessons, once for a module."""
    with rolled_back(django_db_blocker):
        forget_base()
        load_all_before_lessons()
        yield


@pytest.fixture
def site(loaded_site: None, db: None) -> None:
    """Have terms, places, pages and pilots, but no lessons."""


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Load the examples, and of the lessons only those that they refer to."""
    printed = StringIO()
    with rolled_back(django_db_blocker):
        forget_base()
        load_all_before_lessons()
        collection = read_collection()
        lessons = tuple(item for item in collection.lessons if item.code in {"L01", "L08"})
        load_lessons(replace(collection, lessons=lessons, relations=()))
        call_command("load_demo", stdout=printed)
        yield printed.getvalue()


@pytest.fixture
def demo(loaded_demo: str, db: None) -> str:
    """Return what was printed while the examples were loaded."""
    return loaded_demo
