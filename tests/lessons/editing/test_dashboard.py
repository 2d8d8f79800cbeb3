"""The dashboard says what is to be done, for each role, in a fixed number of queries."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState, Workflow

from cms.users.models import User
from lessons.editing.dashboard import (
    FiguresPanel,
    MinePanel,
    NewLessonPanel,
    ReviewPanel,
    WaitingPanel,
    arrange_dashboard,
    end_of_month,
)
from lessons.models import LessonPage
from lessons.withdrawing import withdraw
from tests.conftest import DUMMY_TASKS
from tests.factories import make_lesson
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db


def rows(panel: Any) -> list[tuple[str, str]]:
    return [(row.title, str(row.status)) for row in panel.rows()]


def submit(lesson: LessonPage, user: User) -> TaskState:
    return Workflow.objects.get().start(lesson, user).current_task_state


def test_a_reviewer_sees_what_is_submitted_oldest_first(people: People) -> None:
    for title in ("Eerste", "Tweede"):
        submit(make_lesson(people.groningen, published=False, title=title), people.editor)

    assert [title for title, _ in rows(WaitingPanel(people.reviewer, 0))] == ["Eerste", "Tweede"]
    assert rows(WaitingPanel(people.editor, 0)) == []


def test_an_editor_sees_what_came_back_with_the_comment(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False, title="Teruggekomen")
    submit(lesson, people.editor).reject(user=people.reviewer, comment="Noem het aantal.")

    (row,) = WaitingPanel(people.editor, 0).rows()

    assert (row.title, row.note, row.person) == ("Teruggekomen", "Noem het aantal.", "reviewer")
    assert rows(WaitingPanel(people.stranger, 0)) == []
    assert rows(WaitingPanel(people.reviewer, 0)) == []


def test_an_editor_sees_the_lessons_of_the_own_region_with_their_completeness(
    people: People,
) -> None:
    make_lesson(people.groningen, published=False, title="Half af", core="", phases=[])
    make_lesson(people.drenthe, published=False, title="Van een ander")

    (row,) = MinePanel(people.editor, 0).rows()

    assert (row.title, row.percentage) == ("Half af", 89)


def test_an_editor_sees_which_of_the_own_lessons_wait_for_a_reviewer(people: People) -> None:
    make_lesson(people.groningen, published=False, title="Begonnen")
    submit(make_lesson(people.groningen, published=False, title="Ingediend"), people.editor)

    assert rows(MinePanel(people.editor, 0)) == [
        ("Ingediend", "ter goedkeuring"),
        ("Begonnen", "concept"),
    ]


def test_completeness_is_that_of_the_newest_version(people: People) -> None:
    lesson = make_lesson(people.groningen)
    lesson.core = ""
    lesson.recommendations = []
    lesson.save_revision(clean=False)

    (row,) = MinePanel(people.editor, 0).rows()

    assert row.percentage == 89


def test_a_withdrawn_lesson_is_shown_as_such(people: People) -> None:
    withdraw(make_lesson(people.groningen), reason="outdated", user=people.reviewer)

    ((_, status),) = rows(MinePanel(people.editor, 0))

    assert status in {"withdrawn", "ingetrokken"}


def test_a_reviewer_sees_as_own_what_the_reviewer_wrote(people: People) -> None:
    make_lesson(people.groningen, published=False, title="Van een ander")
    make_lesson(people.groningen, published=False, title="Zelf", owner=people.reviewer)

    assert [title for title, _ in rows(MinePanel(people.reviewer, 0))] == ["Zelf"]


def test_public_lessons_come_up_for_review_this_month_and_when_overdue(people: People) -> None:
    today = timezone.localdate()
    for title, day in (
        ("Deze maand", end_of_month(today)),
        ("Te laat", today - datetime.timedelta(days=40)),
        ("Later", end_of_month(today) + datetime.timedelta(days=1)),
    ):
        make_lesson(people.groningen, title=title, next_review=day)
    make_lesson(people.groningen, published=False, title="Concept", next_review=today)
    make_lesson(people.drenthe, title="Van Drenthe", next_review=today)

    found = [row.title for row in ReviewPanel(people.editor, 0).rows()]
    overdue = [row.title for row in ReviewPanel(people.editor, 0).rows() if row.is_overdue]

    assert found == ["Te laat", "Deze maand"]
    assert overdue == ["Te laat"]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (datetime.date(2026, 2, 3), datetime.date(2026, 2, 28)),
        (datetime.date(2028, 2, 29), datetime.date(2028, 2, 29)),
        (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31)),
    ],
)
def test_a_month_ends_on_its_last_day(day: datetime.date, last: datetime.date) -> None:
    assert end_of_month(day) == last


def test_the_button_leads_an_editor_straight_to_the_form_of_the_own_region(
    people: People,
) -> None:
    sections = NewLessonPanel(people.editor, 0).get_context_data()["sections"]

    assert sections == [("Groningen", f"/cms/pages/add/lessons/lessonpage/{people.groningen.pk}/")]


def test_a_reviewer_chooses_the_region_of_a_new_lesson(people: People) -> None:
    sections = NewLessonPanel(people.reviewer, 0).get_context_data()["sections"]

    assert [title for title, _ in sections] == ["Drenthe", "Groningen"]


def test_an_administrator_sees_the_figures(people: People) -> None:
    make_lesson(people.groningen)
    make_lesson(people.groningen, published=False)
    withdraw(make_lesson(people.drenthe), reason="outdated", user=people.reviewer)

    figures = FiguresPanel(0).get_context_data()["figures"]

    assert [number for _, number in figures] == [1, 1, 0, 1, 0]


@pytest.mark.parametrize(
    ("role", "panels"),
    [
        ("editor", ["NewLessonPanel", "WaitingPanel", "MinePanel", "ReviewPanel"]),
        ("reviewer", ["NewLessonPanel", "WaitingPanel", "MinePanel", "ReviewPanel"]),
        (
            "administrator",
            ["NewLessonPanel", "WaitingPanel", "MinePanel", "ReviewPanel", "FiguresPanel"],
        ),
    ],
)
def test_each_role_has_its_panels(people: People, role: str, panels: list[str]) -> None:
    request = RequestFactory().get("/cms/")
    request.user = getattr(people, role)
    arranged: list[Any] = []

    arrange_dashboard(request, arranged)

    assert [type(panel).__name__ for panel in arranged] == panels


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_more_lessons_take_no_more_queries(people: People, role: str, settings: Any) -> None:
    # The dashboard asks nothing that Wagtail's tasks find, and they take half of the time.
    settings.TASKS = DUMMY_TASKS
    client = logged_in(getattr(people, role))
    today = timezone.localdate()

    def fill() -> None:
        owner = {"owner": getattr(people, role)}
        make_lesson(people.groningen, next_review=today, **owner)
        withdraw(make_lesson(people.groningen, **owner), reason="outdated")
        submit(make_lesson(people.groningen, published=False, **owner), people.editor)
        returned = make_lesson(people.groningen, published=False, **owner)
        submit(returned, getattr(people, role)).reject(user=people.reviewer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/cms/").status_code == 200
        return len(captured)

    fill()
    queries()
    few = queries()
    fill()

    assert queries() == few


def test_empty_panels_say_so_in_words(people: People) -> None:
    text = logged_in(people.editor).get("/cms/").content.decode()

    for panel in (WaitingPanel, MinePanel, ReviewPanel):
        assert str(panel.empty) in text
