"""The pages for developers."""

import re

import pytest

from frontend_api.developers.schema_page import entries
from frontend_api.developers.views import PAGES
from frontend_api.graphql import limits
from frontend_api.graphql.schema import schema

pytestmark = pytest.mark.django_db

ADDRESSES = [f"/ontwikkelaars/{name}/" if name else "/ontwikkelaars/" for name in PAGES]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_leads_to_the_others_and_every_link_is_answered(client, address):
    page = client.get(address).content.decode()

    main = page[page.index("<main") : page.index("</main")]
    links = set(re.findall(r'href="(/[^"#]*)', main))
    assert links >= set(ADDRESSES)
    for link in links - set(ADDRESSES):
        assert client.get(link).status_code in {200, 302, 404 if "security" in link else 200}, link


def test_the_schema_page_names_every_type_and_field_and_its_links_lead_somewhere(client):
    page = client.get("/ontwikkelaars/schema/").content.decode()

    ids = set(re.findall(r'id="([\w.]+)"', page))
    assert {f"Query.{name}" for name in schema.graphql_schema.query_type.fields} <= ids
    assert len(ids) > 400
    assert set(re.findall(r'href="#([\w.]+)"', page)) <= ids


def test_the_schema_can_be_searched_without_a_script(client):
    page = client.get("/ontwikkelaars/schema/", {"zoek": "Attribution"}).content.decode()

    assert 'id="Lesson.attribution"' in page
    assert 'id="Lesson.title"' not in page
    page = client.get("/ontwikkelaars/schema/", {"zoek": "viewpoint"}).content.decode()
    assert 'href="/ontwikkelaars/schema/#ViewpointInput"' in page
    assert entries("zzzz") == []
    assert "0 typen met ‘zzzz’" in client.get("/ontwikkelaars/schema/?zoek=zzzz").content.decode()


def test_limits_are_those_that_hold(client):
    page = client.get("/ontwikkelaars/grenzen/").content.decode()

    assert f"<td>{limits.BUDGET}</td>" in page
    assert "<code>Query.gemeenten</code>" in page


def test_webhooks_are_checked_with_the_code_of_the_document(client):
    page = client.get("/ontwikkelaars/webhooks/").content.decode()

    assert page.count('<pre class="code"') == 3


def test_the_site_leads_to_them(client):
    assert 'href="/ontwikkelaars/"' in client.get("/zoeken/").content.decode()
