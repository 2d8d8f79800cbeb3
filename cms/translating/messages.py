"""Which texts the code asks to have translated.

Works without the gettext programs: Babel reads Python, Django turns its templates into
something that Babel can read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate, with its context and plural where it has them."""

    text: str
    context: str = ""
    plural: str = ""


def messages_in(folders: list[Path]) -> dict[Message, str]:
    """Return each text in the Python files and templates, with the first place it stands."""
    found: dict[Message, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not (_is_code(path) or _is_template(path)):
                continue
            for line, message in _messages_of(path):
                found.setdefault(message, f"{path.relative_to(folder.parent)}:{line}")
    return found


def _is_code(path: Path) -> bool:
    return path.suffix == ".py" and "migrations" not in path.parts


def _is_template(path: Path) -> bool:
    return path.suffix in {".html", ".txt"} and "templates" in path.parts


def _messages_of(path: Path) -> Iterator[tuple[int, Message]]:
    source = path.read_text()
    if _is_template(path):
        # What templatize leaves of the text around the tags is no Python when it is indented.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.lstrip() for line in lines)
    file = io.BytesIO(source.encode())
    for line, text, _comments, context in extract("python", file, keywords=KEYWORDS):
        singular, plural = text if isinstance(text, tuple) else (text, "")
        if singular:
            yield line, Message(singular, context or "", plural or "")
