"""The check for personal data before a lesson goes out.

It finds what can be found by form: numbers, addresses and dates that point at one
person. Names and stories that give somebody away are for the writer and the reviewer;
that is what the declaration is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.nl import bsn

from lessons.blocks import conditions, raw_blocks
from lessons.choices import StoryPart
from lessons.completeness import Lesson
from lessons.safe_html import clean_html, plain_text

_DIGITS = re.compile(r"(?<![\d-])\d(?:[ .-]?\d){8}(?![\d-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ -]?(?:\d[ -]?){8}\d(?!\d)")
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_BIRTH_DATE = re.compile(
    r"(?:geboren|geb\.|geboortedatum)\D{0,20}"
    rf"\d{{1,2}}(?:[-/. ]\d{{1,2}}[-/. ]|\s(?:{_MONTHS})\s)\d{{2,4}}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b\d{4}\s?[A-Z]{2}\s+\d{1,5}\b|\b\d{4}\s?[A-Z]{2}\b(?=[,\s]+nr)")


@dataclass(frozen=True)
class Finding:
    """Something that may point at a person. ``excerpt`` hides most of what was found."""

    field: str
    kind: str
    excerpt: str
    message: Any


MESSAGES = {
    "bsn": _("This looks like a citizen service number (BSN). Take it out."),
    "iban": _("This looks like a bank account number. Take it out."),
    "phone": _("This looks like a telephone number. Take it out, or name a role instead."),
    "email": _("This looks like an e-mail address. Take it out, or name a role instead."),
    "birth_date": _("This looks like a date of birth. Give an age group instead."),
    "address": _("This looks like a home address. Name the gemeente instead."),
}


def privacy_findings(lesson: Lesson) -> list[Finding]:
    """Return what may point at a person, in the order of the form.

    Reads the object in memory, so it works on unsaved drafts.
    """
    return [
        Finding(field, kind, _masked(match), MESSAGES[kind])
        for field, text in texts_to_check(lesson)
        for kind, match in _matches(text)
    ]


def personal_data_in(text: str) -> frozenset[str]:
    """Return the kinds of personal data that a text seems to hold, as ``MESSAGES`` has them."""
    return frozenset(kind for kind, _match in _matches(text))


def texts_to_check(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Yield every text of the lesson that the public will read, with its field."""
    yield "title", lesson.title
    yield "core", lesson.core
    for part in StoryPart.values:
        for block in raw_blocks(getattr(lesson, part)):
            yield part, _block_text(block["type"], block["value"])
    for field in ("works_if", "does_not_work_if"):
        yield field, "\n".join(conditions(getattr(lesson, field)))
    for field in PLAIN_TEXT_FIELDS:
        yield field, getattr(lesson, field)
    for child_list, fields in CHILD_TEXT_FIELDS.items():
        for child in getattr(lesson, child_list).all():
            for field in fields:
                yield child_list, getattr(child, field)


PLAIN_TEXT_FIELDS = (
    "money_note",
    "time_note",
    "people_note",
    "period_note",
    "interpretation_note",
    "attribution",
    "contact_role",
)
CHILD_TEXT_FIELDS = {
    "recommendations": ("text",),
    "sources": ("title", "publisher"),
    "change_notes": ("text",),
}


def _block_text(kind: str, value: Any) -> str:
    if kind == "paragraph":
        return plain_text(clean_html(value))
    if isinstance(value, dict):
        return "\n".join(str(part) for part in value.values() if isinstance(part, str))
    return ""


def _matches(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the words of each finding; a number counts once."""
    taken: list[str] = []
    for match in _IBAN.findall(text):
        if iban.is_valid(match):
            taken.append(match)
            yield "iban", match
    for match in _PHONE.findall(text):
        if not any(match in other for other in taken):
            taken.append(match)
            yield "phone", match
    for match in _DIGITS.findall(text):
        if bsn.is_valid(match) and not any(match in other for other in taken):
            yield "bsn", match
    for kind, pattern in (("email", _EMAIL), ("birth_date", _BIRTH_DATE), ("address", _ADDRESS)):
        for match in pattern.findall(text):
            yield kind, match


def _masked(found: str) -> str:
    return f"{found[:2]}…{found[-2:]}"
