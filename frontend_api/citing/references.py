"""How others refer to a lesson: as a sentence, and in the forms that their programs read."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.utils.formats import date_format

from frontend_api.feeds.items import PUBLISHER
from lessons.records import LessonCard

_SPACES = re.compile(r"\s+")
_BIBTEX_SIGNS = {
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in parts; the title stands in italics."""

    author: str
    year: int
    title: str
    rest: str
    uri: str

    @property
    def text(self) -> str:
        """The whole as plain text."""
        return f"{self.author} ({self.year}). {self.title} {self.rest} {self.uri}"


def reference(card: LessonCard, today: datetime.date) -> Reference:
    """Return the reference in the manner of APA; a lesson can change, so it bears a date."""
    author = _line(card.attribution) or PUBLISHER
    seen_on = date_format(today, "j F Y")
    return Reference(
        author=author if author.endswith(".") else f"{author}.",
        year=card.last_published_at.year,
        title=_line(card.title),
        rest=f"[{card.kind_label.capitalize()}]. {PUBLISHER}. Geraadpleegd op {seen_on}, van",
        uri=card.uri,
    )


def bibtex(card: LessonCard, today: datetime.date) -> str:
    """Return the reference for BibTeX and what reads it."""
    fields = {
        "author": f"{{{_bibtex_text(card.attribution or PUBLISHER)}}}",
        "title": f"{{{_bibtex_text(card.title)}}}",
        "year": str(card.last_published_at.year),
        "publisher": PUBLISHER,
        "url": card.uri,
        "urldate": today.isoformat(),
        "abstract": _bibtex_text(card.core),
        "langid": "dutch",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@online{{lessenbank-{card.uuid},\n{lines}\n}}\n"


def ris(card: LessonCard, today: datetime.date) -> str:
    """Return the reference in RIS, whose lines end as on paper tape."""
    fields = (
        ("TY", "ELEC"),
        # The comma says that this is a whole name.
        ("AU", f"{_line(card.attribution or PUBLISHER)},"),
        ("TI", _line(card.title)),
        ("PY", str(card.last_published_at.year)),
        ("PB", PUBLISHER),
        ("AB", _line(card.core)),
        ("LA", "nl"),
        ("UR", card.uri),
        ("Y2", f"{today:%Y/%m/%d}"),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def _bibtex_text(text: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(sign, sign) for sign in _line(text))


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
