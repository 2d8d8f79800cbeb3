"""What each answer tells the browser it may do, held to the list of Mozilla's Observatory."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cms.security_headers import PERMISSIONS
from cms.settings import base
from lessons.withdrawing import withdraw
from tests.factories import make_gemeente, make_lesson, make_pilot
from tests.planting import rolled_back

HOST = "lessenbank.example"
FROM_PRODUCTION = (
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "X_FRAME_OPTIONS",
)
PAGES = {
    "home": "/",
    "search": "/zoeken/?q=gezin",
    "list of lessons": "/lessen/",
    "lesson": "/lessen/groningen/vraag-het/",
    "tombstone": "/lessen/groningen/ingetrokken/",
    "pilot": "/pilots/pilot-groningen/",
    "gaps": "/witte-vlekken/",
    "map": "/kaart/",
    "gemeente": "/gemeenten/GM0014/",
    "jeugdregio": "/jeugdregios/JZ01/",
    "gemeenten compared": "/vergelijken/",
    "selection": "/mijn-selectie/",
    "feeds": "/feeds/",
    "embed builder": "/insluiten/",
    "open data": "/data/catalogus",
    "ontwikkelpunt": "/ontwikkelpunten/informele-steun/",
    "developers": "/ontwikkelaars/",
    "not found": "/bestaat-niet/",
    "log-in of private pages": "/_util/login/",
    "log-in of the CMS": "/cms/login/",
    "forgotten password": "/cms/password_reset/",
}
EMBEDS = {
    "list": "/embed/v1/lijst",
    "search box": "/embed/v1/zoeken",
    "gemeente": "/embed/v1/gemeente/GM0014",
    "unknown": "/embed/v1/bestaat-niet",
}
FILES = {
    "Atom": "/zoeken.atom",
    "JSON Feed": "/zoeken.json",
    "CSV": "/zoeken.csv",
    "GraphQL": "/graphql/?query={__typename}",
    "schema": "/graphql/schema.graphql",
    "suggestions": "/zoeken/suggesties/?q=gezin",
    "robots": "/robots.txt",
    "security.txt": "/.well-known/security.txt",
    "sitemap": "/sitemap.xml",
    "traits": "/data/kenmerken.csv",
    "icon": "/static/frontend_api/portal/icon.svg",
    "style": "/static/frontend_api/portal/portal.css",
}
STATUS = {
    PAGES["tombstone"]: 410,
    PAGES["not found"]: 404,
    EMBEDS["unknown"]: 404,
}
LOADING = re.compile(r"""(?:src|srcset|action|poster|data)=["']http:|<link[^>]+href=["']http:""")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def planted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Plant what the addresses above need."""
    with rolled_back(django_db_blocker):
        make_gemeente()
        make_pilot()
        make_lesson(title="Vraag het", slug="vraag-het")
        withdraw(make_lesson(title="Ingetrokken", slug="ingetrokken"), reason="outdated")
        get_user_model().objects.create_superuser("beheerder", "b@example.org", "wachtwoord")
        yield


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return a browser of a public installation, behind TLS."""
    monkeypatch.setattr(base, "SECRET_KEY", "k" * 60)
    monkeypatch.delitem(sys.modules, "cms.settings.production", raising=False)
    module = importlib.import_module("cms.settings.production")
    for name in FROM_PRODUCTION:
        setattr(settings, name, getattr(module, name))
    settings.ALLOWED_HOSTS = [HOST]
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = f"https://{HOST}"
    settings.CONTACT = "mailto:meldpunt@lessenbank.example"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    return Client(SERVER_NAME=HOST, HTTP_HOST=HOST)


def policy_of(response: Any) -> dict[str, set[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def asked(client: Client, address: str) -> Any:
    response = client.get(address, secure=True)
    response.close()
    assert response.status_code == STATUS.get(address, 200)
    return response


@pytest.mark.parametrize("address", [*PAGES.values(), *EMBEDS.values(), *FILES.values()])
def test_every_answer_is_bound_to_tls_and_taken_for_what_it_says(production: Client, address: str):
    headers = asked(production, address).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Permissions-Policy"].split(", ") == [f"{name}=()" for name in PERMISSIONS]


@pytest.mark.parametrize("address", PAGES.values())
def test_a_page_runs_nothing_but_its_own_files_and_stands_in_no_frame(
    production: Client, address: str
):
    response = asked(production, address)
    policy = policy_of(response)

    assert policy == {
        "default-src": {"'self'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "object-src": {"'none'"},
        "base-uri": {"'self'"},
        "form-action": {"'self'"},
        "frame-ancestors": {"'none'"},
    }
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert LOADING.findall(response.content.decode()) == []


@pytest.mark.parametrize("address", EMBEDS.values())
def test_an_embed_stands_in_every_frame_and_loads_nothing_but_its_own_files(
    production: Client, address: str
):
    response = asked(production, address)
    policy = policy_of(response)

    assert policy.pop("form-action") == {"'self'", f"https://{HOST}"}
    assert policy == {
        "default-src": {"'none'"},
        "base-uri": {"'none'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "connect-src": {"'self'"},
        "frame-ancestors": {"*"},
    }
    assert "X-Frame-Options" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.cookies == {}


def test_graphiql_may_make_style_sheets_and_run_no_script_of_its_own(production: Client):
    response = asked(production, "/graphiql/")
    policy = policy_of(response)
    nonce = re.search('nonce="([^"]+)"', response.content.decode())

    assert nonce is not None
    assert policy["script-src"] == {"'self'"}
    assert policy["style-src"] == {"'self'", f"'nonce-{nonce[1]}'"}
    assert policy["frame-ancestors"] == {"'none'"}


def test_the_cms_has_a_policy_and_may_frame_its_own_preview(production: Client):
    production.post("/cms/login/", {"username": "beheerder", "password": "wachtwoord"}, secure=True)
    response = asked(production, "/cms/")
    policy = policy_of(response)

    assert policy["script-src"] == {"'self'", "'unsafe-inline'"}
    assert policy["object-src"] == {"'none'"}
    assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == {"'self'"}
    assert response.headers["X-Frame-Options"] == "DENY"


def test_cookies_are_the_editors_only_and_stay_on_this_site(production: Client):
    assert production.get("/", secure=True).cookies == {}

    done = production.post(
        "/cms/login/", {"username": "beheerder", "password": "wachtwoord"}, secure=True
    )

    assert {*done.cookies} == {"sessionid", "csrftoken"}
    for cookie in done.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_whoever_finds_a_leak_knows_where_to_tell(production: Client):
    response = asked(production, "/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:meldpunt@lessenbank.example"
    assert lines["Canonical"] == f"https://{HOST}/.well-known/security.txt"


def test_who_comes_without_tls_is_sent_on_to_it(production: Client):
    response = production.get("/zoeken/?q=gezin")

    assert response.status_code == 301
    assert response.headers["Location"] == f"https://{HOST}/zoeken/?q=gezin"
