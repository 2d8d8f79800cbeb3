"""What happened becomes deliveries: once for each webhook that asked for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontend_api.models import DeliveryState, EventKind, Webhook, WebhookDelivery
from frontend_api.webhooks import planning
from frontend_api.webhooks.planning import plan, replay, replay_after
from lessons.models import LessonPage, Phase
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import make_lesson, make_term

pytestmark = pytest.mark.django_db


def planned(webhook):
    """Return what was planned, in its order."""
    found = webhook.deliveries.order_by("position", "pk")
    return list(found.values_list("lesson", "kind"))


def told(webhook):
    """Return the kinds of what was planned since the last time, and forget it."""
    plan()
    kinds = [(delivery.feed, delivery.kind) for delivery in webhook.deliveries.order_by("position")]
    webhook.deliveries.all().delete()
    return kinds


def test_a_webhook_hears_what_happens_to_a_lesson_from_its_making_on(make_webhook):
    first = make_lesson(title="Eerder")
    service.drain()
    webhook = make_webhook(position=service.register_position())
    assert told(webhook) == []

    lesson = make_lesson(title="Nieuw")
    service.drain()
    assert told(webhook) == [("", "lesson.published")]

    lesson.title = "Anders"
    lesson.save_revision().publish()
    service.drain()
    assert told(webhook) == [("", "lesson.changed")]

    withdraw(lesson, reason="replaced", replacement=first, explanation="Zie daar.")
    service.drain()
    withdraw(first, reason="privacy", explanation="Op verzoek.")
    service.drain()
    assert told(webhook) == [("", "lesson.replaced"), ("", "lesson.withdrawn")]


def test_a_lesson_that_returns_is_published_again(make_webhook):
    lesson = make_lesson()
    service.drain()
    webhook = make_webhook(position=service.register_position())

    lesson.unpublish()
    service.drain()
    assert told(webhook) == [("", "lesson.removed")]
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    service.drain()
    assert told(webhook) == [("", "lesson.published")]


def test_a_lesson_that_came_and_changed_meanwhile_is_new(make_webhook):
    webhook = make_webhook(position=service.register_position())
    lesson = make_lesson()
    service.drain()
    lesson.title = "Anders"
    lesson.save_revision().publish()
    service.drain()

    assert told(webhook) == [("", "lesson.published")]


def test_a_webhook_of_feeds_hears_of_those_feeds_only(make_webhook):
    borging, uitvoering = make_term(Phase, "borging"), make_term(Phase, "uitvoering")
    for slug in ("borging", "uitvoering"):
        Feed.objects.create(title=slug, slug=slug, description="-", query=f"phase={slug}")
    service.rebuild()
    one = make_webhook("Een", feeds=["borging"], position=service.register_position())
    both = make_webhook("Twee", feeds=["borging", "uitvoering"], position=one.position)

    lesson = make_lesson(phases=[borging, uitvoering])
    make_lesson(phases=[make_term(Phase, "delen")])
    service.drain()
    assert told(both) == [("borging", "lesson.published"), ("uitvoering", "lesson.published")]
    assert told(one) == [("borging", "lesson.published")]

    lesson.phases.set([uitvoering])
    lesson.save_revision().publish()
    service.drain()
    assert told(one) == [("borging", "lesson.left_feed")]
    assert told(both) == [("borging", "lesson.left_feed"), ("uitvoering", "lesson.changed")]

    lesson.phases.set([uitvoering, borging])
    lesson.save_revision().publish()
    service.drain()
    assert told(one) == [("borging", "lesson.published")]


def test_only_the_kinds_that_were_asked_for_are_planned(make_webhook, happen, lessons):
    webhook = make_webhook(kinds=["lesson.withdrawn", "lesson.expired"])
    for lesson, state in zip(lessons, ("withdrawn", "removed", "expired"), strict=True):
        happen(lesson, state)

    plan()

    assert [kind for _lesson, kind in planned(webhook)] == ["lesson.withdrawn", "lesson.expired"]
    webhook.refresh_from_db()
    assert webhook.position == service.register_position()


def test_every_state_has_a_kind(make_webhook, happen, lessons):
    webhook = make_webhook()
    for state in ("public", "withdrawn", "replaced", "expired", "removed"):
        happen(lessons[0], state)
        plan()

    kinds = [kind for _lesson, kind in planned(webhook)]
    assert set(kinds) == set(EventKind.values) - {"lesson.left_feed", "lesson.published"}


def test_webhooks_that_are_out_of_use_wait_and_lose_nothing(make_webhook, happen, lessons):
    webhook = make_webhook(is_active=False)
    happen(lessons[0])
    assert plan() == 0

    Webhook.objects.update(is_active=True)

    assert plan() == 1
    assert len(planned(webhook)) == 1


def test_nothing_is_planned_for_a_partner_that_is_out_of_use(webhook, partner, happen, lessons):
    happen(lessons[0])
    partner.is_active = False
    partner.save()

    assert plan() == 0


def test_planning_again_plans_nothing(webhook, happen, lessons):
    happen(lessons[0])

    assert [plan(), plan()] == [1, 0]


def test_planning_costs_two_queries_when_nothing_happened(webhook, happen, lessons):
    happen(lessons[0])
    plan()

    with CaptureQueriesContext(connection) as asked:
        plan()

    assert len(asked) == 2


def test_planning_takes_as_many_queries_for_many_events_as_for_few(make_webhook, happen, lessons):
    webhook = make_webhook()

    def cost(number):
        for one in range(number):
            happen(f"00000000-0000-4000-8000-{one:012}")
        with CaptureQueriesContext(connection) as asked:
            plan()
        return len(asked)

    assert cost(2) == cost(40)
    assert webhook.deliveries.count() == 42


def test_more_events_than_a_batch_are_all_planned_in_order(webhook, happen, monkeypatch):
    monkeypatch.setattr(planning, "BATCH", 3)
    positions = [happen(f"00000000-0000-4000-8000-{number:012}") for number in range(7)]

    assert plan() == 7
    assert list(webhook.deliveries.order_by("pk").values_list("position", flat=True)) == positions


def test_a_plan_that_fails_half_way_plans_nothing_and_keeps_the_position(
    webhook, happen, lessons, monkeypatch
):
    happen(lessons[0])
    before = webhook.position

    def killed(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(WebhookDelivery.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            plan()
    webhook.refresh_from_db()
    assert webhook.position == before

    assert plan() == 1


def test_the_id_stays_the_same_at_a_replay_and_differs_for_all_else(make_webhook, happen, lessons):
    one, other = make_webhook("Een"), make_webhook("Twee")
    happen(lessons[0])
    happen(lessons[1])
    plan()
    before = {delivery.pk: delivery.message_id for delivery in WebhookDelivery.objects.all()}
    assert len(set(before.values())) == 4
    WebhookDelivery.objects.update(state=DeliveryState.DELIVERED, tries=3)

    replay_after(one, 0)
    plan()

    assert {
        delivery.pk: delivery.message_id for delivery in WebhookDelivery.objects.all()
    } == before
    assert set(one.deliveries.values_list("state", "tries")) == {("pending", 0)}
    assert set(other.deliveries.values_list("state", "tries")) == {("delivered", 3)}


def test_a_replay_of_what_was_forgotten_has_the_same_ids(webhook, happen, lessons):
    happen(lessons[0])
    plan()
    before = webhook.deliveries.get().message_id
    WebhookDelivery.objects.all().delete()

    replay_after(webhook, 0)
    plan()

    assert webhook.deliveries.get().message_id == before


def test_a_replay_after_a_position_leaves_out_what_came_before(webhook, happen, lessons):
    first = happen(lessons[0])
    happen(lessons[1])
    plan()
    WebhookDelivery.objects.update(state=DeliveryState.DELIVERED)

    replay_after(webhook, first)
    plan()

    states = webhook.deliveries.order_by("position").values_list("state", flat=True)
    assert list(states) == ["delivered", "pending"]


def test_one_delivery_is_replayed_alone(webhook, happen, lessons):
    for lesson in lessons:
        happen(lesson)
    plan()
    WebhookDelivery.objects.update(state=DeliveryState.GIVEN_UP, tries=10)

    replay(webhook.deliveries.order_by("position")[1])

    states = webhook.deliveries.order_by("position").values_list("state", "tries")
    assert list(states) == [("given_up", 10), ("pending", 0), ("given_up", 10)]
