"""Measuring every engine, whichever the settings name."""

from __future__ import annotations

import pytest

from search.measuring import engine_search, measurable_engines
from tests.factories import make_lesson
from tests.faults.servers import nobody

pytestmark = pytest.mark.django_db


def test_an_engine_that_the_settings_do_not_name_gets_an_index_for_the_while(settings):
    lesson = make_lesson(title="Wachtlijst korter")
    with nobody() as address:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_ADDRESSES = [address]

        with engine_search("embedded") as search:
            found = search("wachtlijsten", 5)

    assert found == [str(lesson.uuid)]


@pytest.mark.elasticsearch
def test_elasticsearch_is_measured_beside_the_embedded_engine(settings, elasticsearch_address):
    lesson = make_lesson(title="Wachtlijst korter")
    settings.ELASTICSEARCH_ADDRESSES = [elasticsearch_address]

    with engine_search("elasticsearch") as search:
        found = search("wachtlijsten", 5)

    assert found == [str(lesson.uuid)]


def test_elasticsearch_is_measured_where_it_has_an_address(settings):
    without = measurable_engines()
    settings.ELASTICSEARCH_ADDRESSES = ["http://127.0.0.1:9200"]

    assert (without, measurable_engines()) == (("embedded",), ("embedded", "elasticsearch"))
