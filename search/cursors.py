"""Cursors: a position in an order, as text that says nothing to whoever holds it."""

from __future__ import annotations

import base64
import binascii
import json
import math
from typing import Any

from search.engines.contract import Position
from search.query import LessonOrder, QueryError

_MAX_LENGTH = 1000
_MAX_PUBLISHED = 2**33
_MAX_PK = 2**30
_MAX_TITLE_LENGTH = 200
_VALUE_TYPES: dict[LessonOrder, type] = {
    LessonOrder.RELEVANCE: float,
    LessonOrder.NEWEST: int,
    LessonOrder.OLDEST: int,
    LessonOrder.TITLE: str,
    LessonOrder.ADOPTED: int,
    LessonOrder.NEAREST: float,
}

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(order: LessonOrder, position: Position) -> str:
    """Return the cursor of a hit."""
    content = [order.value, position.value, position.published, position.pk]
    return base64.urlsafe_b64encode(_compact(content).encode()).rstrip(b"=").decode()


def decode(order: LessonOrder, cursor: str) -> Position:
    """Return the position; raise ``QueryError`` for one that is not of this order."""
    try:
        return _position(order, cursor)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise QueryError(
            "Deze cursor hoort niet bij deze vraag. Begin opnieuw bij de eerste pagina, "
            "zonder cursor.",
            code="INVALID_CURSOR",
            place="after",
        ) from error


def _position(order: LessonOrder, cursor: str) -> Position:
    if len(cursor) > _MAX_LENGTH:
        raise ValueError("too long")
    padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
    content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    name, value, published, pk = content
    if name != order.value or type(value) is not _VALUE_TYPES[order]:
        raise ValueError("of another order")
    return Position(_checked(value), _moment(published), _whole(pk, below=_MAX_PK))


def _checked(value: Any) -> Any:
    if isinstance(value, str):
        if len(value) > _MAX_TITLE_LENGTH or not value.isprintable():
            raise ValueError("not a title")
    elif isinstance(value, int):
        _moment(value)
    elif not math.isfinite(value):
        raise ValueError("not a score")
    return value


def _moment(value: object) -> int:
    return _whole(value, below=_MAX_PUBLISHED)


def _whole(value: object, *, below: int) -> int:
    if type(value) is not int or not 0 <= value < below:
        raise ValueError("out of range")
    return value
