"""A real server with a few lessons, for code that asks it as a partner would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from frontend_api.clients import keys
from frontend_api.models import PartnerClient, Scope
from lessons.models import Phase
from search import service
from tests.factories import make_gemeente, make_lesson, make_term


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Serve; return the address and a key."""
    if connection.vendor != "sqlite":
        pytest.skip("The server shares its connection with the tests, which only SQLite can.")
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        index = tmp_path_factory.mktemp("developers") / "search-index"
        try:
            with (
                override_settings(
                    BASE_URL=server.url,
                    ALLOWED_HOSTS=["localhost", "testserver"],
                    SEARCH_INDEX_DIR=index,
                ),
                transaction.atomic(),
            ):
                yield {"url": server.url, "key": _planted()}
                transaction.set_rollback(True)
        finally:
            for thread in threading.enumerate():
                if "process_request_thread" in thread.name:
                    thread.join(timeout=5)
            server.stop()


def _planted() -> str:
    make_term(Phase, "borging", "Borging")
    make_lesson(title="Steun een pleeggezin", gemeenten=[make_gemeente()], attribution="Bureau A")
    make_lesson(title="Een pleeggezin in de buurt", attribution="Bureau B", kind="dead_end")
    service.rebuild()
    partner = PartnerClient.objects.create(
        name="Voorbeeld", organization="-", scopes=list(Scope.values)
    )
    return keys.issue(partner).text
