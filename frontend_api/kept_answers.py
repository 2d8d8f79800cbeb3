"""Answers that are kept, here and by the caches on the way.

An answer to ``GET`` is kept under its address and the version of the content it was made
from (``cms.content_version``), so that none outlives the transaction that changes it. Who
has the newest version already is told so, without asking the database anything.

``Surrogate-Key`` says what an answer is about, for a cache of the operator: that can drop all
answers about a lesson or a feed at once (docs/api-access.md).
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import http_date, parse_etags

from cms import content_version

MAX_AGE = 30
"""Seconds for which a cache on the way need not ask again."""
STALE_WHILE_REVALIDATE = 60
"""Seconds longer, while it asks."""

_SECONDS_KEPT = 60.0
"""An answer may tell of the search engine, whose state is no content."""
_MOST_BYTES = 32_000_000
_MOST_BYTES_OF_ONE = 2_000_000


@dataclass(frozen=True, slots=True)
class _Answer:
    token: str
    until: float
    body: bytes
    headers: dict[str, str]


class _Kept:
    """The answers of this process, the one that was asked longest ago leaving first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, _Answer] = OrderedDict()
        self._bytes = 0

    def get(self, key: str, token: str) -> _Answer | None:
        """Return the answer under the key, when it was made from this version."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None or answer.token != token or answer.until < time.monotonic():
                return None
            self._answers.move_to_end(key)
            return answer

    def put(self, key: str, answer: _Answer) -> None:
        """Keep an answer, in the place of an older one."""
        if len(answer.body) > _MOST_BYTES_OF_ONE:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += len(answer.body)
            while self._bytes > _MOST_BYTES:
                self._drop(next(iter(self._answers)))

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._answers.clear()
            self._bytes = 0

    def _drop(self, key: str) -> None:
        old = self._answers.pop(key, None)
        if old is not None:
            self._bytes -= len(old.body)


_kept = _Kept()


def clear() -> None:
    """Forget the answers that this process keeps."""
    _kept.clear()


def respond(
    request: HttpRequest,
    answer: Callable[[], HttpResponse],
    *,
    form: str = "",
    keys: Iterable[str] = (),
) -> HttpResponse:
    """Return the answer to ``request``: kept, or made by ``answer`` and kept from now on.

    Only what was answered without a fault is kept, and only that may be kept by others.
    An answer that has one form under its address names that form, and another one when the
    code writes it differently; any other may differ with the header ``Accept``. ``keys`` are
    its surrogate keys, beside the one that every answer has.
    """
    # Read before the answer is made: what changes meanwhile gives it an older version.
    version = content_version.current()
    key = f"{form or request.headers.get('Accept', '')} {request.get_full_path()}"
    etag = f'"{hashlib.sha256(f"{version.token} {key}".encode()).hexdigest()[:32]}"'
    if _is_known(request, etag):
        return _described(HttpResponseNotModified(), etag, version, form, keys)
    response = kept(key, version.token, answer)
    if not _may_be_kept(response):
        response["Cache-Control"] = "no-store"
        return response
    return _described(response, etag, version, form, keys)


def kept(key: str, token: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer under a key: kept with its headers, or made and kept from now on.

    ``token`` is of the version of the content that was current before the answer is made;
    under another one it is made anew. An answer with a fault is not kept.
    """
    found = _kept.get(key, token)
    if found is not None:
        return HttpResponse(found.body, headers=found.headers)
    response = answer()
    if _may_be_kept(response):
        until = time.monotonic() + _SECONDS_KEPT
        _kept.put(key, _Answer(token, until, response.content, dict(response.items())))
    return response


def name_surrogates(response: HttpResponse, *keys: str) -> None:
    """Say what an answer is about, in the header by which caches can drop it."""
    response["Surrogate-Key"] = " ".join(("lessenbank", *keys))


def _may_be_kept(response: HttpResponse) -> bool:
    return response.status_code == 200 and not response.content.startswith(b'{"errors"')


def _is_known(request: HttpRequest, etag: str) -> bool:
    """Return whether the client has the answer; one that was compressed is called weak."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return any(tag.removeprefix("W/") == etag for tag in known)


def _described(
    response: HttpResponse,
    etag: str,
    version: content_version.Version,
    form: str,
    keys: Iterable[str],
) -> HttpResponse:
    response["ETag"] = etag
    response["Last-Modified"] = http_date(version.changed_at.timestamp())
    name_surrogates(response, *keys)
    if not form:
        response["Vary"] = "Accept"
    patch_cache_control(
        response,
        public=True,
        max_age=MAX_AGE,
        stale_while_revalidate=STALE_WHILE_REVALIDATE,
    )
    return response
