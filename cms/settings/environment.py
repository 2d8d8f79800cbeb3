"""Every environment variable that Lessenbank reads, in one typed table.

No other module reads ``os.environ``. ``docs/settings.md`` shows this table; a test
keeps the two equal.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT_DIR = Path(__file__).resolve().parents[2]


class EnvironmentVariableError(ValueError):
    """A variable holds a value that its type does not accept; the message says which."""

    def __init__(self, name: str, text: str, expects: str) -> None:
        super().__init__(f"{name} is {text!r}; expected {expects}.")
        self.name = name
        self.text = text


def _boolean(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return words[text.strip().lower()]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError(text)
    return number


def _engine(text: str) -> str:
    if text not in {"embedded"}:
        raise ValueError(text)
    return text


def _log_format(text: str) -> str:
    if text not in {"console", "json"}:
        raise ValueError(text)
    return text


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, how its text becomes a value, and its help."""

    name: str
    parse: Callable[[str], Any]
    default: str
    expects: str
    help: str

    def read(self) -> Any:
        """Return the value; raise ``EnvironmentVariableError`` with what was expected."""
        text = os.environ.get(self.name, self.default)
        try:
            return self.parse(text)
        except (KeyError, ValueError) as error:
            raise EnvironmentVariableError(self.name, text, self.expects) from error


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "LESSENBANK_DATA",
        Path,
        str(PROJECT_DIR / "var"),
        "a folder",
        "Folder of the database, the search index, the media and the secret key.",
    ),
    Variable("PORT", _port, "8000", "a number from 1 to 65535", "Port that the server listens on."),
    Variable(
        "LESSENBANK_LISTEN",
        str,
        "127.0.0.1",
        "an IP address",
        "Address that the server listens on. In a container: 0.0.0.0.",
    ),
    Variable(
        "LESSENBANK_BASE_URL",
        str,
        "",
        "an address such as https://lessenbank.example",
        "Public address, used in every link and URI. Empty: http://127.0.0.1:PORT.",
    ),
    Variable(
        "LESSENBANK_ALLOWED_HOSTS",
        _words,
        "127.0.0.1,localhost",
        "host names, separated by commas",
        "Host names that the server answers to.",
    ),
    Variable(
        "LESSENBANK_SECRET_KEY",
        str,
        "",
        "at least 50 random characters",
        "Signs sessions and links. Required in production; at a desk a key is kept in the "
        "data folder.",
    ),
    Variable(
        "LESSENBANK_DATABASE_URL",
        str,
        "",
        "an address such as postgres://user:password@host/name",
        "Database. Empty: SQLite in the data folder.",
    ),
    Variable(
        "LESSENBANK_SEARCH_ENGINE",
        _engine,
        "embedded",
        "embedded",
        "Search engine: embedded keeps its index in the data folder.",
    ),
    Variable(
        "LESSENBANK_GRAPHIQL",
        _boolean,
        "true",
        "true or false",
        "Whether GraphiQL is served at /graphiql/.",
    ),
    Variable(
        "LESSENBANK_LOG_FORMAT",
        _log_format,
        "console",
        "console or json",
        "Form of the log lines.",
    ),
    Variable(
        "LESSENBANK_LOG_LEVEL",
        str,
        "INFO",
        "DEBUG, INFO, WARNING or ERROR",
        "Least level that is logged.",
    ),
    Variable(
        "LESSENBANK_TLS",
        _boolean,
        "true",
        "true or false",
        "Production only: whether the site is behind TLS (secure cookies, HSTS).",
    ),
    Variable(
        "LESSENBANK_EMAIL_URL",
        str,
        "consolemail://",
        "an address such as smtp://user:password@host:25",
        "Where e-mail of the moderation workflow goes.",
    ),
    Variable(
        "LESSENBANK_EMAIL_FROM",
        str,
        "lessenbank@localhost",
        "an e-mail address",
        "Sender of e-mail.",
    ),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def value(name: str) -> Any:
    """Return the parsed value of a variable in the table."""
    return _BY_NAME[name].read()
