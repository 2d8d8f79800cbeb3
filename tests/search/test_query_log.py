"""What is kept of questions: counts by day, and nothing that leads to a person."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from lessons.models import Phase
from search import query_log, service
from search.models import QueryCount
from search.query import LessonQuery
from tests.factories import make_lesson, make_term

pytestmark = pytest.mark.django_db

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _nothing_waits():
    query_log.write()
    QueryCount.objects.all().delete()


def ask(text, times=1, **query):
    for _number in range(times):
        service.search(LessonQuery(text=text, **query), counted=True)


def counts():
    return list(QueryCount.objects.values_list("wording", "times", "times_without_result"))


def test_wordings_are_counted_alike_by_day_with_those_without_result():
    make_lesson(title="Kringgesprek")

    ask("Kringgesprek!", 2)
    ask("kringgesprek")
    ask("xyzzy", 3)

    assert query_log.write() == 6
    assert sorted(counts()) == [("kringgesprek", 3, 0), ("xyzzy", 3, 3)]
    assert set(QueryCount.objects.values_list("day", flat=True)) == {timezone.localdate()}


def test_only_the_first_page_of_a_question_in_words_counts():
    for number in range(3):
        make_lesson(title=f"Kringgesprek {number}")
    cursor = service.search(LessonQuery(text="kringgesprek", first=1)).end_cursor

    ask("kringgesprek", first=1, after=cursor)
    ask("", 2)
    ask('"?!"')
    service.search(LessonQuery(text="niet geteld"))

    assert query_log.write() == 0


def test_a_filter_in_the_way_is_no_fault_of_the_words():
    make_lesson(title="Kringgesprek")
    make_term(Phase, "borging")

    ask("kringgesprek", 3, filters={"phase": ("borging",)})

    query_log.write()
    assert counts() == [("kringgesprek", 3, 0)]


def test_a_rare_wording_is_a_code_until_it_is_asked_three_times():
    ask("jan de boer", 2)
    query_log.write()
    row = QueryCount.objects.get()
    assert (row.wording, row.times, len(row.fingerprint)) == ("", 2, 32)

    ask("jan de boer")
    query_log.write()

    assert counts() == [("jan de boer", 3, 3)]


def test_three_times_on_different_days_is_enough():
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ask("kringgesprek", 2)
    query_log.write()
    QueryCount.objects.update(day=yesterday)

    ask("kringgesprek")
    query_log.write()

    assert sorted(counts()) == [("kringgesprek", 1, 1), ("kringgesprek", 2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "kind met bsn 111222333",
        "bel 06-12345678",
        "mail naar iemand@example.org",
        "nl91 abna 0417 1643 00",
        "Dorpsstraat 9711ab 12",
        "9711 ab 12 groningen",
        "9711ab",
        "geboren 3 maart 2012",
        "meisje 12-03-2011",
        "dossier 12345678",
        "mijn dochter wil niet meer naar school en nu weten we het niet meer",
        "a" * 60 + " " + "b" * 60,
    ],
)
def test_what_may_be_about_a_person_is_kept_in_no_form(text):
    ask(text, 3)

    query_log.write()

    assert counts() == [("", 3, 3)]
    assert QueryCount.objects.get().fingerprint == query_log.NOT_KEPT


@pytest.mark.parametrize(
    "text", ["cijfers 2018-2020", "18+ pleegzorg", "GM0014 jz01", "artikel 2.3"]
)
def test_numbers_that_point_at_nobody_are_kept(text):
    assert query_log.kept_wording(text)


def test_nothing_is_counted_when_the_setting_says_so(settings):
    settings.SEARCH_LOG_DAYS = 0

    ask("kringgesprek", 3)

    assert query_log.write() == 0


def test_counts_go_after_the_days_of_the_setting(settings, capsys):
    settings.SEARCH_LOG_DAYS = 30
    today = timezone.localdate()
    for days in (0, 29, 30, 31):
        QueryCount.objects.create(day=today - datetime.timedelta(days=days), fingerprint="x")

    call_command("forget_queries")

    left = QueryCount.objects.order_by("-day").values_list("day", flat=True)
    assert [(today - day).days for day in left] == [0, 29]
    assert capsys.readouterr().out == "2 tellingen verwijderd.\n"


def test_what_cannot_be_written_waits(monkeypatch):
    ask("kringgesprek", 3)
    with monkeypatch.context() as broken:
        broken.setattr(query_log, "_store", _broken)
        assert query_log.write() == 0

    assert query_log.write() == 3


def _broken(_taken):
    raise DatabaseError("gone")


def test_counting_asks_the_database_nothing(django_assert_num_queries):
    make_lesson(title="Kringgesprek")
    ask("kringgesprek")

    with django_assert_num_queries(1):
        ask("kringgesprek")


@pytest.fixture(scope="module")
def told(tmp_path_factory, migrated_database_file):
    """What ``two_processes.py`` prints; started once for both tests."""
    data = tmp_path_factory.mktemp("processes")
    shutil.copy(migrated_database_file, data / "lessenbank.sqlite3")
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.two_processes"],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.desk",
            "LESSENBANK_DATA": str(data),
            "LESSENBANK_LOG_LEVEL": "ERROR",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_killed_process_loses_only_what_it_has_not_written_yet(told):
    assert told[:2] == ["50", "50"]


def test_another_process_knows_a_changed_synonym_from_its_next_search_on(told):
    assert told[2:] == ["False", "True"]
