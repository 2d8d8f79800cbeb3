"""From what somebody chose to code that can be pasted."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from frontend_api.embeds import released
from search.models import Feed

pytestmark = pytest.mark.django_db

STAND_INS = Path(__file__).with_name("wordpress.php")


class Tags(HTMLParser):
    """The elements of some code with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, name):
        return next(attributes for tag, attributes in self.found if tag == name)


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def code_of(client, address, name):
    page = page_of(client, address)
    (code,) = re.findall(rf'<code id="tekst-{name}">(.*?)</code>', page, re.S)
    return html.unescape(code)


@pytest.mark.parametrize(
    ("asked", "element", "attributes"),
    [
        ("soort=lijst&feed=borging&aantal=3", "lijst", {"feed": "borging", "aantal": "3"}),
        (
            "soort=lijst&q=a%26b&phase=borging&na=x",
            "lijst",
            {"vraag": "q=a%26b&phase=borging"},
        ),
        (
            "soort=zoeken&q=weg&phase=borging&koppen=2",
            "zoeken",
            {"vraag": "phase=borging", "koppen": "2"},
        ),
        (
            "soort=gemeente&code=GM0014&kleuren=auto",
            "gemeente",
            {"code": "GM0014", "kleuren": "auto"},
        ),
    ],
)
def test_the_element_says_what_was_chosen(planted, client, asked, element, attributes):
    tags = Tags(code_of(client, f"/insluiten/?{asked}", "component"))

    assert tags.of(f"lessenbank-{element}") == attributes
    assert tags.of("a")["href"].startswith("http://testserver/")
    assert tags.of("script") == {
        "src": "http://testserver/embed/v1/lessenbank-1.0.0.js",
        "integrity": released.integrity("lessenbank-1.0.0.js"),
        "crossorigin": "anonymous",
        "defer": None,
    }


@pytest.mark.parametrize(
    "asked",
    [
        "soort=lijst&feed=borging",
        "soort=lijst&phase=borging&van=2020&uiterlijk=denhaag",
        "soort=zoeken",
        "soort=gemeente&code=GM0014&aantal=2",
        "soort=les&les={uuid}&uiterlijk=voorbeeld",
    ],
)
def test_iframe_and_fragment_lead_to_what_was_chosen(planted, client, asked):
    address = f"/insluiten/?{asked.format(uuid=planted.lesson.uuid)}"
    frame = Tags(code_of(client, address, "iframe")).of("iframe")
    fragment = code_of(client, address, "fragment").split("\n")[0]
    page = page_of(client, address)
    (preview,) = re.findall(r'<iframe class="builder__frame"\s+src="([^"]+)"', page)

    assert "Lessenbank" in frame["title"]
    assert "style" not in frame
    assert f"http://testserver{html.unescape(preview)}" == frame["src"]
    for url in (frame["src"], fragment):
        assert url.startswith("http://testserver/embed/v1/")
        assert client.get(url.removeprefix("http://testserver")).status_code == 200
    assert b"<html" not in client.get(fragment.removeprefix("http://testserver")).content


@pytest.mark.parametrize(
    "form", ["{url}", "http://testserver{url}?x=1", "{uuid}", "http://testserver/id/les/{uuid}"]
)
def test_a_lesson_is_found_by_any_of_its_addresses(planted, client, form):
    typed = form.format(url=planted.lesson.url, uuid=planted.lesson.uuid)

    tags = Tags(code_of(client, f"/insluiten/?soort=les&les={typed}", "component"))

    assert tags.of("lessenbank-les") == {"uuid": str(planted.lesson.uuid)}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("soort=les&les=", "Plak in het formulier het adres van de les"),
        ("soort=les&les=https://example.org/x/", "Onder dit adres is geen les gevonden."),
        ("soort=les&les=%00", "Onder dit adres is geen les gevonden."),
        ("soort=gemeente&code=GM9999", "Deze gemeente is er niet."),
        ("soort=gemeente&code=", "Kies in het formulier een gemeente."),
        ("soort=lijst&feed=x", "Er is geen feed met deze naam."),
        ("soort=lijst&phase=x", "Een van de filters op fase bestaat niet."),
        ("soort=lijst&aantal=99", "Schrijf bij ‘aantal’ een getal"),
    ],
)
def test_what_is_lacking_or_wrong_is_said_and_there_is_no_code(planted, client, asked, message):
    page = page_of(client, f"/insluiten/?{asked}", status=400)

    assert message in page
    assert "<iframe" not in page
    assert "Kopieer de code" not in page


def test_a_withdrawn_lesson_is_not_to_be_embedded(planted, client):
    page = page_of(client, f"/insluiten/?soort=les&les={planted.withdrawn.uuid}", status=400)

    assert "Deze les is ingetrokken." in page
    assert "Straks ingetrokken" not in page


