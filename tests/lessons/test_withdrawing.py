import pytest
from django.core.exceptions import ValidationError
from wagtail.signals import page_unpublished

from lessons import selectors
from lessons.models import Withdrawal
from lessons.records import LessonDetail, Tombstone
from lessons.withdrawing import reinstate, withdraw
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


def test_withdrawn_lesson_answers_with_its_reason_and_nothing_of_its_text():
    lesson = make_lesson(title="Geheime titel", core="Geheime kern")

    withdraw(lesson, reason="outdated", explanation="De regeling is vervallen.")

    answer = selectors.lesson(uuid=str(lesson.uuid))
    assert isinstance(answer, Tombstone)
    assert (answer.reason, answer.explanation) == ("outdated", "De regeling is vervallen.")
    assert answer.replacement is None
    assert "eheim" not in repr(answer)


def test_replacement_is_named_while_it_is_public():
    lesson, successor = make_lesson(), make_lesson()

    withdraw(lesson, reason="replaced", replacement=successor)
    shown = selectors.lesson(slug=lesson.slug)
    successor.unpublish()
    hidden = selectors.lesson(slug=lesson.slug)

    assert shown.replacement.uuid == str(successor.uuid)
    assert hidden.replacement is None


def test_withdrawn_lesson_is_kept():
    lesson = make_lesson()

    withdraw(lesson, reason="incorrect")

    lesson.refresh_from_db()
    assert lesson.live is False
    assert lesson.core != ""


def test_reinstated_lesson_is_public_again_and_the_withdrawal_is_remembered():
    lesson = make_lesson()
    withdraw(lesson, reason="incorrect")
    lesson.refresh_from_db()

    reinstate(lesson)

    assert isinstance(selectors.lesson(uuid=str(lesson.uuid)), LessonDetail)
    assert Withdrawal.objects.filter(lesson=lesson, reinstated_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    "arguments", [{"reason": "replaced"}, {"reason": "replaced", "replacement": "itself"}]
)
def test_replaced_needs_another_lesson(arguments):
    lesson = make_lesson()
    if "replacement" in arguments:
        arguments = {**arguments, "replacement": lesson}

    with pytest.raises(ValidationError):
        withdraw(lesson, **arguments)

    lesson.refresh_from_db()
    assert lesson.live is True
    assert Withdrawal.objects.count() == 0


def test_draft_cannot_be_withdrawn():
    draft = make_lesson(published=False)

    with pytest.raises(ValidationError):
        withdraw(draft, reason="incorrect")


def test_lesson_is_withdrawn_only_once():
    lesson = make_lesson()
    withdraw(lesson, reason="incorrect")

    with pytest.raises(ValidationError):
        withdraw(lesson, reason="incorrect")

    assert Withdrawal.objects.count() == 1


def test_withdrawal_undone_by_an_error_leaves_the_lesson_online():
    lesson = make_lesson()

    def fail(**_kwargs):
        raise RuntimeError("stop")

    page_unpublished.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            withdraw(lesson, reason="incorrect")
    finally:
        page_unpublished.disconnect(fail)

    lesson.refresh_from_db()
    assert lesson.live is True
    assert Withdrawal.objects.count() == 0
