"""Secrets and signatures, as a receiver with the library of Standard Webhooks sees them."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from standardwebhooks import Webhook as Receiving
from standardwebhooks import WebhookVerificationError

from frontend_api.models import Webhook, WebhookSecret
from frontend_api.webhooks import signing
from frontend_api.webhooks.signing import LostSecretError, new_secret, signed_headers, signers

pytestmark = pytest.mark.django_db

BODY = '{"type":"lesson.changed","data":{"titel":"één"}}'


@pytest.fixture
def webhook(partner):
    return Webhook.objects.create(client=partner, name="Haak", url="https://ontvanger.example/")


def signed(webhook, body=BODY, now=None):
    signing_now = signers(webhook.secrets.all())
    return dict(signed_headers(signing_now, "evt_1", now or timezone.now(), body))


def end_of_overlap(webhook):
    day = timezone.localdate() - datetime.timedelta(days=1)
    webhook.secrets.exclude(expires_on=None).update(expires_on=day)


def test_a_receiver_with_the_library_accepts_what_is_signed(webhook):
    text = new_secret(webhook)

    headers = signed(webhook)

    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", text)
    assert Receiving(text).verify(BODY, headers) == {
        "type": "lesson.changed",
        "data": {"titel": "één"},
    }
    assert sorted(headers) == ["webhook-id", "webhook-signature", "webhook-timestamp"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("webhook-id", "evt_2"),
        ("webhook-timestamp", "1"),
        ("webhook-signature", "v1,AAAA"),
    ],
)
def test_a_receiver_refuses_what_was_tampered_with(webhook, name, text):
    receiving = Receiving(new_secret(webhook))
    headers = signed(webhook) | {name: text}

    with pytest.raises(WebhookVerificationError):
        receiving.verify(BODY, headers)


def test_a_receiver_refuses_another_body_and_an_old_one(webhook):
    receiving = Receiving(new_secret(webhook))

    with pytest.raises(WebhookVerificationError, match="signature"):
        receiving.verify(BODY.replace("één", "twee"), signed(webhook))
    six_minutes_ago = timezone.now() - datetime.timedelta(minutes=6)
    with pytest.raises(WebhookVerificationError, match="too old"):
        receiving.verify(BODY, signed(webhook, now=six_minutes_ago))


def test_the_old_secret_signs_along_until_its_last_day(webhook):
    old, new = new_secret(webhook), new_secret(webhook)

    both = signed(webhook)
    end_of_overlap(webhook)
    only_new = signed(webhook)

    assert len(both["webhook-signature"].split(" ")) == 2
    for text in (old, new):
        assert Receiving(text).verify(BODY, both)
    assert Receiving(new).verify(BODY, only_new)
    with pytest.raises(WebhookVerificationError):
        Receiving(old).verify(BODY, only_new)


def test_each_webhook_and_each_secret_is_another(webhook, partner):
    other = Webhook.objects.create(client=partner, name="Twee", url="https://ontvanger.example/")

    texts = {new_secret(webhook), new_secret(webhook), new_secret(other)}

    assert len(texts) == 3
    with pytest.raises(WebhookVerificationError):
        Receiving(new_secret(other)).verify(BODY, signed(webhook))


def test_the_database_holds_no_secret(webhook, tmp_path):
    text = new_secret(webhook)
    kept = tmp_path / "all.json"

    call_command("dumpdata", "frontend_api", output=str(kept))

    secret = text.removeprefix("whsec_")
    assert WebhookSecret.objects.get().nonce in kept.read_text()
    assert secret not in kept.read_text()
    assert signing.signers(webhook.secrets.all())[0]._whsecret.hex() not in kept.read_text()


def test_a_new_secret_key_of_the_site_signs_nothing_with_a_wrong_secret(webhook, settings):
    text = new_secret(webhook)
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another-" + "y" * 50

    with pytest.raises(LostSecretError):
        signed(webhook)

    settings.SECRET_KEY_FALLBACKS = [before]
    assert Receiving(text).verify(BODY, signed(webhook))


def test_without_a_secret_nothing_is_signed(webhook):
    with pytest.raises(LostSecretError):
        signed(webhook)
