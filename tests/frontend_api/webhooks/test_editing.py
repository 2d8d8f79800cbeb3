"""Webhooks in the CMS: what cannot work is refused, a secret is shown once, all is looked after."""

from __future__ import annotations

import json
import re
import socket

import pytest
from django.urls import reverse
from standardwebhooks import Webhook as Receiving
from wagtail.models import ModelLogEntry

from frontend_api.models import DeliveryState, EventKind, PartnerClient, Webhook, WebhookAttempt
from frontend_api.webhooks.planning import plan
from frontend_api.webhooks.signing import new_secret, signers
from search import service
from search.models import Feed
from tests.factories import make_lesson
from tests.frontend_api.webhooks.receiver import answers
from tests.lessons.editing.people import logged_in, make_people
from tests.planting import fresh, rolled_back

pytestmark = pytest.mark.django_db

BASE = "wagtailsnippets_frontend_api_webhook"
SHOWN = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


@pytest.fixture(scope="module")
def planted_people(django_db_setup, django_db_blocker):
    with rolled_back(django_db_blocker):
        yield make_people()


@pytest.fixture
def people(planted_people, db):
    return fresh(planted_people)


@pytest.fixture
def administrator(people):
    return logged_in(people.administrator)


@pytest.fixture
def _names(monkeypatch):
    """Let names of examples lead to a public address, and one of them inside."""

    def look_up(host, port, **_options):
        if host == "weg.voorbeeld.example":
            raise socket.gaierror(socket.EAI_NONAME, "-")
        address = "10.0.0.7" if host == "binnen.voorbeeld.example" else "93.184.215.14"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def care_url(webhook):
    return reverse(f"{BASE}:care", args=[webhook.pk])


def posted(partner, **fields):
    return {
        "client": partner.pk,
        "name": "Haak",
        "url": "https://www.voorbeeld.example/haak",
        "feeds": [],
        "kinds": EventKind.values,
        "payload": "thin",
        "selection": "",
        "notice_email": "",
        "is_active": "on",
        **fields,
    }


@pytest.mark.usefixtures("_names")
def test_a_new_webhook_begins_with_what_happens_from_now_on(administrator, partner):
    make_lesson()
    service.drain()
    fields = posted(partner, payload="shaped", selection="{title core}")

    response = administrator.post(reverse(f"{BASE}:add"), fields)

    webhook = Webhook.objects.get()
    assert response.url == care_url(webhook)
    assert webhook.position == service.register_position() > 0
    assert webhook.selection == "{\n  title\n  core\n}"
    assert "Nog geen geheim" in administrator.get(response.url).content.decode()


@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"url": "http://www.voorbeeld.example/"}, "url", "moet beginnen met https://"),
        ({"url": "https://10.0.0.1/"}, "url", "Schrijf de naam van de server"),
        ({"url": "https://localhost/"}, "url", "naam binnen een netwerk"),
        ({"url": "https://www.voorbeeld.example:25/"}, "url", "Poort 25 is niet toegestaan"),
        ({"url": "https://binnen.voorbeeld.example/"}, "url", "leidt naar 10.0.0.7"),
        ({"url": "https://weg.voorbeeld.example/"}, "url", "is niet te vinden"),
        ({"url": "https://ik:geheim@www.voorbeeld.example/"}, "url", "Laat gebruikersnaam"),
        ({"selection": "{ geheim }"}, "selection", "Deze selectie kan niet: Cannot query field"),
        ({"payload": "shaped"}, "selection", "Zeg welke velden"),
        ({"kinds": ["lesson.gelezen"]}, "kinds", "geen beschikbare keuze"),
        ({"kinds": []}, "kinds", "verplicht"),
        ({"feeds": ["onbekend"]}, "feeds", "geen beschikbare keuze"),
        ({"notice_email": "webteam"}, "notice_email", "geldig e-mailadres"),
    ],
)
def test_what_cannot_work_is_refused_at_its_field(administrator, partner, fields, field, message):
    response = administrator.post(reverse(f"{BASE}:add"), posted(partner, **fields))

    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert message in errors[field][0]
    assert not Webhook.objects.exists()


@pytest.mark.usefixtures("_names")
def test_a_feed_that_ended_stays_with_who_followed_it(administrator, partner):
    Feed.objects.create(title="Borging", slug="borging", description="-", is_active=True)
    webhook = Webhook.objects.create(
        client=partner, name="Haak", url="https://www.voorbeeld.example/haak", feeds=["vroeger"]
    )
    fields = posted(partner, feeds=["borging", "vroeger"], name="Anders")

    response = administrator.post(reverse(f"{BASE}:edit", args=[webhook.pk]), fields)

    webhook.refresh_from_db()
    assert response.status_code == 302
    assert (webhook.feeds, webhook.name) == (["borging", "vroeger"], "Anders")


