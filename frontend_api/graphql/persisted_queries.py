"""Questions that are asked by their hash: automatic persisted queries.

The protocol is that of Apollo's clients: who asks by a hash that is not known is told so,
sends text and hash together, and from then on the hash is enough. An address with a hash
is short and the same for everybody, so that any cache on the way can keep its answer.

A question is trusted when an administrator let it in; a site can be set to answer no others.
Its text counts without the white space around it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable
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

SECONDS_BELIEVED = 10.0
"""How long a process goes by the trusted questions that it read."""

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


def hash_of(text: str) -> str:
    """Return the hash under which a question is asked."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check(text: str, sha256: str) -> None:
    """Raise ``InvalidHashError`` when the hash is not that of the text."""
    if hash_of(text) != sha256:
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
            others = PersistedQuery.objects.filter(is_trusted=False)
            if created and others.count() > MOST_QUERIES:
                _make_room()
    except DatabaseError:
        logger.exception("persisted_query_not_kept")


def is_trusted(text: str) -> bool:
    """Return whether an administrator let this question in."""
    return hash_of(text.strip()) in _trusted_hashes()


def trust(texts: Iterable[str]) -> int:
    """Let questions in; return how many were not yet."""
    new = 0
    for text in texts:
        sha256, known = hash_of(text), PersistedQuery.objects.filter(is_trusted=True)
        if known.filter(pk=sha256).exists():
            continue
        values = {"text": text, "used_on": timezone.localdate(), "is_trusted": True}
        PersistedQuery.objects.update_or_create(pk=sha256, defaults=values)
        new += 1
    forget_trusted()
    return new


def distrust(hashes: Iterable[str]) -> int:
    """Let questions in no longer; return how many were. Other processes follow soon."""
    trusted = PersistedQuery.objects.filter(is_trusted=True, pk__in=list(hashes))
    number = trusted.update(is_trusted=False)
    forget_trusted()
    return number


def trusted() -> list[PersistedQuery]:
    """Return the questions that are let in, in the order of their hashes."""
    return list(PersistedQuery.objects.filter(is_trusted=True).order_by("pk"))


def forget_trusted() -> None:
    """Ask the database anew which questions are let in."""
    global _believed
    _believed = None


_believed: tuple[float, frozenset[str]] | None = None


def _trusted_hashes() -> frozenset[str]:
    global _believed
    if _believed is None or _believed[0] < time.monotonic():
        until = time.monotonic() + SECONDS_BELIEVED
        rows = PersistedQuery.objects.filter(is_trusted=True).values_list("pk", flat=True)
        _believed = (until, frozenset(rows))
    return _believed[1]


def _make_room() -> None:
    others = PersistedQuery.objects.filter(is_trusted=False)
    oldest = others.order_by("used_on").values_list("pk", flat=True)[:_ROOM]
    PersistedQuery.objects.filter(pk__in=list(oldest)).delete()