def test_another_kind_keeps_the_question(planted, client):
    page = page_of(client, "/insluiten/?soort=lijst&phase=borging")

    assert 'href="/insluiten/?soort=zoeken&amp;phase=borging"' in page
    assert '<input type="hidden" name="phase" value="borging">' in page
    assert "Uw zoekvraag: Fase Borging." in page


def test_an_unknown_kind_is_a_list(planted, client):
    assert "Borging &amp; zo (taalniveau" in page_of(client, "/insluiten/?soort=x")


def test_search_feeds_lessons_and_gemeenten_lead_to_the_builder(planted, client):
    links = {
        "/zoeken/?phase=borging&sorteer=titel": "soort=lijst&amp;phase=borging&amp;sorteer=titel",
        "/feeds/": "soort=lijst&amp;feed=borging",
        planted.lesson.url: f"soort=les&amp;les={planted.lesson.uuid}",
        "/gemeenten/GM0014/": "soort=gemeente&amp;code=GM0014",
    }
    for address, asked in links.items():
        page = page_of(client, address)
        assert f'href="/insluiten/?{asked}"' in page, address
        assert client.get(f"/insluiten/?{html.unescape(asked)}").status_code == 200


def test_a_language_level_leaves_the_feeds_that_are_at_that_level(planted, client):
    Feed.objects.create(title="Voor ouders", slug="ouders", description="-", language_level="B1")

    page = page_of(client, "/insluiten/?soort=lijst&taalniveau=B1")
    shown = page_of(client, "/insluiten/?soort=lijst&taalniveau=B1&feed=ouders")
    other = page_of(client, "/insluiten/?soort=lijst&taalniveau=B1&feed=borging", 400)

    options = [tag["value"] for name, tag in Tags(page).found if name == "option"]
    assert ("ouders" in options, "borging" in options) == (True, False)
    assert "Kies in het formulier een feed op dit taalniveau." in page
    assert "lessenbank-lijst feed=" in html.unescape(shown)
    assert "Deze feed heeft een ander taalniveau." in other
    assert "Op dit taalniveau is er geen feed." in page_of(
        client, "/insluiten/?soort=lijst&taalniveau=Z9", 400
    )


def test_what_somebody_typed_stays_text(planted, client):
    page = page_of(client, "/insluiten/?soort=lijst&q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    component = code_of(
        client, "/insluiten/?soort=lijst&q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "component"
    )

    assert "<script>alert" not in page
    assert [tag for tag, _attributes in Tags(component).found] == [
        "script", "lessenbank-lijst", "a",
    ]  # fmt: skip


def test_the_plugin_for_wordpress_shows_the_fragment(planted, client, tmp_path):
    page = page_of(client, "/insluiten/?soort=lijst&q=d'r+%5C")
    (code,) = re.findall(r"<code>(&lt;\?php.*?)</code>", page, re.S)
    plugin = html.unescape(code)
    address = "/embed/v1/lijst?q=d%27r+%5C&vorm=fragment"
    fragment = page_of(client, address)

    assert f"http://testserver{address}'" in plugin
    assert "set_transient('lessenbank', $html, 180);" in plugin
    if php := shutil.which("php"):
        seen = shown_by_wordpress(php, tmp_path, plugin, fragment)
        assert seen["asked"] == [f"http://testserver{address}"]
        assert seen["kept"] == [180]
        assert seen["styles"] == {
            "lessenbank": "http://testserver/embed/v1/lessenbank-1.0.0.css",
        }
        assert seen["shown"] == [fragment, fragment]
        link = '<p><a href="http://testserver/zoeken/?q=d%27r+%5C">Lessen uit de Lessenbank</a></p>'
        assert shown_by_wordpress(php, tmp_path, plugin, None)["shown"] == [link, link]


def shown_by_wordpress(php, folder, plugin, answer):
    """Run the plugin with stand-ins for WordPress; the site is away without an answer."""
    (folder / "lessenbank.php").write_text(plugin)
    (folder / "answer.html").unlink(missing_ok=True)
    if answer is not None:
        (folder / "answer.html").write_bytes(answer.encode())
    command = [php, STAND_INS, folder / "lessenbank.php", folder / "answer.html"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_the_library_for_drupal_is_yaml(planted, client):
    page = page_of(client, "/insluiten/?soort=gemeente&code=GM0014")
    (code,) = re.findall(r"<code>(lessenbank:.*?)</code>", page, re.S)

    library = yaml.safe_load(html.unescape(code))["lessenbank"]["js"]

    assert library == {
        "http://testserver/embed/v1/lessenbank-1.0.0.js": {
            "type": "external",
            "attributes": {
                "defer": True,
                "crossorigin": "anonymous",
                "integrity": released.integrity("lessenbank-1.0.0.js"),
            },
        }
    }
    assert "&lt;lessenbank-gemeente code&gt;" in page


def test_what_is_yet_to_be_chosen_is_no_fault(planted, client):
    page = page_of(client, "/insluiten/?soort=les")

    assert "Plak in het formulier het adres" in page
    assert 'role="alert"' not in page
