"""What answers lead to: the schedule of attempts, giving up, switching off, and telling people."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from frontend_api.models import DeliveryState, EventKind, Webhook, WebhookAttempt
from frontend_api.webhooks import outcomes
from frontend_api.webhooks.delivering import deliver
from frontend_api.webhooks.log import forget_old
from frontend_api.webhooks.notices import send_notices
from frontend_api.webhooks.outcomes import SCHEDULE, Outcome, pause, record, switch_on
from frontend_api.webhooks.planning import plan
from frontend_api.webhooks.sending import Answer
from tests.frontend_api.webhooks.receiver import answers

pytestmark = pytest.mark.django_db

ACCEPTED = Answer(204, 12)
REFUSED = Answer(500, 34, "De ontvanger antwoordde met 500.", "Fout")


@pytest.fixture
def delivery(webhook, happen, lessons):
    happen(lessons[0])
    plan()
    return webhook.deliveries.get()


def tried(delivery, answer=REFUSED):
    """Write down an attempt, and return the delivery and its webhook as they then are."""
    outcome = Outcome(delivery.webhook_id, delivery.pk, EventKind.REMOVED, timezone.now(), answer)
    record([outcome])
    delivery.refresh_from_db()
    return delivery, Webhook.objects.get(pk=delivery.webhook_id)


def test_the_schedule_is_that_of_the_specification_and_takes_three_days():
    seconds = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]

    assert [pause.total_seconds() for pause in SCHEDULE] == seconds
    assert datetime.timedelta(days=3) < sum(SCHEDULE, datetime.timedelta()) < datetime.timedelta(4)


@pytest.mark.parametrize("tries", range(1, len(SCHEDULE) + 1))
def test_pauses_differ_so_that_what_failed_together_does_not_return_together(tries):
    planned = SCHEDULE[tries - 1]
    pauses = {pause(tries) for _number in range(50)}

    assert len(pauses) > 40
    assert all(planned <= one <= planned * 1.2 for one in pauses)


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [(1, 5, 6), (600, 600, 600), (999_999, 86400, 86400)],
)
def test_a_receiver_may_ask_for_more_time_but_not_for_ever(asked, least, most):
    assert least <= pause(1, asked).total_seconds() <= most


def test_an_attempt_is_kept_with_what_the_receiver_said(delivery):
    tried(delivery)
    tried(delivery, ACCEPTED)

    attempts = delivery.attempts.values_list("status", "milliseconds", "fault", "answer")
    assert set(attempts) == {
        (204, 12, "", ""),
        (500, 34, "De ontvanger antwoordde met 500.", "Fout"),
    }
    assert (delivery.tries, delivery.state) == (2, DeliveryState.DELIVERED)


def test_a_delivery_is_tried_ten_times_and_then_the_webhook_is_switched_off(delivery):
    for number, planned in enumerate(SCHEDULE, start=1):
        before = timezone.now()
        delivery, webhook = tried(delivery)
        assert delivery.tries == number
        assert delivery.next_at >= before + planned
        assert webhook.disabled_at is None

    delivery, webhook = tried(delivery)

    assert webhook.disabled_at is not None
    assert webhook.disabled_reason == (
        "Drie dagen lang is niets aangenomen. De laatste fout: De ontvanger antwoordde met 500."
    )
    assert delivery.state == DeliveryState.PENDING


def test_one_event_that_a_receiver_cannot_take_is_given_up_and_the_rest_goes_on(
    delivery, webhook, happen, lessons
):
    for _number in SCHEDULE:
        delivery, _webhook = tried(delivery)
    happen(lessons[1])
    plan()
    tried(webhook.deliveries.exclude(pk=delivery.pk).get(), ACCEPTED)

    delivery, webhook = tried(delivery)

    assert (delivery.state, webhook.disabled_at) == (DeliveryState.GIVEN_UP, None)
    assert webhook.is_notice_due


def test_after_one_that_was_given_up_the_next_of_its_lesson_goes_on(
    delivery, webhook, receiver, happen, lessons
):
    happen(lessons[0])
    plan()
    webhook.deliveries.filter(pk=delivery.pk).update(state=DeliveryState.GIVEN_UP)

    deliver()

    (received,) = receiver.received
    assert received.position > delivery.position


def test_gone_for_good_switches_off_at_once(webhook, receiver, happen, lessons):
    receiver.behaviour = answers(410)
    for lesson in lessons:
        happen(lesson)
    plan()

    deliver()

    webhook.refresh_from_db()
    assert len(receiver.received) == 1
    assert webhook.disabled_reason == "De ontvanger zegt dat hij voorgoed weg is (410)."
    assert webhook.deliveries.filter(state=DeliveryState.PENDING).count() == 3


def test_while_switched_off_nothing_is_sent_and_after_it_nothing_is_missing(
    webhook, receiver, happen, lessons
):
    receiver.behaviour = answers(410)
    happen(lessons[0])
    plan()
    deliver()
    receiver.behaviour = answers(204)
    receiver.received.clear()
    happen(lessons[1])
    call_command("deliver_webhooks", verbosity=0)
    assert receiver.received == []

    webhook.refresh_from_db()
    switch_on(webhook)
    call_command("deliver_webhooks", verbosity=0)

    assert [received.lesson for received in receiver.received] == lessons[:2]


def test_the_partner_is_told_once_and_without_the_address_of_anybody_else(delivery, webhook):
    Webhook.objects.filter(pk=webhook.pk).update(notice_email="webteam@voorbeeld.example")
    tried(delivery, Answer(410, 5, "weg"))

    assert [send_notices(), send_notices()] == [1, 0]

    (letter,) = mail.outbox
    assert letter.to == ["webteam@voorbeeld.example"]
    assert letter.subject == "Lessenbank: webhook ‘Haak’ vraagt aandacht"
    assert "Reden: De ontvanger zegt dat hij voorgoed weg is (410)." in letter.body
    assert "er gaat niets verloren" in letter.body


def test_the_partner_is_told_of_an_event_that_was_given_up(delivery, webhook):
    Webhook.objects.filter(pk=webhook.pk).update(
        notice_email="webteam@voorbeeld.example", is_notice_due=True
    )

    send_notices()

    assert "Een gebeurtenis is in drie dagen niet aangenomen" in mail.outbox[0].body


def test_without_an_address_nobody_is_written_to(delivery):
    tried(delivery, Answer(410, 5, "weg"))

    assert send_notices() == 0
    assert mail.outbox == []
    assert not Webhook.objects.filter(is_notice_due=True).exists()


def test_mail_that_cannot_be_sent_stops_nothing(delivery, webhook, settings):
    Webhook.objects.filter(pk=webhook.pk).update(notice_email="webteam@voorbeeld.example")
    tried(delivery, Answer(410, 5, "weg"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert send_notices() == 0


def test_a_name_on_two_lines_is_no_second_header(delivery, webhook):
    Webhook.objects.filter(pk=webhook.pk).update(
        name="Haak\r\nBcc: x@voorbeeld.example", notice_email="webteam@voorbeeld.example"
    )
    tried(delivery, Answer(410, 5, "weg"))

    send_notices()

    assert mail.outbox[0].recipients() == ["webteam@voorbeeld.example"]


def test_outcomes_together_are_as_one_by_one(webhook, happen, lessons, pass_time):
    for lesson in lessons:
        happen(lesson)
    plan()
    deliveries = list(webhook.deliveries.order_by("position"))
    now = timezone.now()

    record(
        [
            Outcome(webhook.pk, delivery.pk, EventKind.REMOVED, now, answer)
            for delivery, answer in zip(deliveries, (ACCEPTED, REFUSED, ACCEPTED), strict=True)
        ]
    )

    states = webhook.deliveries.order_by("position").values_list("state", "tries")
    assert list(states) == [("delivered", 1), ("pending", 1), ("delivered", 1)]
    assert WebhookAttempt.objects.count() == 3


def test_what_is_done_is_forgotten_after_the_days_that_are_set(webhook, happen, lessons, settings):
    settings.WEBHOOK_LOG_DAYS = 30
    for lesson in lessons:
        happen(lesson)
    plan()
    old, recent, waiting = webhook.deliveries.order_by("position")
    for delivery, days in ((old, 31), (recent, 29)):
        tried(delivery, ACCEPTED)
        done = timezone.now() - datetime.timedelta(days=days)
        webhook.deliveries.filter(pk=delivery.pk).update(done_at=done)
    webhook.deliveries.filter(pk=waiting.pk).update(
        happened_at=timezone.now() - datetime.timedelta(days=99)
    )

    assert forget_old() == 1

    assert set(webhook.deliveries.values_list("pk", flat=True)) == {recent.pk, waiting.pk}
    assert WebhookAttempt.objects.count() == 1


def test_the_command_tells_how_much_was_forgotten(capsys, db):
    call_command("forget_deliveries")

    assert capsys.readouterr().out == "0 bezorgingen verwijderd.\n"


def test_a_rest_grows_and_has_an_end(delivery):
    rests = []
    for _number in range(outcomes.REST_AFTER + 8):
        before = timezone.now()
        _delivery, webhook = tried(delivery)
        delivery.tries = 0
        delivery.save()
        if webhook.rests_until is not None:
            rests.append(round((webhook.rests_until - before).total_seconds()))

    assert rests == [10, 20, 40, 80, 160, 300, 300, 300, 300]
