"""API clients in the CMS: a key is shown once, and only administrators come near it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from frontend_api.clients import keys
from frontend_api.clients.keys import InvalidKeyError, known_key
from frontend_api.models import PartnerClient, PartnerKey, RequestCount
from tests.lessons.editing.people import logged_in, make_people
from tests.planting import fresh, rolled_back

pytestmark = pytest.mark.django_db

BASE = "wagtailsnippets_frontend_api_partnerclient"
SHOWN = re.compile(r"lb_[0-9a-f]{8}_[0-9a-f]{64}")


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


def keys_url(client):
    return reverse(f"{BASE}:keys", args=[client.pk])


def posted(**fields):
    return {
        "name": "Kennisbank",
        "organization": "Voorbeeldbureau",
        "contact_role": "webteam",
        "scopes": ["graphql"],
        "requests_per_minute": "",
        "allowed_origins": "",
        "is_active": "on",
        **fields,
    }


def tomorrow():
    return timezone.localdate() + datetime.timedelta(days=1)


def test_a_new_client_may_use_everything_unless_somebody_says_otherwise(administrator):
    form = administrator.get(reverse(f"{BASE}:add")).context["form"]

    assert form["scopes"].value() == ["graphql", "feeds"]


def test_a_new_client_leads_to_its_keys(administrator):
    origins = "https://www.voorbeeld.example\nhttp://localhost:3000"
    response = administrator.post(reverse(f"{BASE}:add"), posted(allowed_origins=origins))

    client = PartnerClient.objects.get()
    assert response.url == keys_url(client)
    assert (client.scopes, client.requests_per_minute) == (["graphql"], None)
    assert "Nog geen sleutels" in administrator.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("allowed_origins", "https://www.voorbeeld.example/pad"),
        ("allowed_origins", "https://ok.example\nwww.voorbeeld.example"),
        ("allowed_origins", "*"),
        ("allowed_origins", "https://"),
        ("allowed_origins", "https://["),
        ("allowed_origins", "https://iemand@voorbeeld.example"),
        ("allowed_origins", "https://Voorbeeld.example"),
        ("contact_role", "iemand@voorbeeld.example"),
        ("requests_per_minute", "0"),
        ("scopes", ["alles"]),
    ],
)
def test_what_cannot_hold_is_refused(administrator, field, text):
    response = administrator.post(reverse(f"{BASE}:add"), posted(**{field: text}))

    assert list(response.context["form"].errors) == [field]
    assert not PartnerClient.objects.exists()


def test_a_new_key_is_shown_exactly_once(administrator, partner):
    response = administrator.post(
        keys_url(partner), {"action": "issue", "expires_on": tomorrow().isoformat()}
    )

    (text,) = SHOWN.findall(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert known_key(text).expires_on == tomorrow()
    later = administrator.get(keys_url(partner)).content.decode()
    assert not SHOWN.search(later)
    assert f"lb_{text[3:11]}_…" in later
    entry = ModelLogEntry.objects.get(action="frontend_api.issue_key")
    assert entry.data["key"] == f"lb_{text[3:11]}_…"
    assert text[12:] not in str(entry.data)


def test_a_key_of_a_day_that_is_over_is_refused(administrator, partner):
    response = administrator.post(
        keys_url(partner), {"action": "issue", "expires_on": "2020-01-01"}
    )

    assert "expires_on" in response.context["form"].errors
    assert not PartnerKey.objects.exists()


def test_replacing_shows_the_successor_and_both_hold(administrator, partner, issued):
    response = administrator.post(keys_url(partner), {"action": "rotate", "key": issued.key.pk})

    (text,) = SHOWN.findall(response.content.decode())
    assert text != issued.text
    assert known_key(text).client_pk == known_key(issued.text).client_pk == partner.pk
    issued.key.refresh_from_db()
    assert issued.key.expires_on == timezone.localdate() + keys.OVERLAP


def test_a_revoked_key_is_refused_and_offers_no_actions(administrator, partner, issued):
    response = administrator.post(keys_url(partner), {"action": "revoke", "key": issued.key.pk})

    assert response.url == keys_url(partner)
    with pytest.raises(InvalidKeyError):
        known_key(issued.text)
    page = administrator.get(keys_url(partner)).content.decode()
    assert "ingetrokken" in page
    assert 'value="rotate"' not in page
    again = administrator.post(keys_url(partner), {"action": "rotate", "key": issued.key.pk})
    assert (again.status_code, PartnerKey.objects.count()) == (400, 1)


def test_a_key_of_another_client_is_out_of_reach(administrator, issued):
    other = PartnerClient.objects.create(name="Ander", organization="Anderen")

    response = administrator.post(keys_url(other), {"action": "revoke", "key": issued.key.pk})

    assert response.status_code == 404
    assert known_key(issued.text).pk == issued.key.pk


def test_the_page_of_a_client_tells_its_use(administrator, partner, issued):
    today = timezone.localdate()
    long_ago = today - datetime.timedelta(days=30)
    for day, kind, times in (
        (today, "graphql", 7),
        (today - datetime.timedelta(days=29), "graphql", 35),
        (long_ago, "feed:alle-lessen", 99),
    ):
        RequestCount.objects.create(client=partner, day=day, kind=kind, times=times)

    response = administrator.get(reverse(f"{BASE}:edit", args=[partner.pk]))

    page = re.sub(r"\s+", "", response.content.decode())
    assert "<td>graphql</td><td>42</td><td>7</td>" in page
    assert "alle-lessen" not in page


def test_the_list_tells_the_number_of_keys_and_the_last_use(administrator, partner, issued):
    PartnerKey.objects.update(last_used_on=datetime.date(2026, 2, 3))

    page = administrator.get(reverse(f"{BASE}:list")).content.decode()

    assert "1 geldige sleutel" in page
    assert "3 februari 2026" in page


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_only_administrators_come_near_keys(people, partner, role):
    client = logged_in(getattr(people, role))

    for url in (reverse(f"{BASE}:list"), reverse(f"{BASE}:add"), keys_url(partner)):
        assert client.get(url).status_code == 302
    posted_key = client.post(keys_url(partner), {"action": "issue", "expires_on": tomorrow()})
    assert posted_key.status_code == 302
    assert not PartnerKey.objects.exists()


def test_nobody_deletes_a_client(administrator, partner):
    response = administrator.post(reverse(f"{BASE}:delete", args=[partner.pk]))

    assert response.status_code == 302
    assert PartnerClient.objects.filter(pk=partner.pk).exists()
