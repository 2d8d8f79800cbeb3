"""The Dutch catalogue that people edit: what it lacks, and how it keeps up with the code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from cms.translating.messages import Message

LINE_WIDTH = 100
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%[\w%]|\{\w*\}")
HEADER: dict[str, Any] = {
    "locale": "nl",
    "charset": "utf-8",
    "fuzzy": False,
    "project": "Lessenbank",
    "version": "main",
    "header_comment": "# The Dutch of every text that the code asks to have translated.",
    "msgid_bugs_address": "see CONTRIBUTING.md",
    "last_translator": "Lessenbank",
    "language_team": "Dutch",
}


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue; an absent file is an empty one."""
    if not path.exists():
        return Catalog(**HEADER)
    with path.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def untranslated(messages: Iterable[Message], catalogue: Catalog) -> list[Message]:
    """Return those of the texts that have no complete Dutch."""
    return [message for message in messages if not _has_dutch(catalogue, message)]


def garbled(messages: Iterable[Message], catalogue: Catalog) -> list[Message]:
    """Return those of the texts whose Dutch does not have the same placeholders.

    Such a Dutch text would fail, or leave something out, at the moment that it is shown.
    """
    return [
        message
        for message in messages
        if _has_dutch(catalogue, message)
        and any(
            _placeholders(text) != _placeholders(dutch)
            for text, dutch in zip(_forms(message), _dutch(catalogue, message), strict=True)
        )
    ]


def bring_up_to_date(messages: Iterable[Message], catalogue: Catalog, path: Path) -> None:
    """Write the catalogue with exactly these texts; new ones wait there for their Dutch."""
    updated = Catalog(**HEADER, creation_date=catalogue.creation_date)
    for message in sorted(messages):
        entry = _entry(catalogue, message)
        string = entry.string if entry else None
        text = (message.text, message.plural) if message.plural else message.text
        updated.add(text, string, context=message.context or None)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, updated, width=LINE_WIDTH)


def _has_dutch(catalogue: Catalog, message: Message) -> bool:
    entry = _entry(catalogue, message)
    if entry is None or entry.fuzzy:
        return False
    dutch = _dutch(catalogue, message)
    return all(dutch) and len(dutch) == len(_forms(message))


def _entry(catalogue: Catalog, message: Message) -> Entry | None:
    return catalogue.get(message.text, message.context or None)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.text, message.plural) if message.plural else (message.text,)


def _dutch(catalogue: Catalog, message: Message) -> tuple[str, ...]:
    entry = _entry(catalogue, message)
    string = (entry.string if entry else None) or ""
    return tuple(string) if isinstance(string, tuple | list) else (string,)


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))
