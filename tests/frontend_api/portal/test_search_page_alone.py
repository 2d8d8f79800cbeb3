"""The search page with nothing to find, or with lessons that one test needs."""

import pytest

from search import service
from tests.factories import (
    make_home,
)
from tests.frontend_api.portal.test_search_page import page_of

pytestmark = pytest.mark.django_db


def test_the_page_works_before_there_is_a_lesson(client):
    make_home()
    service.rebuild()

    assert "Geen lessen gevonden" in page_of(client, "/zoeken/")
