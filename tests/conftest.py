"""Fixtures that every test may use, and the rules that hold for all of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Browser, Page, sync_playwright

from cms import content_version
from frontend_api import kept_answers
from frontend_api.clients import keys, limiting, usage
from frontend_api.graphql import persisted_queries
from search import query_log
from tests import elasticsearch_cluster, migrated_database
from tests.factories import forget_base, make_base

# Playwright's synchronous interface runs an event loop in the test's thread; Django
# would take every query there for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
MIGRATED = "migrated-database"
DUMMY_TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
IMMEDIATE_TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# The shell is the same browser without windows, which saves a second for every test.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask a database something, and those that open a browser."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """The longest first, so that no worker is left with it; what empties the database last."""
    if item.get_closest_marker("long"):
        return 0
    database = item.get_closest_marker("django_db")
    return 2 if database is not None and database.kwargs.get("transaction") else 1


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, pytestconfig: pytest.Config
) -> None:
    """Let all workers copy one database that was migrated before."""
    migrated_database.copy_when_possible(pytestconfig.cache.mkdir(MIGRATED))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Have the few rows that nearly every test starts from, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_base()


@pytest.fixture(scope="session")
def migrated_database_file(django_db_setup: None, pytestconfig: pytest.Config) -> Path:
    """Return a migrated database of SQLite, to be copied."""
    return migrated_database.file(pytestconfig.cache.mkdir(MIGRATED))


@pytest.fixture
def nothing_made(db: None) -> None:
    """Start from the migrated database, without the rows of ``make_base``."""
    forget_base()


@pytest.fixture
def wagtail_tasks(settings: Any) -> None:
    """Let Wagtail keep its references and its own index for the CMS, as in the product."""
    settings.TASKS = IMMEDIATE_TASKS


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """Forget what another test cached or counted; a rollback frees keys that a cache knows."""
    cache.clear()
    content_version.forget()
    kept_answers.clear()
    persisted_queries.forget_trusted()
    query_log.forget_waiting()
    keys.forget()
    limiting.forget()
    usage.forget_waiting()


@pytest.fixture(autouse=True)
def _lasting_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no query be asked because a test took long; what is written here is seen at once."""
    monkeypatch.setattr(content_version, "SECONDS_BELIEVED", 3600.0)


@pytest.fixture(autouse=True)
def index_folder(settings: Any, tmp_path: Path) -> Path:
    """Give every test a search index of its own; it is made when first needed."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search-index"
    return tmp_path / "search-index"


@pytest.fixture(scope="session")
def elasticsearch_address() -> Iterator[str]:
    """Return a running Elasticsearch: the one of ``make test``, or else one of its own."""
    address = os.environ.get(elasticsearch_cluster.ADDRESS_VARIABLE)
    if address:
        yield address
        return
    elasticsearch_cluster.require_elasticsearch()
    with elasticsearch_cluster.running_cluster() as (_port, (address,)):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; skip without one at a desk, fail without one in CI."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; install it: apt-get install chromium-headless-shell")
        pytest.skip("Chromium is missing; install it: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page, in Dutch, without anything remembered from another test."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
