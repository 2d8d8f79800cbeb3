"""Fixtures of the editors' side."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from tests.conftest import IMMEDIATE_TASKS
from tests.lessons.editing.people import People, make_people
from tests.planting import fresh, rolled_back


@pytest.fixture(autouse=True)
def _tasks(wagtail_tasks: None) -> None:
    """Carry out Wagtail's tasks: the CMS shows what they find."""


@pytest.fixture(scope="module")
def planted_people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    """Plant two regions and somebody in each role, once for a module."""
    with override_settings(TASKS=IMMEDIATE_TASKS), rolled_back(django_db_blocker):
        yield make_people()


@pytest.fixture
def people(planted_people: People, db: None) -> People:
    """Return two regions, and somebody in each role."""
    return fresh(planted_people)
