"""One request: where it goes, how long it takes at most, and what is made of the answer."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time

import pytest

from frontend_api.webhooks import sending
from frontend_api.webhooks.sending import send
from tests.frontend_api.webhooks.receiver import answers, running_receiver, says

HEADERS = {"webhook-id": "evt_1", "webhook-signature": "v1,abc"}
BODY = '{"titel":"één"}'.encode()


@pytest.fixture
def no_patience(monkeypatch):
    """Give a receiver a third of a second."""
    monkeypatch.setattr(sending, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.3)


def test_a_receiver_gets_the_event_as_it_is(receiver):
    answer = send(f"{receiver.url}?van=lessen", HEADERS, BODY)

    (received,) = receiver.received
    assert (answer.status, answer.fault, answer.is_accepted) == (204, "", True)
    assert received.path == "/haak?van=lessen"
    assert received.body == BODY
    assert received.headers["Content-Type"] == "application/json; charset=utf-8"
    assert received.headers["User-Agent"] == "Lessenbank-Webhooks/1.0"
    assert received.headers["webhook-id"] == "evt_1"
    assert "Cookie" not in received.headers
    assert "Authorization" not in received.headers


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_success_is_an_acceptance(receiver, status):
    receiver.behaviour = answers(status)

    assert send(receiver.url, HEADERS, BODY).is_accepted


@pytest.mark.parametrize("status", [400, 401, 404, 409, 410, 422, 429, 500, 502, 503, 599])
def test_everything_else_is_a_failure_that_tells_the_status(receiver, status):
    receiver.behaviour = answers(status)

    answer = send(receiver.url, HEADERS, BODY)

    assert answer.status == status
    assert str(status) in answer.fault


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver, status):
    with running_receiver() as elsewhere:
        receiver.behaviour = answers(status, Location=elsewhere.url)

        answer = send(receiver.url, HEADERS, BODY)

    assert (answer.status, elsewhere.received) == (status, [])
    assert answer.fault == (
        f"De ontvanger stuurt door naar een ander adres ({status}). Dat wordt niet gevolgd: vul "
        "het adres in waar de ontvanger echt staat."
    )


def test_a_proxy_of_the_environment_is_not_used(receiver, monkeypatch):
    with running_receiver() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)

        assert send(receiver.url, HEADERS, BODY).is_accepted
        assert proxy.received == []


def test_the_connection_goes_to_the_address_that_was_checked(receiver, monkeypatch):
    """A name that leads elsewhere a moment later leads nowhere: it is looked up once."""
    answers_of_dns = iter(["127.0.0.1", "169.254.169.254"])
    look_up = socket.getaddrinfo

    def rebinding(host, port, *arguments, **options):
        if host == "ontvanger.example":
            host = next(answers_of_dns)
        return look_up(host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)

    answer = send(f"http://ontvanger.example:{receiver.port}/haak", HEADERS, BODY)

    assert answer.is_accepted
    assert receiver.received[0].headers["Host"] == f"ontvanger.example:{receiver.port}"
    assert next(answers_of_dns) == "169.254.169.254"


def test_nothing_is_connected_to_what_stands_inside(receiver, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False

    plain = send(receiver.url, HEADERS, BODY)
    named = send("https://localhost.example:8443/", HEADERS, BODY)

    assert plain.fault == "Het adres moet beginnen met https://."
    assert "is niet te vinden" in named.fault
    assert receiver.received == []


def test_the_second_address_of_a_name_is_tried(receiver, monkeypatch):
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, *arguments, **options: [
            *(look_up("127.0.0.2", port, **options) if host == "twee.example" else ()),
            *look_up("127.0.0.1" if host == "twee.example" else host, port, **options),
        ],
    )

    assert send(f"http://twee.example:{receiver.port}/", HEADERS, BODY).is_accepted


def test_a_receiver_that_is_not_there_is_a_failure(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = send(f"http://127.0.0.1:{taken.getsockname()[1]}/", HEADERS, BODY)

    assert answer.status is None
    assert answer.fault.startswith("De verbinding is mislukt: NewConnectionError")


@pytest.mark.usefixtures("no_patience")
def test_a_receiver_that_says_nothing_is_left_in_time(receiver):
    receiver.behaviour = lambda _handler, _received: time.sleep(1)

    begun = time.monotonic()
    answer = send(receiver.url, HEADERS, BODY)

    assert time.monotonic() - begun < 0.9
    assert answer.fault.startswith("De ontvanger antwoordde niet binnen")


@pytest.mark.usefixtures("no_patience")
@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_receiver_that_drips_is_left_in_time(receiver, start):
    """A time-out of the socket begins anew at every byte; the whole request has one too."""

    def drip(handler, _received):
        handler.wfile.write(start)
        for _number in range(20):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    receiver.behaviour = drip

    begun = time.monotonic()
    answer = send(receiver.url, HEADERS, BODY)

    assert time.monotonic() - begun < 0.9
    assert answer.milliseconds < 900


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"\x00\xff\x13\x37", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/9.9 200\r\n\r\n"),
        *(b"HTTP/1.1 abc OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 2000 + b"\r\n"),
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_rubbish_is_a_failure_and_nothing_worse(receiver, raw):
    receiver.behaviour = says(raw)

    answer = send(receiver.url, HEADERS, BODY)

    assert not answer.is_accepted
    assert 0 < len(answer.fault) <= 300


def test_of_a_long_answer_the_start_is_kept(receiver):
    receiver.behaviour = answers(500, b"<h1>Fout</h1>\x00" + b"x" * 5_000_000)

    answer = send(receiver.url, HEADERS, BODY)

    assert answer.status == 500
    assert answer.start == "<h1>Fout</h1>\ufffd" + "x" * (sending.KEPT_CHARACTERS - 14)


def test_an_answer_that_repeats_secrets_is_kept_without_them(receiver):
    secrets = (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= "
        f"lb_{'a' * 8}_{'b' * 64}"
    )
    receiver.behaviour = answers(400, f"Onbekend: {secrets}.".encode())

    assert send(receiver.url, HEADERS, BODY).start == "Onbekend: … … …."


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("0", 0.0), ("morgen", None), ("-5", None)]
)
def test_a_receiver_may_ask_to_be_left_alone(receiver, header, seconds):
    receiver.behaviour = answers(503, Retry_After=header)

    assert send(receiver.url, HEADERS, BODY).wait == seconds


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return a certificate for ``ontvanger.example`` that signs itself, made by openssl."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=ontvanger.example",
         "-addext", "subjectAltName=DNS:ontvanger.example", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@pytest.fixture
def tls_receiver(certificate, settings, monkeypatch):
    """Return a receiver with TLS, to which two names lead."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
    cert, key = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *arguments, **options: look_up(
            "127.0.0.1" if host.endswith(".example") else host, *arguments, **options
        ),
    )
    with running_receiver(lambda plain: context.wrap_socket(plain, server_side=True)) as running:
        yield running


def test_the_certificate_is_that_of_the_name(tls_receiver, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    right = send(f"https://ontvanger.example:{tls_receiver.port}/", HEADERS, BODY)
    wrong = send(f"https://ander.example:{tls_receiver.port}/", HEADERS, BODY)

    assert right.is_accepted
    assert tls_receiver.received[0].headers["Host"] == f"ontvanger.example:{tls_receiver.port}"
    assert wrong.status is None
    assert wrong.fault.startswith("Het certificaat van de ontvanger klopt niet")
    assert len(tls_receiver.received) == 1


def test_a_certificate_that_nobody_trusts_is_refused(tls_receiver):
    answer = send(f"https://ontvanger.example:{tls_receiver.port}/", HEADERS, BODY)

    assert answer.fault.startswith("Het certificaat van de ontvanger klopt niet")
    assert tls_receiver.received == []


@pytest.mark.usefixtures("no_patience")
def test_a_handshake_that_is_drawn_out_is_left_in_time(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        begun = time.monotonic()
        answer = send(f"https://127.0.0.1:{silent.getsockname()[1]}/", HEADERS, BODY)

    assert time.monotonic() - begun < 0.9
    assert answer.fault.startswith("Er kwam binnen")
