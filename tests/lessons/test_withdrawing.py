import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPagePermissionError
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


def days_ago(number):
    return timezone.localdate() - datetime.timedelta(days=number)


def published_days_ago(number):
    lesson = make_lesson()
    lesson.first_published_at = timezone.now() - datetime.timedelta(days=number)
    lesson.save()
    return lesson


def test_a_withdrawal_holds_from_today_unless_told_otherwise():
    assert withdraw(make_lesson(), reason="incorrect").withdrawn_on == days_ago(0)


@pytest.mark.parametrize("day", [0, 3, 5])
def test_a_withdrawal_holds_from_the_day_given(day):
    lesson = published_days_ago(5)

    withdraw(lesson, reason="incorrect", withdrawn_on=days_ago(day))

    assert selectors.lesson(uuid=str(lesson.uuid)).withdrawn_on == days_ago(day)


@pytest.mark.parametrize("day", [-1, 6])
def test_a_withdrawal_is_not_of_a_day_to_come_nor_before_the_publication(day):
    lesson = published_days_ago(5)

    with pytest.raises(ValidationError) as refusal:
        withdraw(lesson, reason="incorrect", withdrawn_on=days_ago(day))

    assert list(refusal.value.message_dict) == ["withdrawn_on"]
    lesson.refresh_from_db()
    assert lesson.live is True
    assert Withdrawal.objects.count() == 0


def test_a_second_withdrawal_is_not_of_a_day_within_the_first():
    lesson = published_days_ago(5)
    withdraw(lesson, reason="incorrect", withdrawn_on=days_ago(4))
    lesson.refresh_from_db()
    reinstate(lesson)
    lesson.refresh_from_db()

    with pytest.raises(ValidationError):
        withdraw(lesson, reason="incorrect", withdrawn_on=days_ago(1))

    lesson.refresh_from_db()
    assert lesson.live is True


def test_nobody_unpublishes_a_lesson_without_withdrawing_it(django_user_model):
    lesson = make_lesson()
    anyone = django_user_model.objects.create_superuser("anyone", password="x")

    with pytest.raises(UnpublishPagePermissionError):
        lesson.unpublish(user=anyone)

    lesson.refresh_from_db()
    assert lesson.live is True


def test_all_that_is_wrong_with_a_withdrawal_is_told_at_once():
    with pytest.raises(ValidationError) as refusal:
        withdraw(published_days_ago(5), reason="replaced", withdrawn_on=days_ago(-1))

    assert sorted(refusal.value.message_dict) == ["replacement", "withdrawn_on"]
