"""Positions in the register as text that says nothing to whoever holds it."""

from __future__ import annotations

import base64
import binascii

from search.models import Register
from search.query import QueryError

_MAX_LENGTH = 200


def encode(register: Register, position: int) -> str:
    """Return the cursor of a position in this register."""
    text = f"{register.token}.{position}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode(register: Register, cursor: str, *, place: str) -> int:
    """Return the position; raise ``QueryError`` for a cursor of another register.

    The register may have been made anew, or come from a backup older than the cursor:
    whoever holds that has to begin again, and not go on as if nothing had been missed.
    """
    token, _dot, number = _plain(cursor).partition(".")
    is_position = number.isascii() and number.isdecimal() and len(number) < 19
    if token != register.token or not is_position or int(number) > register.position:
        raise QueryError(
            "Deze cursor hoort niet (meer) bij dit register van wijzigingen. Begin opnieuw, "
            "zonder cursor, en vervang wat u had.",
            code="INVALID_CURSOR",
            place=place,
        )
    return int(number)


def _plain(cursor: str) -> str:
    if len(cursor) > _MAX_LENGTH:
        return ""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (ValueError, binascii.Error):
        return ""
