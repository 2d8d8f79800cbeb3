"""Secrets of webhooks, and signatures after Standard Webhooks.

A signature needs the secret itself, so a hash, as of keys, would not do. What is kept is a
random number; the secret is derived from it and from the secret key of the site. Who reads
the database therefore has none of the secrets.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook as Signer

from frontend_api.models import Webhook, WebhookSecret

OVERLAP = datetime.timedelta(days=7)
"""How long a secret that is replaced signs beside its successor."""

_SALT = "frontend_api.webhooks.signing"


class LostSecretError(Exception):
    """The secret key of the site is another than when the secret was made."""


@transaction.atomic
def new_secret(webhook: Webhook) -> str:
    """Make a secret and return its text; those before it sign along for ``OVERLAP``."""
    last_day = timezone.localdate() + OVERLAP
    webhook.secrets.filter(expires_on__isnull=True).update(expires_on=last_day)
    nonce = secrets.token_hex(32)
    key = _derived(nonce, settings.SECRET_KEY)
    WebhookSecret.objects.create(webhook=webhook, nonce=nonce, digest=_digest(key))
    return f"whsec_{base64.b64encode(key).decode()}"


def signers(kept: Iterable[WebhookSecret]) -> list[Signer]:
    """Return what signs with each of the secrets that hold; raise ``LostSecretError`` for none."""
    keys = [key for secret in kept if secret.is_usable and (key := _key_of(secret)) is not None]
    if not keys:
        raise LostSecretError
    return [Signer(key) for key in keys]


def signed_headers(
    signing: Iterable[Signer], message_id: str, now: datetime.datetime, body: str
) -> Mapping[str, str]:
    """Return the headers by which a receiver knows an event and who sent it."""
    moment = now.astimezone(datetime.UTC)
    signatures = [signer.sign(message_id, moment, body) for signer in signing]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _key_of(secret: WebhookSecret) -> bytes | None:
    """Derive the secret anew; also with a secret key of the site that was replaced."""
    for site_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _derived(secret.nonce, site_key)
        if hmac.compare_digest(_digest(key), secret.digest):
            return key
    return None


def _derived(nonce: str, site_key: str | bytes) -> bytes:
    return salted_hmac(_SALT, nonce, secret=site_key, algorithm="sha256").digest()


def _digest(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()
