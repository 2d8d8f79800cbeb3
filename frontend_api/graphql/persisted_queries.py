"""Questions that are asked by their hash: automatic persisted queries.

The protocol is that of Apollo's clients: who asks by a hash that is not known is told so,
sends text and hash together, and from then on the hash is enough. An address with a hash
is short and the same for everybody, so that any cache on the way can keep its answer.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from frontend_api.models import PersistedQuery

logger = structlog.get_logger(__name__)

MAX_LENGTH = 20_000
MOST_QUERIES = 10_000
"""Beyond these, those that were sent longest ago make room."""

_ROOM = 1_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


class UnknownQueryError(Exception):
    """No question with this hash was sent before."""


class InvalidHashError(Exception):
    """What should be the hash of a question is not; the message says what is wrong."""


def asked_hash(extensions: Any) -> str | None:
    """Return the hash in the extensions of a request, or None; raise ``InvalidHashError``."""
    asked = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    if asked is None:
        return None
    sha256 = asked.get("sha256Hash") if isinstance(asked, dict) else None
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256) or asked.get("version") != 1:
        raise InvalidHashError(
            "persistedQuery moet version 1 hebben en een sha256Hash van 64 hexadecimale tekens."
        )
    return sha256


def check(text: str, sha256: str) -> None:
    """Raise ``InvalidHashError`` when the hash is not that of the text."""
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
        raise InvalidHashError("De sha256Hash is niet die van de meegestuurde vraag.")


@lru_cache(maxsize=512)
def text_of(sha256: str) -> str:
    """Return the question with this hash; raise ``UnknownQueryError``."""
    text = PersistedQuery.objects.filter(pk=sha256).values_list("text", flat=True).first()
    if text is None:
        raise UnknownQueryError
    return text


def keep(text: str, sha256: str) -> None:
    """Remember a question that was answered. Never disturbs the answer."""
    if len(text) > MAX_LENGTH:
        return
    try:
        with transaction.atomic():
            values = {"text": text, "used_on": timezone.localdate()}
            _kept, created = PersistedQuery.objects.update_or_create(pk=sha256, defaults=values)
            if created and PersistedQuery.objects.count() > MOST_QUERIES:
                _make_room()
    except DatabaseError:
        logger.exception("persisted_query_not_kept")


def _make_room() -> None:
    oldest = PersistedQuery.objects.order_by("used_on").values_list("pk", flat=True)[:_ROOM]
    PersistedQuery.objects.filter(pk__in=list(oldest)).delete()
