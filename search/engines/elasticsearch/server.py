"""The way to the server: who may enter, how long it may take, and what a fault means."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import (
    ApiError,
    ConnectionError,
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    TransportError,
)

from search.engines.contract import EngineError, IndexMissingError

WRITE_SECONDS = 10.0
CARE_SECONDS = 60.0
"""For what no request waits for: a rebuild and the care of indices."""

PAUSE_SECONDS = 3.0
"""How long a server that did not answer is left alone, so that not every visitor waits."""

_OTHER_NODES = 2
_RESTING = (502, 503, 504)


@dataclass(frozen=True, slots=True)
class Access:
    """Where the cluster is, who we are there, and how our names begin."""

    addresses: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca_file: str = ""
    prefix: str = "lessenbank"
    seconds: float = 2.0
    """The longest that a visitor waits for an answer."""


class Server:
    """The client of a cluster. Whatever goes wrong with it is an ``EngineError``."""

    def __init__(self, access: Access) -> None:
        try:
            self._client = _client(access)
        except (OSError, ValueError) as error:
            raise EngineError(f"The settings of Elasticsearch do not hold: {error}") from error
        self._patience = access.seconds
        self._silent_until = 0.0

    @contextmanager
    def asked(self, seconds: float | None = None) -> Iterator[Elasticsearch]:
        """Give the client; a request may take so many seconds, or as long as a visitor waits."""
        if time.monotonic() < self._silent_until:
            raise EngineError("Elasticsearch gave no answer a moment ago.")
        try:
            yield self._client.options(request_timeout=seconds or self._patience)
        except (ConnectionError, ConnectionTimeout) as error:
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            raise EngineError(f"Elasticsearch gives no answer: {error}") from error
        except NotFoundError as error:
            if error.error == "index_not_found_exception":
                raise IndexMissingError("There is no search index.") from error
            raise EngineError(f"Elasticsearch refuses: {error}") from error
        except (ApiError, TransportError) as error:
            raise EngineError(f"Elasticsearch refuses: {error}") from error
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            # What it answers does not have the form that its interface promises.
            raise EngineError(f"Elasticsearch answers with something else: {error!r}") from error


def _client(access: Access) -> Elasticsearch:
    options: dict[str, Any] = {}
    if access.api_key:
        options["api_key"] = access.api_key
    elif access.user:
        options["basic_auth"] = (access.user, access.password)
    if access.ca_file and any(address.startswith("https:") for address in access.addresses):
        options["ca_certs"] = access.ca_file
    return Elasticsearch(
        list(access.addresses),
        max_retries=_OTHER_NODES,
        retry_on_status=_RESTING,
        retry_on_timeout=False,
        **options,
    )
