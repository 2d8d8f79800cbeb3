"""Which addresses a webhook may have, so that nobody reaches what stands inside through us.

The name is looked up once, every address that it leads to is checked, and the connection goes
to the very address that was checked: a name that means something else a moment later
(DNS rebinding) helps nobody.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

ALLOWED_PORTS = frozenset({443, 8443})
_DEFAULT_PORTS = {"https": 443, "http": 80}
_MOST_ADDRESSES = 4
_HOST = re.compile(r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}\Z")
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "arpa")
# What ``ipaddress`` calls global in some version, or what a cloud keeps for itself.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; one cloud has its metadata here
        "168.63.129.16/32",  # the inside of Azure
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other experiments
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",
    )
)
# Also leaves out IPv4 in IPv6 (::ffff:0:0/96, ::/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48),
# unique local (fc00::/7), link-local (fe80::/10), site-local (fec0::/10) and multicast.
_GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")


class AddressError(Exception):
    """An address to which nothing is sent; the message says why, for editors."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The header ``Host``, with the port when it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parsed(url: str) -> Target:
    """Return the parts of an address that may be written so; raise ``AddressError``.

    Nothing is looked up. A host that is a number is refused: certificates are for names.
    """
    if not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
        raise AddressError(
            gettext(
                "The address has signs that cannot be in it. Write special letters in a name as "
                "xn--…, no spaces."
            )
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressError(gettext("This is not an address of the web.")) from None
    host = (parts.hostname or "").lower().removesuffix(".")
    _check_form(parts.scheme, host, has_user="@" in parts.netloc, fragment=parts.fragment)
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in ALLOWED_PORTS and not settings.WEBHOOK_ALLOW_PRIVATE:
        raise AddressError(
            gettext("Port %(port)s is not allowed. Use 443, which need not be written, or 8443.")
            % {"port": port}
        )
    path = parts.path or "/"
    return Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def _check_form(scheme: str, host: str, *, has_user: bool, fragment: str) -> None:
    if scheme != "https" and not (scheme == "http" and settings.WEBHOOK_ALLOW_PRIVATE):
        raise AddressError(gettext("The address has to begin with https://."))
    if has_user:
        raise AddressError(
            gettext("Leave out the user name and password: the signature shows who sends.")
        )
    if fragment:
        raise AddressError(gettext("Leave out what comes after #: a server never gets to see it."))
    if not host:
        raise AddressError(gettext("The name of the server is missing."))
    if settings.WEBHOOK_ALLOW_PRIVATE:
        return
    last = host.rpartition(".")[2]
    if ":" in host or re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last):
        raise AddressError(gettext("Write the name of the server, not its number."))
    if not _HOST.fullmatch(host):
        raise AddressError(gettext("“%(host)s” is not a name of a server.") % {"host": host[:100]})
    if "." not in host or any(host.endswith(f".{name}") for name in _LOCAL_NAMES):
        raise AddressError(
            gettext("“%(host)s” is a name inside a network. Use one that everybody can reach.")
            % {"host": host}
        )


def resolved(target: Target) -> tuple[Address, ...]:
    """Return the addresses that a name leads to; raise ``AddressError`` unless all are allowed.

    One that leads both outside and inside is refused too: nobody has that by accident.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressError(
            gettext("The name %(host)s cannot be found.") % {"host": target.host}
        ) from None
    # A scope (fe80::1%eth0) is not part of the address.
    texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    addresses = tuple(ipaddress.ip_address(text) for text in texts)
    refused = next((address for address in addresses if not is_allowed(address)), None)
    if refused is not None:
        raise AddressError(
            gettext(
                "The name %(host)s leads to %(address)s, which is not an address on the public "
                "internet."
            )
            % {"host": target.host, "address": refused}
        )
    return addresses[:_MOST_ADDRESSES]


def is_allowed(address: Address) -> bool:
    """Return whether something may be sent to an address."""
    if settings.WEBHOOK_ALLOW_PRIVATE and _is_near(address):
        return True
    if address.version == 6 and address not in _GLOBAL_IPV6:
        return False
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _is_near(address: Address) -> bool:
    """Return whether an address is of this machine or of a network around it."""
    if address.is_loopback:
        return True
    # Of a cloud the metadata lies in link-local, and in one network of its own.
    return (
        address.is_private
        and not address.is_link_local
        and not address.is_unspecified
        and not address.is_reserved
        and address not in ipaddress.ip_network("fd00:ec2::/32")
    )
