"""One request to a receiver: bounded in time and size, and to a checked address only.

urllib3's connections are used without its pools: they follow no redirect and know no proxy of
the environment. The connection goes to the address that was checked, while the name stands in
``Host`` and is what the certificate has to be for.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError
from urllib3.response import HTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from frontend_api.webhooks.addresses import Address, AddressError, Target, parsed, resolved

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 15.0
MOST_ANSWER_BYTES = 4096
KEPT_CHARACTERS = 300
USER_AGENT = "Lessenbank-Webhooks/1.0"

# What a receiver might repeat and nobody should read in a log.
_SECRETS = re.compile(r"whsec_[A-Za-z0-9+/=_-]+|v1a?,[A-Za-z0-9+/=]{20,}|lb_[0-9a-f]{8}_[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request; ``fault`` is empty when it was accepted."""

    status: int | None
    milliseconds: int
    fault: str = ""
    start: str = ""
    """The first characters of what the receiver said, without secrets."""
    wait: float | None = None
    """Seconds that the receiver asks to be left alone."""

    @property
    def is_accepted(self) -> bool:
        """Whether the receiver has the event."""
        return not self.fault


def send(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Post to an address; raises nothing."""
    begun = time.monotonic()
    status, fault, start, wait = None, "", "", None
    try:
        target = parsed(url)
        with _posted(target, resolved(target), headers, body) as response:
            status = response.status
            start = _start_of(response)
            fault = _fault_of(status)
            wait = _wait_of(response.headers.get("Retry-After"))
    except AddressError as error:
        fault = str(error)
    except _Silent:
        fault = _no_connection_in_time()
    except Exception as error:  # noqa: BLE001 - whatever a receiver does is a fault of its own
        fault = _fault_in_words(error, time.monotonic() - begun)
    milliseconds = int((time.monotonic() - begun) * 1000)
    return Answer(status, milliseconds, fault[:300], start, wait)


class _Silent(Exception):
    """None of the addresses answered in time."""


class _PlainConnection(HTTPConnection):
    """A connection that is broken off after a time, whatever the other side does."""

    line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        # TLS takes the socket over; this is a second handle of the same line.
        self.line = made.dup()
        return made


class _TlsConnection(HTTPSConnection):
    """The same, with TLS."""

    line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        self.line = made.dup()
        return made


_Connection = _PlainConnection | _TlsConnection


def _connection(target: Target, address: Address) -> _Connection:
    if target.scheme == "http":
        return _PlainConnection(str(address), target.port, timeout=CONNECT_SECONDS)
    return _TlsConnection(
        str(address),
        target.port,
        timeout=CONNECT_SECONDS,
        cert_reqs="CERT_REQUIRED",
        server_hostname=target.host,
        assert_hostname=target.host,
    )


@contextlib.contextmanager
def _posted(
    target: Target, addresses: tuple[Address, ...], headers: Mapping[str, str], body: bytes
) -> Iterator[HTTPResponse]:
    deadline = time.monotonic() + TOTAL_SECONDS
    connection = _connected(target, addresses, deadline)
    watchdog = threading.Timer(max(0.1, deadline - time.monotonic()), _break_off, [connection])
    watchdog.daemon = True
    watchdog.start()
    try:
        if connection.sock is not None:
            connection.sock.settimeout(max(0.1, deadline - time.monotonic()))
        connection.request(
            "POST",
            target.path,
            body=body,
            headers={
                "Host": target.host_header,
                "Content-Type": "application/json; charset=utf-8",
                "Accept-Encoding": "identity",
                "User-Agent": USER_AGENT,
                "Connection": "close",
                **headers,
            },
            preload_content=False,
            decode_content=False,
        )
        # urllib3's own, though the type says otherwise.
        response = connection.getresponse()
        yield response
        response.close()
    finally:
        watchdog.cancel()
        _close(connection)


def _connected(target: Target, addresses: tuple[Address, ...], deadline: float) -> _Connection:
    """Return a connection to the first of the addresses that answers."""
    last: Exception | None = None
    for address in addresses:
        connection = _connection(target, address)
        # A handshake can be drawn out as well.
        watchdog = threading.Timer(CONNECT_SECONDS, _break_off, [connection])
        watchdog.daemon = True
        watchdog.start()
        begun = time.monotonic()
        try:
            connection.connect()
        except (OSError, HTTPError, CertificateError) as error:
            _close(connection)
            is_late = time.monotonic() - begun >= CONNECT_SECONDS
            # The exact type: a refused connection is a kind of it.
            last = _Silent() if is_late or type(error) is ConnectTimeoutError else error
        else:
            return connection
        finally:
            watchdog.cancel()
        if time.monotonic() > deadline:
            break
    raise last or _Silent()


def _break_off(connection: _Connection) -> None:
    if connection.line is not None:
        with contextlib.suppress(OSError):
            connection.line.shutdown(socket.SHUT_RDWR)


def _close(connection: _Connection) -> None:
    connection.close()
    if connection.line is not None:
        connection.line.close()
        connection.line = None


def _start_of(response: HTTPResponse) -> str:
    read = response.read(MOST_ANSWER_BYTES, decode_content=False)
    text = read.decode("utf-8", "replace").replace("\x00", "\ufffd")
    return _SECRETS.sub("…", text)[:KEPT_CHARACTERS]


def _wait_of(header: str | None) -> float | None:
    text = (header or "").strip()
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _fault_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return gettext(
            "The receiver sends on to another address (%(status)s). That is not followed: enter "
            "the address where the receiver really is."
        ) % {"status": status}
    if status == 410:
        return gettext("The receiver says that it is gone for good (410).")
    return gettext("The receiver answered with %(status)s.") % {"status": status}


def _no_connection_in_time() -> str:
    return gettext("There was no connection within %(seconds)s seconds.") % {
        "seconds": int(CONNECT_SECONDS)
    }


def _fault_in_words(error: Exception, seconds: float) -> str:
    if seconds >= TOTAL_SECONDS - 0.1 or isinstance(error, TimeoutError):
        return gettext("The receiver did not answer within %(seconds)s seconds.") % {
            "seconds": int(TOTAL_SECONDS)
        }
    if isinstance(error, CertificateError) or "CERTIFICATE_VERIFY" in str(error):
        return gettext("The certificate of the receiver is not right: %(fault)s") % {
            "fault": str(error)[:150]
        }
    return gettext("The connection failed: %(fault)s") % {"fault": _brief(error)}


def _brief(error: Exception) -> str:
    # Without the address of an object in memory.
    return re.sub(r"<[^>]*> ?|\w+\(host=[^)]*\): ?", "", f"{type(error).__name__}: {error}")[:150]
