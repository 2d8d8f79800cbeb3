"""robots.txt, OpenSearch, security.txt, the catalogue of APIs and the sitemap."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from frontend_api.linked_data import sitemaps
from tests.factories import make_content_page
from tests.frontend_api.linked_data.conftest import BASE

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_robots_leave_questions_alone_and_find_lessons(client, planted):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=86400"
    agent, *rules, empty, sitemap = response.content.decode().splitlines()
    assert (agent, empty, sitemap) == ("User-agent: *", "", f"Sitemap: {BASE}/sitemap.xml")
    closed = tuple(rule.removeprefix("Disallow: ") for rule in rules)
    for path in ("/", "/lessen/x/y/", "/zoeken/", "/id/fase/borging", "/feeds/alle.json"):
        assert not path.startswith(closed), path
    for path in ("/cms/", "/zoeken/?q=x", "/graphql/", "/vergelijken/?gemeente=GM0014"):
        assert path.startswith(closed), path


def test_a_browser_learns_how_to_search(client, planted):
    response = client.get("/opensearch.xml")

    assert response["Content-Type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.content)
    assert len(root.find(f"{OPEN_SEARCH}ShortName").text) <= 16
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{OPEN_SEARCH}Url")}
    typed = templates["text/html"].replace("{searchTerms}", "pleegzorg")
    assert typed == f"{BASE}/zoeken/?q=pleegzorg"
    assert client.get(typed.removeprefix(BASE)).status_code == 200
    asked = templates["application/x-suggestions+json"].replace("{searchTerms}", "borg")
    assert client.get(asked.removeprefix(BASE)).json() == ["borg", ["Borging"]]
    home = client.get("/").content.decode()
    assert 'href="/opensearch.xml"' in home


def test_a_suggestion_that_cannot_be_asked_is_none(client, planted):
    response = client.get("/zoeken/suggesties/opensearch", {"q": "x" * 5000})

    assert response.status_code == 200
    assert response.json() == ["x" * 5000, []]


def test_security_names_a_contact_that_holds_for_months(client, planted, settings):
    settings.CONTACT = "mailto:veilig@example.org"

    response = client.get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:veilig@example.org"
    assert lines["Canonical"] == f"{BASE}/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert 170 < left.days < 365


def test_security_says_nothing_without_a_contact(client, planted):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_apis_are_named_with_their_descriptions(client, planted):
    response = client.get("/.well-known/api-catalog")

    assert response["Content-Type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    link = f'<{BASE}/.well-known/api-catalog>; rel="api-catalog"'
    assert client.head("/.well-known/api-catalog")["Link"] == response["Link"] == link
    catalog, *apis = response.json()["linkset"]
    assert catalog["anchor"] == f"{BASE}/.well-known/api-catalog"
    assert [item["href"] for item in catalog["item"]] == [api["anchor"] for api in apis]
    assert {api["anchor"] for api in apis} == {
        f"{BASE}/graphql/",
        *(
            f"{BASE}/feeds/{feed}.{form}"
            for feed in ("alle", "borging")
            for form in ("json", "atom", "csv", "jsonl")
        ),
    }
    schema = apis[0]["service-desc"][0]["href"].removeprefix(BASE)
    assert "type Query" in client.get(schema).content.decode()


def entries(response):
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{SITEMAP}urlset"
    return {
        url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod")
        for url in root.iter(f"{SITEMAP}url")
    }


def test_the_sitemap_holds_every_public_page_and_no_other(client, planted):
    make_content_page("Concept", live=False)
    page = make_content_page("Een café", slug="café")
    expired = make_content_page("Voorbij", expire_at=timezone.now() - datetime.timedelta(seconds=1))

    response = client.get("/sitemap.xml")

    assert response["Content-Type"] == "application/xml"
    found = entries(response)
    lesson = planted.lesson
    changed = found[f"{BASE}{lesson.get_url_parts()[2]}"]
    assert changed == lesson.last_published_at.date().isoformat()
    paths = {address.removeprefix(BASE) for address in found}
    assert paths == {
        *("/", "/lessen/", "/lessen/groningen/", "/pilots/", "/pilots/pilot-groningen/"),
        "/caf%C3%A9/",
        *("/zoeken/", "/kaart/", "/witte-vlekken/", "/vergelijken/", "/feeds/", "/data/catalogus"),
        lesson.get_url_parts()[2],
        f"/lessen/groningen/{'zo-doen-we-het-nu'}/",
        *("/ontwikkelpunten/informele-steun/", "/ontwikkelpunten/eenvoud/"),
        *("/partners/nji/", "/partners/vng/"),
        *("/gemeenten/GM0014/", "/gemeenten/GM1942/", "/jeugdregios/JZ01/"),
    }
    assert expired.get_url_parts()[2] not in paths
    assert page.live
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_a_sitemap_that_is_too_long_comes_in_parts(client, planted, monkeypatch):
    whole = entries(client.get("/sitemap.xml"))
    monkeypatch.setattr(sitemaps, "MOST_IN_ONE_FILE", 6)
    make_content_page("Nog een pagina")

    index = ElementTree.fromstring(client.get("/sitemap.xml").content)

    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [str(each.text) for each in index.iter(f"{SITEMAP}loc")]
    assert len(parts) == 4
    found: dict[str, str | None] = {}
    for part in parts:
        address = urlsplit(part)
        inside = entries(client.get(f"{address.path}?{address.query}"))
        assert len(inside) <= 6
        found |= inside
    assert found.keys() == {*whole, f"{BASE}/nog-een-pagina/"}
    for wrong in ("0", "5", "x", "-1", "9" * 9):
        assert client.get("/sitemap.xml", {"deel": wrong}).status_code == 404, wrong
