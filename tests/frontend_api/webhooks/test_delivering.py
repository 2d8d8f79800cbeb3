"""Sending to real receivers: in turn, at their own pace, and by one worker at a time."""

from __future__ import annotations

import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from standardwebhooks import Webhook as Receiving

from frontend_api.models import DeliveryState, Webhook, WebhookAttempt
from frontend_api.webhooks import delivering, sending
from frontend_api.webhooks.delivering import LEASE, deliver
from frontend_api.webhooks.planning import plan
from frontend_api.webhooks.signing import new_secret
from tests.frontend_api.webhooks.receiver import answers, running_receiver

pytestmark = pytest.mark.django_db


def states(webhook):
    return list(webhook.deliveries.order_by("position").values_list("state", flat=True))


def fails_for(*lessons):
    """Return the behaviour of a receiver that stumbles over some lessons."""

    def behave(handler, received):
        answers(500 if received.lesson in lessons else 204)(handler, received)

    return behave


def test_every_event_arrives_once_signed_and_is_written_down(
    webhook, receiver, secret_of, happen, lessons
):
    for lesson in lessons:
        happen(lesson)

    call_command("deliver_webhooks", verbosity=0)

    receiving = Receiving(secret_of[webhook.pk])
    for received in receiver.received:
        assert receiving.verify(received.body, received.headers)["type"] == "lesson.removed"
    assert [received.lesson for received in receiver.received] == lessons
    ids = [received.headers["webhook-id"] for received in receiver.received]
    assert ids == list(webhook.deliveries.order_by("position").values_list("message_id", flat=True))
    assert states(webhook) == ["delivered"] * 3
    attempts = WebhookAttempt.objects.values_list("status", "fault", "kind", "delivery__tries")
    assert set(attempts) == {(204, "", "lesson.removed", 1)}
    webhook.refresh_from_db()
    assert (webhook.lease, webhook.leased_until) == ("", None)
    assert webhook.last_success_at is not None


def test_the_command_tells_what_it_did(webhook, happen, lessons, capsys):
    happen(lessons[0])

    call_command("deliver_webhooks")

    assert capsys.readouterr().out == "1 nieuw, 1 aangenomen, 0 mislukt, 0 ingehaald.\n"


def test_a_duplicate_has_the_same_id_and_another_time(
    webhook, receiver, happen, lessons, monkeypatch
):
    """As after a kill between the sending and the writing down."""
    happen(lessons[0])
    plan()

    def killed(_outcomes):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert states(webhook) == ["pending"]
    deliver()

    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert states(webhook) == ["delivered"]


def test_a_failing_event_holds_back_those_of_the_same_lesson_only(
    webhook, receiver, happen, lessons, pass_time
):
    one, other, third = lessons
    receiver.behaviour = fails_for(one)
    for lesson in (one, other, one, third, one, other):
        happen(lesson)
        plan()

    deliver()

    assert states(webhook) == [
        "pending",
        "delivered",
        "pending",
        "delivered",
        "pending",
        "delivered",
    ]
    assert [received.lesson for received in receiver.received].count(one) == 1

    receiver.behaviour = answers(204)
    receiver.received.clear()
    pass_time(seconds=10)
    deliver()

    positions = [received.position for received in receiver.received]
    assert {received.lesson for received in receiver.received} == {one}
    assert positions == sorted(positions)
    assert states(webhook) == ["delivered"] * 6


def test_nothing_is_tried_again_before_its_time(webhook, receiver, happen, lessons):
    receiver.behaviour = answers(500)
    happen(lessons[0])
    plan()

    deliver()
    deliver()

    assert len(receiver.received) == 1


def test_a_slow_receiver_holds_up_nobody(make_webhook, receiver, happen, monkeypatch):
    monkeypatch.setattr(delivering, "FRESH_SECONDS", 0.3)
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 2.0)
    receiver.behaviour = lambda _handler, _received: time.sleep(2.5)
    slow = make_webhook("Traag")
    with running_receiver() as quick_receiver:
        arrived = []

        def note(handler, received):
            arrived.append(time.monotonic())
            answers(204)(handler, received)

        quick_receiver.behaviour = note
        quick = make_webhook("Vlug", url=quick_receiver.url)
        for number in range(20):
            happen(f"00000000-0000-4000-8000-{number:012}")
        plan()

        begun = time.monotonic()
        deliver(seconds=1.5)

    assert len(arrived) == 20
    # All of them before the first of the slow ones was given up.
    assert max(arrived) - begun < 2.0
    assert states(quick) == ["delivered"] * 20
    assert states(slow) == ["pending"] * 20


