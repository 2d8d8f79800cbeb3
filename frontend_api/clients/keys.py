"""Keys of partners: making, replacing and revoking them, and knowing one again.

A key reads ``lb_<prefix>_<secret>``. The prefix is shown in the CMS and finds the row; the
fixed form lets scanners recognise a key that was published by mistake
(``lb_[0-9a-f]{8}_[0-9a-f]{64}``).
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from frontend_api.models import PartnerClient, PartnerKey, has_passed

SECONDS_BELIEVED = 10.0
"""How long a process lets a key in before it asks the database again."""

OVERLAP = datetime.timedelta(days=30)
"""How long a key that is replaced holds on, unless it ends earlier by itself."""

VALIDITY = datetime.timedelta(days=365)

_KEY = re.compile(r"lb_([0-9a-f]{8})_[0-9a-f]{64}")
_MOST_BELIEVED = 1_000


class InvalidKeyError(Exception):
    """A key that is not let in; the message says why, in Dutch for the partner."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that is let in, and what its client may do."""

    pk: int
    client_pk: int
    sha256: str
    expires_on: datetime.date | None
    requests_per_minute: int | None
    scopes: frozenset[str]
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key with its text, which exists nowhere else and can never be shown again."""

    key: PartnerKey
    text: str


def issue(client: PartnerClient, expires_on: datetime.date | None = None) -> IssuedKey:
    """Make a key for a client, for a year unless a last day is given."""
    prefix, secret = secrets.token_hex(4), secrets.token_hex(32)
    text = f"lb_{prefix}_{secret}"
    key = PartnerKey.objects.create(
        client=client,
        prefix=prefix,
        sha256=_hash(text),
        expires_on=expires_on or timezone.localdate() + VALIDITY,
    )
    return IssuedKey(key, text)


@transaction.atomic
def rotate(key: PartnerKey) -> IssuedKey:
    """Make the successor of a key. Both hold for ``OVERLAP``, so that nothing stands still."""
    last_day = timezone.localdate() + OVERLAP
    if key.expires_on is None or key.expires_on > last_day:
        key.expires_on = last_day
        key.save(update_fields=["expires_on"])
    return issue(key.client)


def revoke(key: PartnerKey) -> None:
    """Refuse a key: here from now on, in other processes within ``SECONDS_BELIEVED``."""
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])


def known_key(text: str) -> KnownKey:
    """Return the key with this text; raise ``InvalidKeyError`` for one that is not let in."""
    form = _KEY.fullmatch(text)
    if form is None:
        raise InvalidKeyError("Dit is geen sleutel van de Lessenbank: die begint met lb_.")
    prefix, sha256 = form[1], _hash(text)
    believed = _believed.get(prefix)
    if believed is None or believed[0] < time.monotonic():
        # The moment before the question: what is revoked meanwhile is asked for again.
        until = time.monotonic() + SECONDS_BELIEVED
        believed = (until, _read(prefix, sha256))
        if len(_believed) >= _MOST_BELIEVED:
            _believed.clear()
        _believed[prefix] = believed
    known = believed[1]
    if not hmac.compare_digest(known.sha256, sha256):
        raise _unknown()
    if has_passed(known.expires_on):
        raise _expired()
    return known


def forget() -> None:
    """Ask the database for every key when it is used again."""
    _believed.clear()


def follow_changes() -> None:
    """Let every change of a client or a key hold at once in this process."""
    for model in (PartnerClient, PartnerKey):
        for signal in (post_save, post_delete):
            signal.connect(_forget_changed, sender=model, dispatch_uid="frontend_api.keys")


_believed: dict[str, tuple[float, KnownKey]] = {}


def _forget_changed(sender: Any, **_kwargs: Any) -> None:
    forget()
    # Another thread may have read the old state before the commit.
    transaction.on_commit(forget)


def _read(prefix: str, sha256: str) -> KnownKey:
    key = PartnerKey.objects.select_related("client").filter(prefix=prefix).first()
    # Only who has the secret is told what became of the key.
    if key is None or not hmac.compare_digest(key.sha256, sha256):
        raise _unknown()
    if key.revoked_at is not None:
        raise InvalidKeyError("Deze sleutel is ingetrokken. Vraag de beheerder om een nieuwe.")
    if key.is_expired:
        raise _expired()
    client = key.client
    if not client.is_active:
        raise InvalidKeyError("Deze afnemer is niet meer in gebruik. Vraag het de beheerder.")
    return KnownKey(
        pk=key.pk,
        client_pk=client.pk,
        sha256=key.sha256,
        expires_on=key.expires_on,
        requests_per_minute=client.requests_per_minute,
        scopes=frozenset(client.scopes),
        origins=frozenset(client.allowed_origins.split()),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _unknown() -> InvalidKeyError:
    return InvalidKeyError("Deze sleutel is niet bekend. Controleer of hij heel is overgenomen.")


def _expired() -> InvalidKeyError:
    return InvalidKeyError("Deze sleutel is verlopen. Vraag de beheerder om een nieuwe.")
