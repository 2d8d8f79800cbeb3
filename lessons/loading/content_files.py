"""Reading content files: YAML whose faults are told by file, item and field."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

from lessons.loading.problems import LoadingError, Problem, field

CONTENT_DIR = Path(__file__).resolve().parents[1] / "content"


class Entry:
    """One mapping in a content file, read field by field.

    Every reader returns a usable value, also when the file is wrong; what is wrong goes
    to ``problems``. ``finish`` reports the fields that nobody read.
    """

    def __init__(self, file: str, item: str, values: Any, problems: list[Problem]) -> None:
        self.file = file
        self.item = item
        self.problems = problems
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}
        self._unread = set(self.values)
        if not isinstance(values, dict):
            self.report("", "hier worden velden met een waarde verwacht.")

    def report(self, name: str, message: str) -> None:
        """Add a fault of one field."""
        self.problems.append(Problem(field(self.file, self.item, name), message))

    def text(self, name: str, *, required: bool = True, max_length: int = 0) -> str:
        """Return a text without the space around it."""
        value = self._value(name)
        if value is None or value == "":
            if required:
                self.report(name, "dit veld ontbreekt of is leeg.")
            return ""
        if not isinstance(value, str):
            self.report(name, f"{value!r} is geen tekst; zet er aanhalingstekens om.")
            return ""
        text = value.strip()
        if max_length and len(text) > max_length:
            self.report(name, f"{len(text)} tekens, hoogstens {max_length}.")
        return text

    def code(self, name: str, accepted: Collection[str], *, required: bool = True) -> str:
        """Return one of the accepted codes."""
        code = self.text(name, required=required)
        if code and code not in accepted:
            self.report(name, _unknown(code, accepted))
        return code

    def codes(
        self, name: str, accepted: Collection[str], *, required: bool = False
    ) -> tuple[str, ...]:
        """Return a list of accepted codes."""
        codes = self.texts(name, required=required)
        for code in codes:
            if code not in accepted:
                self.report(name, _unknown(code, accepted))
        return codes

    def texts(self, name: str, *, required: bool = False, max_length: int = 0) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._list(name, required=required)
        texts = []
        for value in values:
            if not isinstance(value, str):
                self.report(name, f"{value!r} is geen tekst; zet er aanhalingstekens om.")
            elif max_length and len(value) > max_length:
                self.report(name, f"{len(value)} tekens, hoogstens {max_length}.")
            else:
                texts.append(value.strip())
        return tuple(texts)

    def number(self, name: str) -> int | None:
        """Return a whole number, or None when the field is absent."""
        value = self._value(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self.report(name, f"{value!r} is geen geheel getal.")
            return None
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; an absent field is false."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            self.report(name, f"{value!r} is geen true of false.")
        return value is True

    def date(self, name: str, *, required: bool = True) -> datetime.date | None:
        """Return a date, written as 2026-11-21."""
        value = self._value(name)
        if isinstance(value, datetime.date):
            return value
        if value is not None or required:
            self.report(name, f"{value!r} is geen datum zoals 2026-11-21.")
        return None

    def url(self, name: str, *, required: bool = True) -> str:
        """Return an address that begins with http:// or https://."""
        url = self.text(name, required=required, max_length=500)
        if url and not url.startswith(("https://", "http://")):
            self.report(name, f"'{url}' is geen adres van een webpagina.")
        return url

    def entries(self, name: str, *, required: bool = False) -> tuple[Entry, ...]:
        """Return a list of mappings, each to be read and finished like this one."""
        values = self._list(name, required=required)
        return tuple(
            Entry(self.file, f"{self.item}, {name} {number}".strip(", "), value, self.problems)
            for number, value in enumerate(values, start=1)
        )

    def entry(self, name: str) -> Entry | None:
        """Return a mapping, or None when the field is absent."""
        value = self._value(name)
        if value is None:
            return None
        return Entry(self.file, f"{self.item}, {name}".strip(", "), value, self.problems)

    def finish(self) -> None:
        """Report the fields that are not known here, such as a misspelled name."""
        for name in sorted(self._unread):
            self.report(name, "dit veld is onbekend.")

    def _value(self, name: str) -> Any:
        self._unread.discard(name)
        return self.values.get(name)

    def _list(self, name: str, *, required: bool) -> list[Any]:
        value = self._value(name)
        if value is None or value == []:
            if required:
                self.report(name, "dit veld ontbreekt of is leeg.")
            return []
        if not isinstance(value, list):
            self.report(name, "hier wordt een lijst verwacht.")
            return []
        return value


def _unknown(code: str, accepted: Collection[str]) -> str:
    known = ", ".join(sorted(accepted)) if len(accepted) <= 20 else f"{len(accepted)} codes"
    return f"'{code}' is onbekend; bekend zijn: {known}."


def read_entries(path: Path, problems: list[Problem], *, called: str = "") -> Iterator[Entry]:
    """Yield the entries of a file that is one list; ``called`` is what an item is called."""
    values = _parse(path)
    if not isinstance(values, list):
        problems.append(Problem(path.name, "het bestand moet een lijst zijn."))
        return
    for number, value in enumerate(values, start=1):
        code = value.get("code", number) if isinstance(value, dict) else number
        yield Entry(path.name, f"{called} {code}".strip(), value, problems)


def read_entry(path: Path, problems: list[Problem]) -> Entry:
    """Return the single mapping that a file is."""
    return Entry(path.name, "", _parse(path), problems)


def _parse(path: Path) -> Any:
    try:
        # The C reader, in every wheel of PyYAML, reads the same and ten times as fast.
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LoadingError(
            [Problem(f"{path.name}, regel {line}", f"geen geldige YAML ({error.problem}).")]
        ) from error
    except OSError as error:
        raise LoadingError(
            [Problem(path.name, f"het bestand is niet te lezen ({error.strerror}).")]
        ) from error
