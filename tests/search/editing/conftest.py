"""Fixtures of the screens of search in the CMS."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.lessons.editing.people import People, logged_in, make_people
from tests.planting import fresh, rolled_back


@pytest.fixture(scope="module")
def planted_people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    """Plant two regions and somebody in each role, once for a module."""
    with rolled_back(django_db_blocker):
        yield make_people()


@pytest.fixture
def people(planted_people: People, db: None) -> People:
    """Return two regions, and somebody in each role."""
    return fresh(planted_people)


@pytest.fixture
def reviewer(people: People) -> Client:
    """Return a client in which a reviewer is logged in."""
    return logged_in(people.reviewer)
