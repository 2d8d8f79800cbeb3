from __future__ import annotations

import logging

import pytest

from cms.settings.logs import is_news


@pytest.mark.parametrize(("status", "expected"), [(None, True), (404, True), (429, False)])
def test_a_request_that_was_one_too_many_is_no_news(status, expected):
    record = logging.makeLogRecord({} if status is None else {"status_code": status})

    assert is_news(record) is expected


def test_the_level_holds_for_django_too(settings):
    """Django's own settings give its loggers a level that goes before that of the root."""
    assert logging.getLogger("django").level == logging.getLogger().level
    assert is_news in logging.getLogger("django.request").filters


def test_a_link_that_opens_a_draft_stands_in_no_line():
    handler = logging.getLogger().handlers[0]
    record = logging.makeLogRecord(
        {"name": "django.request", "msg": "Not Found: %s", "args": ("/concept/17.aB3/",)}
    )

    line = handler.formatter.format(record)

    assert "/concept/…/" in line
    assert "17.aB3" not in line
