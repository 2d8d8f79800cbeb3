"""No webhook leads to what stands inside."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from frontend_api.webhooks.addresses import AddressError, Target, is_allowed, parsed, resolved

INSIDE = [
    *("0.0.0.0", "0.1.2.3"),
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1"),
    *("127.0.0.1", "127.1.2.3", "127.255.255.254"),
    *("100.64.0.1", "100.100.100.200", "100.127.255.254"),
    *("169.254.0.1", "169.254.169.254", "169.254.170.2"),
    *("168.63.129.16", "192.0.0.192", "192.0.0.8", "192.0.2.1", "198.51.100.7", "203.0.113.9"),
    *("192.88.99.1", "198.18.0.1", "198.19.255.255"),
    *("224.0.0.1", "233.252.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
    *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "2001:0:4136:e378::1"),
    *("fc00::1", "fd00:ec2::254", "fd12:3456:789a::1", "fe80::1", "febf::1", "fec0::1"),
    *("ff02::1", "ff0e::1", "2001:db8::1", "100::1", "3fff::1", "5f00::1", "4000::1"),
]
OUTSIDE = [
    *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1"),
    *("172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "223.255.255.254"),
    *("2001:4860:4860::8888", "2606:4700::1111", "2a00:1450:400e::1", "2001:200::1"),
]


def leads_to(monkeypatch, *addresses):
    """Let every name lead to these addresses; return the names that were looked up."""
    asked = []

    def look_up(host, port, **_options):
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_is_sent_inside(address):
    assert not is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_everybody_can_reach_is_allowed(address):
    assert is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_as_well_is_refused(monkeypatch, address):
    leads_to(monkeypatch, "8.8.8.8", address)

    with pytest.raises(AddressError, match="openbare internet"):
        resolved(parsed("https://ontvanger.example/"))


def test_a_name_is_looked_up_once(monkeypatch):
    asked = leads_to(monkeypatch, "8.8.8.8", "2606:4700::1111", "8.8.8.8")

    found = resolved(parsed("https://ontvanger.example/"))

    assert [str(address) for address in found] == ["8.8.8.8", "2606:4700::1111"]
    assert asked == ["ontvanger.example"]


def test_a_name_that_nobody_knows_is_refused(monkeypatch):
    def unknown(*_args, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(AddressError, match=r"De naam ontvanger\.example is niet te vinden"):
        resolved(parsed("https://ontvanger.example/"))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://ontvanger.example/", "moet beginnen met https://"),
        ("ftp://ontvanger.example/", "moet beginnen met https://"),
        ("file:///etc/passwd", "moet beginnen met https://"),
        ("gopher://ontvanger.example/", "moet beginnen met https://"),
        ("//ontvanger.example/", "moet beginnen met https://"),
        ("ontvanger.example", "moet beginnen met https://"),
        ("", "moet beginnen met https://"),
        ("https://", "naam van de server ontbreekt"),
        ("https:///pad", "naam van de server ontbreekt"),
        ("https://iemand@ontvanger.example/", "gebruikersnaam"),
        ("https://iemand:geheim@ontvanger.example/", "gebruikersnaam"),
        ("https://@ontvanger.example/", "gebruikersnaam"),
        ("https://ontvanger.example@127.0.0.1/", "gebruikersnaam"),
        ("https://ontvanger.example/#deel", "na #"),
        ("https://ontvanger.example:80/", "Poort 80"),
        ("https://ontvanger.example:22/", "Poort 22"),
        ("https://ontvanger.example:6379/", "Poort 6379"),
        ("https://ontvanger.example:0/", "Poort 0"),
        ("https://ontvanger.example:99999/", "geen adres van het web"),
        ("https://ontvanger.example:poort/", "geen adres van het web"),
        ("https://[::1/", "geen adres van het web"),
        ("https://127.0.0.1/", "niet het nummer"),
        ("https://8.8.8.8/", "niet het nummer"),
        ("https://[2606:4700::1111]/", "niet het nummer"),
        ("https://[::ffff:127.0.0.1]/", "niet het nummer"),
        ("https://2130706433/", "niet het nummer"),
        ("https://0x7f.0.0.0x1/", "niet het nummer"),
        ("https://0x7f000001/", "niet het nummer"),
        ("https://0177.0.0.1/", "niet het nummer"),
        ("https://127.1/", "niet het nummer"),
        ("https://localhost/", "naam binnen een netwerk"),
        ("https://LOCALHOST./", "naam binnen een netwerk"),
        ("https://intranet/", "naam binnen een netwerk"),
        ("https://kast.local/", "naam binnen een netwerk"),
        ("https://metadata.google.internal/", "naam binnen een netwerk"),
        ("https://db.localhost/", "naam binnen een netwerk"),
        ("https://-ontvanger.example/", "geen naam van een server"),
        ("https://ont..vanger.example/", "geen naam van een server"),
        ("https://ont%76anger.example/", "geen naam van een server"),
        ("https://ontvanger.example/a b", "tekens"),
        ("https://ontvanger.example/\r\nHost: x", "tekens"),
        ("https://ontvanger.example\\@127.0.0.1/", "tekens"),
        ("https://ontvangér.example/", "tekens"),
        ("https://ontvanger。example/", "tekens"),
    ],
)
def test_what_cannot_be_an_address_is_refused_with_the_reason(url, message):
    with pytest.raises(AddressError, match=message):
        parsed(url)


@pytest.mark.parametrize(
    ("url", "target", "host"),
    [
        (
            "https://Ontvanger.example",
            Target("https", "ontvanger.example", 443, "/"),
            "ontvanger.example",
        ),
        (
            "https://ontvanger.example:8443/haak?van=lessen",
            Target("https", "ontvanger.example", 8443, "/haak?van=lessen"),
            "ontvanger.example:8443",
        ),
        (
            "https://xn--ontvangr-i1a.example./%C3%A9",
            Target("https", "xn--ontvangr-i1a.example", 443, "/%C3%A9"),
            "xn--ontvangr-i1a.example",
        ),
    ],
)
def test_an_address_comes_apart(url, target, host):
    assert parsed(url) == target
    assert target.host_header == host


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "172.18.0.2", "fd12::1"])
def test_development_may_send_to_machines_near_by(settings, address):
    settings.WEBHOOK_ALLOW_PRIVATE = True

    assert is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "fe80::1", "224.0.0.1", "0.0.0.0", "::"]
)
def test_development_may_not_send_to_the_metadata_of_a_cloud(settings, address):
    settings.WEBHOOK_ALLOW_PRIVATE = True

    assert not is_allowed(ipaddress.ip_address(address))


def test_development_may_use_http_and_any_port(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True

    assert parsed("http://localhost:8080/haak") == Target("http", "localhost", 8080, "/haak")
    assert parsed("http://[::1]:8080/").host_header == "[::1]:8080"
