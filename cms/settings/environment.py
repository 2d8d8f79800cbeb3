"""Every environment variable that Lessenbank reads, in one typed table.

No other module reads ``os.environ``. ``docs/settings.md`` shows this table; a test
keeps the two equal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
    if text not in {"embedded", "elasticsearch"}:
        raise ValueError(text)
    return text


def _addresses(text: str) -> list[str]:
    addresses = _words(text)
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.port:
            raise ValueError(text)
        if parts.username or parts.password:
            raise ValueError(text)
    return addresses


def _file(text: str) -> str:
    if text and not Path(text).is_file():
        raise ValueError(text)
    return text


def _patience(text: str) -> float:
    seconds = float(text)
    if not 0.1 <= seconds <= 60:
        raise ValueError(text)
    return seconds


def _uri(text: str) -> str:
    if text and urlsplit(text).scheme not in {"http", "https"}:
        raise ValueError(text)
    return text


def _contact(text: str) -> str:
    if text and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://[^\s/]+\S*)", text):
        raise ValueError(text)
    return text


def _index_prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", text):
        raise ValueError(text)
    return text


def _days(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 730:
        raise ValueError(text)
    return number


def _log_days(text: str) -> int:
    if not 1 <= (number := int(text)) <= 730:
        raise ValueError(text)
    return number


def _proxies(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10:
        raise ValueError(text)
    return number


def _requests(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise ValueError(text)
    return number


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
        "LESSENBANK_PUBLISHER",
        str,
        "Lessenbank",
        "a name",
        "Organisation that publishes the lessons, as the catalogue of open data names it.",
    ),
    Variable(
        "LESSENBANK_PUBLISHER_URI",
        _uri,
        "",
        "an address such as https://identifier.overheid.nl/tooi/id/gemeente/gm0014",
        "URI of that organisation. Empty: one within the catalogue.",
    ),
    Variable(
        "LESSENBANK_CONTACT",
        _contact,
        "",
        "mailto: with an e-mail address, or an address that begins with https://",
        "Where people report a weakness of the site, or a fault in its data. Empty: the site has "
        "no security.txt.",
    ),
    Variable(
        "LESSENBANK_ALLOWED_HOSTS",
        _words,
        "127.0.0.1,localhost",
        "host names, separated by commas",
        "Host names that the server answers to.",
    ),
    Variable(
        "LESSENBANK_TRUSTED_PROXIES",
        _proxies,
        "0",
        "a number from 0 to 10",
        "How many proxies of your own stand before the server, each adding to X-Forwarded-For. "
        "0: that header is not believed.",
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
        "embedded or elasticsearch",
        "Search engine: embedded keeps its index in the data folder, elasticsearch on a cluster.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH",
        _addresses,
        "",
        "addresses such as https://search.example:9200, separated by commas, without a user",
        "Elasticsearch only: the nodes of the cluster; the server's major version is 8.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH_USER",
        str,
        "",
        "a user name",
        "Elasticsearch only: who may manage the indices that begin with the prefix.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH_PASSWORD",
        str,
        "",
        "a password",
        "Elasticsearch only: the password of that user.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH_API_KEY",
        str,
        "",
        "an API key as the server encodes it",
        "Elasticsearch only: in the place of user and password.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH_CA_FILE",
        _file,
        "",
        "a file that exists",
        "Elasticsearch only: the certificate authority of the nodes. Empty: those that this "
        "machine trusts.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH_PREFIX",
        _index_prefix,
        "lessenbank",
        "small letters, digits, - and _",
        "Elasticsearch only: how the names of the indices begin. Each installation on a cluster "
        "needs one of its own.",
    ),
    Variable(
        "LESSENBANK_ELASTICSEARCH_SECONDS",
        _patience,
        "2",
        "a number of seconds from 0.1 to 60",
        "Elasticsearch only: how long a visitor waits for it before this machine searches itself.",
    ),
    Variable(
        "LESSENBANK_SEARCH_LOG_DAYS",
        _days,
        "90",
        "a number of days from 0 to 730",
        "How long is kept what was searched for and how often, by day and without anything of "
        "the person. 0: nothing is counted.",
    ),
    Variable(
        "LESSENBANK_GRAPHIQL",
        _boolean,
        "true",
        "true or false",
        "Whether GraphiQL is served at /graphiql/.",
    ),
    Variable(
        "LESSENBANK_GRAPHQL_SECONDS",
        _patience,
        "10",
        "a number of seconds from 0.1 to 60",
        "How long the answer to a GraphQL question may take before it is broken off.",
    ),
    Variable(
        "LESSENBANK_GRAPHQL_TRUSTED_ONLY",
        _boolean,
        "false",
        "true or false",
        "Whether only the GraphQL questions are answered that `manage.py trust_queries` was given. "
        "GraphiQL can then ask nothing else.",
    ),
    Variable(
        "LESSENBANK_API_ANONYMOUS_PER_MINUTE",
        _requests,
        "300",
        "a number of requests from 0 to 1000000",
        "Requests a minute to the API from one network address without a key. 0: no limit.",
    ),
    Variable(
        "LESSENBANK_API_PARTNER_PER_MINUTE",
        _requests,
        "3000",
        "a number of requests from 0 to 1000000",
        "Requests a minute of a partner with a key, unless the CMS says otherwise for it. "
        "0: no limit.",
    ),
    Variable(
        "LESSENBANK_WEBHOOK_ALLOW_PRIVATE",
        _boolean,
        "false",
        "true or false",
        "Only to develop and test: webhooks may also use http, any port, and addresses of this "
        "machine and of private networks.",
    ),
    Variable(
        "LESSENBANK_WEBHOOK_LOG_DAYS",
        _log_days,
        "30",
        "a number of days from 1 to 730",
        "How long is kept what was delivered to webhooks, and what their receivers answered.",
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
        "Where e-mail of the moderation workflow and of webhooks goes.",
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
