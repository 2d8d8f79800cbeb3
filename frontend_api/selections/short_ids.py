"""A uuid in 22 letters, so that fifty of them fit in an address."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

_LENGTH = 22


def short_id(uuid: str) -> str:
    """Return the short form of a uuid; it stands for that uuid alone, and needs no table."""
    return urlsafe_b64encode(UUID(uuid).bytes).decode().rstrip("=")


def uuid_of(text: str) -> str | None:
    """Return the uuid that a short form, or the uuid itself, stands for; None for neither."""
    try:
        if len(text) == _LENGTH and text.isascii():
            return str(UUID(bytes=urlsafe_b64decode(f"{text}==")))
        return str(UUID(text))
    except ValueError:
        return None
