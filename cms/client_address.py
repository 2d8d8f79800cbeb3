"""From which network address a request comes.

``X-Forwarded-For`` is text that anybody can send. It is believed as far as the operator's own
proxies wrote it: each adds the address that it was called from at the end, so the entry to
trust is counted from there (``LESSENBANK_TRUSTED_PROXIES``). Without proxies the header counts
for nothing.
"""

from __future__ import annotations

import ipaddress
from functools import cache

import structlog
from django.conf import settings
from django.http import HttpRequest

logger = structlog.get_logger(__name__)

_UNKNOWN = ""


def client_address(request: HttpRequest) -> str:
    """Return the address of who asked; empty when there is none, as on a socket of the system.

    A request that passed fewer proxies than there are came round them: its own address counts.
    """
    nearest = _address(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not proxies:
        if header:
            _warn_once()
        return nearest
    forwarded = header.split(",")
    if len(forwarded) < proxies:
        return nearest
    return _address(forwarded[-proxies]) or nearest


def client_network(request: HttpRequest) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 that one IPv6 line has."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


@cache
def _warn_once() -> None:
    """Tell the operator of a proxy that was perhaps forgotten; then all visitors are one."""
    logger.warning("forwarded_header_not_believed", setting="LESSENBANK_TRUSTED_PROXIES")


def _address(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return _UNKNOWN
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
