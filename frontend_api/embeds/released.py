"""The script and the stylesheet that other websites link to, as they were released.

A website may pin a version by its hash, so what was released under a number never changes:
each version is a file of its own, and older ones stay. ``write_embed_script`` writes the
present version from its sources, and a test keeps the two equal.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

VERSION = "1.0.0"
"""Raise it for a change of script or style once this version has been released."""

FOLDER = Path(__file__).with_name("released_files")
SOURCES = Path(__file__).with_name("sources")
STYLES = ("lessenbank.css", "uiterlijk/denhaag.css", "uiterlijk/voorbeeld.css")
CONTENT_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_BLANKS = re.compile(r"\s+")


def composed_styles() -> str:
    """Return the stylesheet from its sources, with the tokens of each look."""
    return "\n".join((SOURCES / name).read_text(encoding="utf-8") for name in STYLES)


def composed_script() -> str:
    """Return the script from its source, with the stylesheet in it.

    The styles travel along so that the first lesson takes one request after the script, and
    so that a page needs no ``style-src`` for them.
    """
    source = (SOURCES / "lessenbank.js").read_text(encoding="utf-8")
    styles = _BLANKS.sub(" ", _COMMENT.sub("", composed_styles())).strip()
    return source.replace('"__STYLES__"', json.dumps(styles, ensure_ascii=False)).replace(
        "__VERSION__", VERSION
    )


def composed() -> dict[str, str]:
    """Return the files of the present version by name."""
    return {
        f"lessenbank-{VERSION}.js": composed_script(),
        f"lessenbank-{VERSION}.css": composed_styles(),
    }


@cache
def released(name: str) -> bytes | None:
    """Return a released file, or None when there is none of this name."""
    names = {path.name for path in FOLDER.iterdir()}
    return (FOLDER / name).read_bytes() if name in names else None


def integrity(name: str) -> str:
    """Return the hash of a released file in the form of subresource integrity."""
    digest = hashlib.sha384(released(name) or b"").digest()
    return f"sha384-{base64.b64encode(digest).decode()}"
