"""The address of a client: what proxies wrote is believed, what anybody can write is not."""

from __future__ import annotations

import pytest
from axes.helpers import get_client_ip_address
from django.test import RequestFactory
from structlog.testing import capture_logs

from cms import client_address as module
from cms.client_address import client_address, client_network


def asked(forwarded=None, nearest="10.0.0.1"):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=nearest, headers=headers)


def test_without_proxies_the_header_counts_for_nothing():
    assert client_address(asked("192.0.2.1")) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.9, 192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.9, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        (2, "192.0.2.1", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "onzin", "10.0.0.1"),
        (1, " 2001:db8::1 ", "2001:db8::1"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies

    assert client_address(asked(forwarded)) == expected


@pytest.mark.parametrize(
    ("nearest", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_line_counts_as_one_client(nearest, network):
    assert client_network(asked(nearest=nearest)) == network


def test_attempts_to_log_in_are_counted_for_the_same_address():
    assert get_client_ip_address(asked("192.0.2.1")) == "10.0.0.1"


def test_an_operator_hears_once_of_a_proxy_that_was_perhaps_forgotten():
    module._warn_once.cache_clear()

    with capture_logs() as lines:
        client_address(asked())
        client_address(asked("192.0.2.1"))
        client_address(asked("192.0.2.2"))

    assert [line["event"] for line in lines] == ["forwarded_header_not_believed"]
