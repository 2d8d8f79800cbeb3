"""Fixtures of the editors' side."""

import pytest

from tests.lessons.editing.people import People, make_people


@pytest.fixture(autouse=True)
def _tasks(wagtail_tasks: None) -> None:
    """Carry out Wagtail's tasks: the CMS shows what they find."""


@pytest.fixture
def people(db: None) -> People:
    """Return two regions, and somebody in each role."""
    return make_people()
