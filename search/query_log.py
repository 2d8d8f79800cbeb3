"""How often each wording is asked, with nothing that leads to whoever asked it.

What is kept is a day, a wording and two counts: no address, no session, no account, no
time of day, and nothing that ties one question to another. Three sieves go before it:

- a wording that may hold personal data (a number, an address, a date) or that is a story
  of more than a few words is never kept, in no form; only that there was one more;
- a rare wording is kept as a fingerprint under the secret key. It becomes readable only
  once it was asked ``MOST_PRIVATE + 1`` times: what one person types once, such as a
  child's name, is read by nobody, while what many ask is seen;
- everything goes after ``SEARCH_LOG_DAYS``.

Nobody knows whether three questions came from three people, since that would take the
very data that is left out; the sieves together are the protection, not the number alone.

Counts wait in the memory of the process and are written beside the requests
(``cms.waiting_counts``).
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Sum
from django.utils import timezone

from cms.waiting_counts import WaitingCounts
from lessons.privacy import personal_data_in
from search.models import QueryCount
from search.query import LessonQuery
from search.results import LessonResults
from search.text_syntax import parse

MOST_PRIVATE = 2
"""A wording that was asked this often or less is kept as a fingerprint only."""

MOST_WORDS = 8
NOT_KEPT = ""
"""Fingerprint of the wordings that are counted together and kept in no other form."""

_MAX_LENGTH = 100
# A date of any kind: whose it is, a question does not say.
_DATE = re.compile(r"\b\d{1,2}\s?[-/. ]\s?\d{1,2}\s?[-/. ]\s?(?:19|20)\d{2}\b")
_NUMBER_OF_SOMEBODY = re.compile(r"\d{6}|\b[1-9]\d{3}[a-z]{2}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is counted."""

    day: datetime.date
    wording: str
    has_result: bool


def note(query: LessonQuery, results: LessonResults) -> None:
    """Count a question that a person asked; the pages behind the first are the same one.

    A question that finds lessons without one of its filters did find something: its words
    are not at fault.
    """
    if query.after is not None or not settings.SEARCH_LOG_DAYS:
        return
    wording = kept_wording(query.text)
    if wording is not None:
        has_result = bool(results.total or results.way_out)
        _waiting.add(Asked(timezone.localdate(), wording, has_result))


def kept_wording(text: str) -> str | None:
    """Return the wording to count, ``NOT_KEPT`` for one that is not kept, None for no words."""
    asked = parse(text)
    if not asked.is_ranking:
        return None
    wording = asked.wording
    is_story = len(wording.split()) > MOST_WORDS or len(wording) > _MAX_LENGTH
    if is_story or _NUMBER_OF_SOMEBODY.search(text) or _DATE.search(text):
        return NOT_KEPT
    # Some patterns know capitals only, as people write them; in a search they do not.
    return NOT_KEPT if personal_data_in(text) or personal_data_in(text.upper()) else wording


# The function stands further down.
_waiting: WaitingCounts[Asked] = WaitingCounts(
    "queries", lambda taken: _store(taken), every="SEARCH_LOG_EVERY"
)


def write() -> int:
    """Write the counts that wait in this process; return the number of questions.

    Raises nothing: what could not be written waits on.
    """
    return _waiting.write()


def forget_waiting() -> None:
    """Drop the counts that wait in this process."""
    _waiting.take()


def _store(taken: Mapping[Asked, int]) -> None:
    wordings: dict[str, str] = {}
    for asked, times in sorted(taken.items(), key=lambda item: (item[0].day, item[0].wording)):
        key = _fingerprint(asked.wording)
        wordings[key] = asked.wording
        QueryCount.objects.get_or_create(day=asked.day, fingerprint=key)
        QueryCount.objects.filter(day=asked.day, fingerprint=key).update(
            times=F("times") + times,
            times_without_result=F("times_without_result") + (0 if asked.has_result else times),
        )
    wordings.pop(NOT_KEPT, None)
    _reveal(wordings)


def _reveal(wordings: Mapping[str, str]) -> None:
    """Make readable what by now was asked often enough."""
    often = (
        QueryCount.objects.filter(fingerprint__in=wordings)
        .values("fingerprint")
        .annotate(total=Sum("times"))
        .filter(total__gt=MOST_PRIVATE)
        .values_list("fingerprint", flat=True)
    )
    for key in often:
        QueryCount.objects.filter(fingerprint=key, wording="").update(wording=wordings[key])


def _fingerprint(wording: str) -> str:
    if wording == NOT_KEPT:
        return NOT_KEPT
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"query:{wording}".encode(), hashlib.sha256).hexdigest()[:32]


def forget_old() -> int:
    """Delete the counts that are older than the settings allow; return how many."""
    first_day = timezone.localdate() - datetime.timedelta(days=settings.SEARCH_LOG_DAYS)
    return QueryCount.objects.filter(day__lte=first_day).delete()[0]