@pytest.mark.usefixtures("_names")
def test_saving_the_form_leaves_alone_what_the_sending_keeps(administrator, partner):
    webhook = Webhook.objects.create(
        client=partner, name="Haak", url="https://www.voorbeeld.example/haak", position=5
    )
    stale = Webhook.objects.get(pk=webhook.pk)
    Webhook.objects.update(position=9, lease="another", failures_in_a_row=3)

    stale.name = "Anders"
    stale.save()

    webhook.refresh_from_db()
    assert (webhook.position, webhook.lease, webhook.failures_in_a_row) == (9, "another", 3)
    assert webhook.name == "Anders"


def test_a_secret_is_shown_exactly_once(administrator, webhook):
    webhook.secrets.all().delete()

    response = administrator.post(care_url(webhook), {"action": "secret"})

    (text,) = SHOWN.findall(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert Receiving(text)._whsecret == signers(webhook.secrets.all())[0]._whsecret
    assert not SHOWN.findall(administrator.get(care_url(webhook)).content.decode())
    entry = ModelLogEntry.objects.get(action="frontend_api.make_webhook_secret")
    assert text not in json.dumps(entry.data)


def test_a_secret_that_leaked_is_ended_before_its_last_day(administrator, webhook):
    new_secret(webhook)
    old = webhook.secrets.exclude(expires_on=None).get()

    administrator.post(care_url(webhook), {"action": "end", "secret": old.pk})

    assert list(webhook.secrets.values_list("expires_on", flat=True)) == [None]
    current = webhook.secrets.get()
    refused = administrator.post(care_url(webhook), {"action": "end", "secret": current.pk})
    assert refused.status_code == 404
    assert webhook.secrets.count() == 1


def test_a_test_shows_the_request_and_the_answer(administrator, webhook, receiver, secret_of):
    receiver.behaviour = answers(202, b"<b>dank</b>")

    response = administrator.post(care_url(webhook), {"action": "test"})

    (received,) = receiver.received
    page = response.content.decode()
    verified = Receiving(secret_of[webhook.pk]).verify(received.body, received.headers)
    assert (verified["type"], verified["data"]["test"]) == ("lessenbank.test", True)
    assert received.headers["webhook-id"] in page
    assert "De ontvanger heeft de test aangenomen." in page
    assert "&lt;b&gt;dank&lt;/b&gt;" in page
    assert not webhook.deliveries.exists()


def test_a_test_that_fails_says_why(administrator, webhook, receiver):
    receiver.behaviour = answers(302, Location="https://elders.example/")

    page = administrator.post(care_url(webhook), {"action": "test"}).content.decode()

    assert "De ontvanger stuurt door naar een ander adres (302)." in page


def test_a_test_without_a_secret_says_so(administrator, webhook, receiver):
    webhook.secrets.all().delete()

    page = administrator.post(care_url(webhook), {"action": "test"}, follow=True)

    assert "Er is geen geheim om mee te ondertekenen" in page.content.decode()
    assert receiver.received == []


def test_a_replay_begins_again_after_a_position(administrator, webhook, happen, lessons):
    first = happen(lessons[0])
    happen(lessons[1])
    plan()
    webhook.deliveries.update(state=DeliveryState.DELIVERED)

    administrator.post(care_url(webhook), {"action": "replay", "position": first})
    plan()

    states = webhook.deliveries.order_by("position").values_list("state", flat=True)
    assert list(states) == ["delivered", "pending"]


@pytest.mark.parametrize("position", ["-1", "999999", "x", ""])
def test_a_replay_from_nowhere_is_refused(administrator, webhook, position):
    response = administrator.post(care_url(webhook), {"action": "replay", "position": position})

    before = webhook.position
    webhook.refresh_from_db()
    assert list(response.context["form"].errors) == ["position"]
    assert webhook.position == before


def test_a_webhook_is_switched_on_again(administrator, webhook):
    Webhook.objects.update(disabled_at="2026-01-01T00:00Z", disabled_reason="Weg (410).")
    page = administrator.get(care_url(webhook)).content.decode()
    assert "Weg (410)." in page
    assert "Uitgeschakeld op" in page

    administrator.post(care_url(webhook), {"action": "switch_on"})

    webhook.refresh_from_db()
    assert (webhook.disabled_at, webhook.disabled_reason) == (None, "")


def test_an_action_that_does_not_exist_is_refused(administrator, webhook):
    assert administrator.post(care_url(webhook), {"action": "x"}).status_code == 400


def test_the_list_and_the_dashboard_tell_what_needs_somebody(
    administrator, webhook, happen, lessons
):
    happen(lessons[0])
    plan()
    home = reverse("wagtailadmin_home")
    assert 'id="panel-webhooks' not in administrator.get(home).content.decode()
    Webhook.objects.update(disabled_at="2026-01-01T00:00Z", disabled_reason="Weg (410).")

    assert (
        "uitgeschakeld: Weg (410)." in administrator.get(reverse(f"{BASE}:list")).content.decode()
    )
    assert "Weg (410)." in administrator.get(home).content.decode()

    Webhook.objects.update(disabled_at=None)
    webhook.deliveries.update(state=DeliveryState.GIVEN_UP)
    assert "1 gebeurtenis is na drie dagen opgegeven" in administrator.get(home).content.decode()


def test_the_page_of_a_webhook_leads_to_its_care_and_log(administrator, webhook):
    page = administrator.get(reverse(f"{BASE}:edit", args=[webhook.pk])).content.decode()

    assert care_url(webhook) in page
    assert f"{reverse('webhook_log:index')}?webhook={webhook.pk}" in page
    assert "Er wachten 0 gebeurtenissen." in page


@pytest.fixture
def logged(make_webhook, happen, lessons):
    """Return two webhooks with three deliveries each, of which one was tried in vain."""
    one, other = make_webhook("Een"), make_webhook("Twee")
    for lesson, state in zip(lessons, ("removed", "withdrawn", "expired"), strict=True):
        happen(lesson, state)
    plan()
    delivery = one.deliveries.get(kind="lesson.withdrawn")
    WebhookAttempt.objects.create(
        delivery=delivery, kind=delivery.kind, milliseconds=87, status=500,
        fault="De ontvanger antwoordde met 500.", answer="<i>kapot</i>",
    )  # fmt: skip
    one.deliveries.exclude(pk=delivery.pk).update(state=DeliveryState.DELIVERED)
    return one, other, delivery


def rows(client, **filters):
    response = client.get(reverse("webhook_log:index"), filters)
    assert response.status_code == 200
    return [(row.webhook.name, row.kind) for row in response.context["object_list"]]


def test_the_log_is_filtered(administrator, logged, lessons):
    one, _other, _delivery = logged

    assert len(rows(administrator)) == 6
    assert len(rows(administrator, webhook=one.pk)) == 3
    assert rows(administrator, kind="lesson.expired", webhook=one.pk) == [("Een", "lesson.expired")]
    assert rows(administrator, state="pending", webhook=one.pk) == [("Een", "lesson.withdrawn")]
    assert {kind for _name, kind in rows(administrator, lesson=lessons[0])} == {"lesson.removed"}


def test_the_log_shows_the_last_answer(administrator, logged):
    page = administrator.get(reverse("webhook_log:index")).content.decode()

    assert "De ontvanger antwoordde met 500." in page


def test_the_log_can_be_taken_away_as_a_file(administrator, logged):
    response = administrator.get(reverse("webhook_log:index"), {"export": "csv"})

    text = b"".join(response.streaming_content).decode()
    assert len(text.splitlines()) == 7
    assert "De ontvanger antwoordde met 500." in text


def test_the_log_takes_few_queries_for_many_rows(
    administrator, logged, happen, django_assert_max_num_queries
):
    for number in range(30):
        happen(f"00000000-0000-4000-9000-{number:012}")
    plan()

    with django_assert_max_num_queries(25):
        administrator.get(reverse("webhook_log:index"))


def test_a_delivery_shows_its_attempts_and_is_sent_again(administrator, logged):
    one, _other, delivery = logged
    one.deliveries.update(state=DeliveryState.GIVEN_UP, tries=10)
    url = reverse("webhook_log:delivery", args=[delivery.pk])

    page = administrator.get(url).content.decode()
    response = administrator.post(url)

    assert "<td>87</td>" in page
    assert "&lt;i&gt;kapot&lt;/i&gt;" in page
    assert response.url == url
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("pending", 0)
    assert ModelLogEntry.objects.filter(action="frontend_api.replay_webhook").exists()


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_only_administrators_come_near_webhooks(people, webhook, logged, role):
    client = logged_in(getattr(people, role))
    addresses = [
        reverse(f"{BASE}:list"), reverse(f"{BASE}:add"), care_url(webhook),
        reverse("webhook_log:index"), reverse("webhook_log:delivery", args=[logged[2].pk]),
    ]  # fmt: skip

    for url in addresses:
        assert client.get(url).status_code == 302
    assert client.post(care_url(webhook), {"action": "secret"}).status_code == 302
    assert client.post(addresses[-1]).status_code == 302
    assert webhook.secrets.count() == 1
    assert "Een (Kennisbank)" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_deletes_a_webhook(administrator, webhook):
    response = administrator.post(reverse(f"{BASE}:delete", args=[webhook.pk]))

    assert response.status_code == 302
    assert Webhook.objects.filter(pk=webhook.pk).exists()


def test_two_webhooks_of_a_partner_have_two_names(administrator, partner, webhook):
    assert PartnerClient.objects.count() == 1
    response = administrator.post(
        reverse(f"{BASE}:add"), posted(partner, name=webhook.name, url=webhook.url)
    )

    assert response.status_code == 200
    assert Webhook.objects.count() == 1
