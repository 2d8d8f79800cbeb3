"""What root fields ask of their arguments beyond their type."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

from django.conf import settings

from search.service import QueryError

_CODE = re.compile(r"[\w-]{1,255}")


def is_code(text: str) -> bool:
    """Tell whether this can be a code or slug at all; a database refuses some characters."""
    return _CODE.fullmatch(text) is not None


def the_one_given(field: str, **values: str | None) -> tuple[str, str]:
    """Return the name and value of the one argument that was given."""
    given = [(name, value) for name, value in values.items() if value is not None]
    if len(given) != 1:
        raise QueryError(
            f"Geef precies één van deze argumenten: {', '.join(values)}.",
            code="ONE_ARGUMENT",
            place=field,
            accepted=tuple(values),
        )
    return given[0]


def checked_uuid(text: str) -> str:
    """Return the uuid in its usual form."""
    try:
        return str(UUID(text))
    except ValueError as error:
        raise QueryError(
            "Dit is geen uuid. Een uuid ziet er zo uit: 0b6f7c1e-3f0a-4c57-9d8e-2a1b3c4d5e6f.",
            code="INVALID_UUID",
            place="uuid",
        ) from error


def uuid_of_uri(uri: str) -> str:
    """Return the uuid in the URI of a lesson."""
    start = f"{settings.BASE_URL}/id/les/"
    try:
        return str(UUID(uri.removeprefix(start))) if uri.startswith(start) else _refuse_uri(start)
    except ValueError:
        return _refuse_uri(start)


def _refuse_uri(start: str) -> str:
    raise QueryError(
        f"Dit is geen URI van een les. Die begint met {start} en eindigt op een uuid.",
        code="INVALID_URI",
        place="uri",
    )


def folded(text: str) -> str:
    """Return the text without capitals and accents, for comparing names."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