def test_a_receiver_that_is_away_is_left_alone_for_a_while(webhook, receiver, happen, pass_time):
    receiver.behaviour = answers(503)
    for number in range(30):
        happen(f"00000000-0000-4000-8000-{number:012}")
    plan()

    deliver()
    tried = len(receiver.received)
    webhook.refresh_from_db()
    assert 5 <= tried <= 6
    assert webhook.rests_until > timezone.now()

    deliver()
    assert len(receiver.received) == tried

    receiver.behaviour = answers(204)
    pass_time(minutes=6)
    deliver()
    webhook.refresh_from_db()
    assert states(webhook) == ["delivered"] * 30
    assert (webhook.failures_in_a_row, webhook.rests_until) == (0, None)


def test_a_webhook_that_another_worker_has_is_left_to_it(webhook, receiver, happen, lessons):
    happen(lessons[0])
    plan()
    until = timezone.now() + LEASE
    Webhook.objects.update(lease="another", leased_until=until)

    deliver()
    assert receiver.received == []

    # That worker was killed, and the lease has run out.
    Webhook.objects.update(leased_until=timezone.now())
    deliver()
    assert len(receiver.received) == 1
    webhook.refresh_from_db()
    assert webhook.lease == ""


def test_a_pass_that_lost_its_lease_stops_there(webhook):
    one = delivering._Pass(pool=None, until=time.monotonic() + 5)
    assert one._claim(webhook.pk)
    assert one._claim(webhook.pk)
    Webhook.objects.update(lease="another", leased_until=timezone.now() + LEASE)

    assert not one._claim(webhook.pk)
    webhook.refresh_from_db()
    assert webhook.lease == "another"


@pytest.mark.parametrize("unused", ["webhook", "partner"])
def test_nothing_is_sent_to_what_is_out_of_use(webhook, partner, receiver, happen, lessons, unused):
    happen(lessons[0])
    plan()
    changed = {"webhook": webhook, "partner": partner}[unused]
    type(changed).objects.filter(pk=changed.pk).update(is_active=False)

    deliver()

    assert (receiver.received, states(webhook)) == ([], ["pending"])


def test_a_webhook_without_a_secret_waits(webhook, receiver, happen, lessons):
    webhook.secrets.all().delete()
    happen(lessons[0])
    plan()
    deliver()
    assert receiver.received == []
    webhook.refresh_from_db()
    assert webhook.disabled_at is None

    new_secret(webhook)
    deliver()
    assert len(receiver.received) == 1


def test_a_webhook_of_which_the_secret_was_lost_is_switched_off(
    webhook, receiver, happen, lessons, settings
):
    settings.SECRET_KEY = "another-" + "y" * 50
    happen(lessons[0])
    plan()

    deliver()

    webhook.refresh_from_db()
    assert webhook.disabled_reason == "Er is geen geheim om mee te ondertekenen. Maak een nieuw."
    assert receiver.received == []


def test_what_no_longer_holds_is_put_away_without_being_sent(
    make_webhook, receiver, happen, lessons
):
    webhook = make_webhook(kinds=["lesson.published", "lesson.changed"])
    # The register says public, the gate says gone.
    happen(lessons[0], "public")
    plan()

    tally = deliver()

    assert (tally.passed_by, tally.accepted) == (1, 0)
    assert states(webhook) == [DeliveryState.PASSED_BY]
    assert receiver.received == []


def test_a_webhook_that_was_moved_gets_the_rest_at_its_new_address(
    webhook, receiver, happen, lessons
):
    happen(lessons[0])
    plan()
    with running_receiver() as elsewhere:
        Webhook.objects.update(url=elsewhere.url)
        deliver()

        assert (len(elsewhere.received), receiver.received) == (1, [])


def test_many_events_take_few_queries(webhook, receiver, happen, monkeypatch):
    """What is reported at once is written down at once; a batch is made at once."""

    def cost(number):
        for one in range(number):
            happen(f"00000000-0000-4000-8000-{one:012}")
        plan()
        with CaptureQueriesContext(connection) as asked:
            deliver()
        return len(asked)

    # Reports come many at once, as when writing is slower than sending.
    take = delivering._Pass._take_reports

    def take_late(a_pass):
        time.sleep(0.2)
        take(a_pass)

    monkeypatch.setattr(delivering._Pass, "_take_reports", take_late)

    few, many = cost(2), cost(30)

    # Not a query for each of the 28 more; in how many batches they come is a matter of time.
    assert many - few < 28
    assert states(webhook) == ["delivered"] * 32


def test_a_pass_with_nothing_to_do_asks_little(webhook):
    with CaptureQueriesContext(connection) as asked:
        deliver()

    assert len(asked) == 2
