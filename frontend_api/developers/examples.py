"""The code that the pages show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

EXAMPLES_DIR = Path(__file__).with_name("examples")
SHOWN_SITE = "https://lessenbank.example"

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"curl": "curl", "javascript": "JavaScript", "php": "PHP", "python": "Python"}
)
"""How a file ends → its language; not as usual, or tools would take it for our own code."""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of code in one language."""

    name: str
    language: str
    code: str


def examples() -> dict[str, Example]:
    """Return every example by the name of its file, with the address of this site."""
    return {
        name: Example(name, LANGUAGES[name.rpartition(".")[2]], _here(text))
        for name, text in _files().items()
    }


def webhook_examples() -> list[Example]:
    """Return the code that checks a webhook, from the document where it is kept."""
    return [
        Example(kind, LANGUAGES[kind], code.strip())
        for kind, code in _webhook_blocks()
        if kind in LANGUAGES
    ]


@cache
def _files() -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8").strip()
        for path in sorted(EXAMPLES_DIR.iterdir())
        if path.suffix[1:] in LANGUAGES
    }


@cache
def _webhook_blocks() -> list[tuple[str, str]]:
    text = (settings.BASE_DIR / "docs" / "webhooks.md").read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def _here(text: str) -> str:
    return text.replace(SHOWN_SITE, settings.BASE_URL)
