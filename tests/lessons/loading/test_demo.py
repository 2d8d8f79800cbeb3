from __future__ import annotations

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from cms.users.models import User
from lessons.loading.demo import demo_password
from lessons.loading.demo_files import read_demo
from lessons.loading.lesson_pages import lesson_uuid
from lessons.models import Adoption, LessonPage
from lessons.records import Tombstone
from lessons.selectors import lesson, public_lesson_pks
from search.models import OutboxEntry


def example(code: str) -> LessonPage:
    return LessonPage.objects.get(uuid=lesson_uuid(code))


def test_each_role_has_a_log_in(demo: str) -> None:
    users = User.objects.prefetch_related("groups").order_by("username")

    assert {user.username: [group.name for group in user.groups.all()] for user in users} == {
        "beheerder": ["Beheerders"],
        "redacteur-flevoland": ["Regioredacteuren Flevoland"],
        "redacteur-groningen": ["Regioredacteuren Groningen"],
        "reviewer": ["Reviewers"],
    }
    assert {user.first_name for user in users} == {"Demo"}


def test_tells_how_to_log_in(demo: str) -> None:
    assert User.objects.get(username="reviewer").check_password(demo_password("reviewer"))
    assert f"reviewer              {demo_password('reviewer')}" in demo


def test_tells_no_password_that_was_changed(demo: str) -> None:
    user = User.objects.get(username="reviewer")
    user.set_password("iets-anders-nu")
    user.save()
    printed = StringIO()

    call_command("load_demo", logins=True, stdout=printed)

    assert demo_password("reviewer") not in printed.getvalue()
    assert demo_password("beheerder") in printed.getvalue()


def test_nobody_gets_mail_about_an_example(demo: str) -> None:
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("code", "status", "section"),
    [
        ("demo-begin", "concept", "groningen"),
        ("demo-bijna-klaar", "concept", "flevoland"),
        ("demo-ingediend", "ter goedkeuring", "groningen"),
        ("demo-gepland", "gepland", "landelijk"),
    ],
)
def test_an_example_is_in_its_state_and_not_public(
    demo: str, code: str, status: str, section: str
) -> None:
    page = example(code)

    assert str(page.status_string) == status
    assert page.get_parent().slug == section
    assert lesson(uuid=str(page.uuid)) is None


def test_the_submitted_example_waits_for_the_reviewers(demo: str) -> None:
    state = example("demo-ingediend").current_workflow_state

    assert state is not None
    task = state.current_task_state.task.specific
    assert [group.name for group in task.groups.all()] == ["Reviewers"]
    assert state.requested_by.username == "redacteur-groningen"


def test_the_withdrawn_and_the_replaced_example_answer_with_a_tombstone(demo: str) -> None:
    withdrawn = lesson(uuid=str(lesson_uuid("demo-ingetrokken")))
    replaced = lesson(uuid=str(lesson_uuid("demo-vervangen")))

    assert isinstance(withdrawn, Tombstone)
    assert isinstance(replaced, Tombstone)
    assert (withdrawn.reason, withdrawn.replacement) == ("incorrect", None)
    assert replaced.reason == "replaced"
    assert replaced.replacement is not None
    assert replaced.replacement.uuid == str(lesson_uuid("L01"))


def test_everything_made_up_says_so(demo: str) -> None:
    shipped = {lesson_uuid(item.lesson.code) for item in read_demo().lessons}
    examples = LessonPage.objects.filter(uuid__in=shipped)

    assert examples.count() == 6
    for page in examples:
        assert page.title.startswith("Voorbeeld"), page
        assert "verzonnen" in str(page.context), page
        assert page.attribution.startswith("Voorbeeld"), page
        for withdrawal in page.withdrawals.all():
            assert withdrawal.explanation.startswith("Voorbeeld")
    assert Adoption.objects.filter(is_generated=True).count() == 3
    for adoption in Adoption.objects.all():
        assert adoption.is_generated
        assert adoption.reason.startswith("Voorbeeld (verzonnen)")


def test_no_example_is_public(demo: str) -> None:
    public = LessonPage.objects.filter(pk__in=public_lesson_pks())

    assert {page.uuid for page in public} == {lesson_uuid("L01"), lesson_uuid("L08")}


def test_a_second_load_changes_nothing(demo: str) -> None:
    def counts() -> tuple[int, ...]:
        return (
            User.objects.count(),
            LessonPage.objects.count(),
            Adoption.objects.count(),
            OutboxEntry.objects.count(),
        )

    before = counts()
    printed = StringIO()

    call_command("load_demo", stdout=printed)

    assert counts() == before
    assert "Demo-accounts: 4 ongewijzigd.\nVoorbeelden: 9 ongewijzigd.\n" in printed.getvalue()


def test_a_silent_load_tells_no_log_ins(demo: str) -> None:
    printed = StringIO()

    call_command("load_demo", stdout=printed, verbosity=0)

    assert "Voorbeelden: 9 ongewijzigd." in printed.getvalue()
    assert "Inloggen" in demo
    assert "Inloggen" not in printed.getvalue()


def test_an_example_that_somebody_removed_stays_away(demo: str) -> None:
    example("demo-begin").delete()
    User.objects.get(username="redacteur-flevoland").delete()

    call_command("load_demo", stdout=StringIO())

    assert not LessonPage.objects.filter(uuid=lesson_uuid("demo-begin")).exists()
    assert not User.objects.filter(username="redacteur-flevoland").exists()
