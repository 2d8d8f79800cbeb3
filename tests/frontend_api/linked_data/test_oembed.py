"""oEmbed: what another site is told of the address of a lesson."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from lessons.models import LessonPage
from tests.factories import make_jeugdregio, make_lesson, make_section
from tests.frontend_api.linked_data.conftest import BASE

pytestmark = pytest.mark.django_db


def ask(client, url, **asked):
    return client.get("/oembed", {"url": url, **asked})


def page_url(lesson):
    return f"{BASE}{lesson.get_url_parts()[2]}"


def test_a_lesson_is_shown_in_a_frame(client, planted):
    response = ask(client, page_url(planted.lesson))

    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "type": "rich",
        "version": "1.0",
        "title": "Vraag het </script><b>gezin</b> & de buurt",
        "author_name": "Jeugdregio Groningen",
        "provider_name": "Lessenbank",
        "provider_url": f"{BASE}/",
        "cache_age": 3600,
        "html": (
            f'<iframe src="{BASE}/embed/v1/les/{planted.lesson.uuid}" '
            'title="Les: Vraag het &lt;/script&gt;&lt;b&gt;gezin&lt;/b&gt; &amp; de buurt" '
            'width="640" height="420" loading="lazy"></iframe>'
        ),
        "width": 640,
        "height": 420,
        "url": page_url(planted.lesson),
        "description": "Wie het gezin vraagt, vindt hulp.",
        "license": "CC-BY-SA-4.0",
        "license_url": "https://creativecommons.org/licenses/by-sa/4.0/deed.nl",
    }
    assert client.get(f"/embed/v1/les/{planted.lesson.uuid}").status_code == 200


def test_its_uri_and_an_address_without_slash_are_the_same_lesson(client, planted):
    told = ask(client, page_url(planted.lesson)).json()

    assert ask(client, f"{BASE}/id/les/{planted.lesson.uuid}").json() == told
    assert ask(client, page_url(planted.lesson).rstrip("/")).json() == told
    assert ask(client, f"{page_url(planted.lesson)}?utm=x#deel").json() == told


def test_two_lessons_of_one_name_are_told_apart_by_their_address(client, planted):
    section = make_section(make_jeugdregio("JZ02", "Friesland"))
    here = make_lesson(slug="zelfde", title="Hier")
    there = make_lesson(section, slug="zelfde", title="Daar")

    assert ask(client, page_url(here)).json()["title"] == "Hier"
    assert ask(client, page_url(there)).json()["title"] == "Daar"
    assert ask(client, f"{BASE}/lessen/elders/zelfde/").status_code == 404


def test_the_frame_keeps_to_what_the_other_site_can_show(client, planted):
    told = ask(client, page_url(planted.lesson), maxwidth="320", maxheight="2000").json()

    assert (told["width"], told["height"]) == (320, 420)
    assert 'width="320" height="420"' in told["html"]


def test_xml_says_the_same(client, planted):
    told = ask(client, page_url(planted.lesson)).json()

    response = ask(client, page_url(planted.lesson), format="xml")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {
        name: str(value) for name, value in told.items()
    }


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"format": "yaml", "url": f"{BASE}/x/"}, 501),
        ({}, 400),
        ({"url": f"{BASE}/"}, 404),
        ({"url": f"{BASE}/lessen/groningen/bestaat-niet/"}, 404),
        ({"url": f"{BASE}/pilots/pilot-groningen/"}, 404),
        ({"url": f"{BASE}/id/les/00000000-0000-4000-8000-000000000000"}, 404),
        ({"url": "https://elders.example/lessen/groningen/x/"}, 404),
        ({"url": "http://[onzin"}, 404),
        ({"url": f"{BASE}/%00/"}, 404),
    ],
)
def test_what_is_no_lesson_is_refused_in_plain_words(client, planted, asked, status):
    response = client.get("/oembed", asked)

    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"


def test_a_size_that_is_none_is_refused(client, planted):
    for size in ("0", "-5", "breed", "9" * 9):
        assert ask(client, page_url(planted.lesson), maxwidth=size).status_code == 400, size


def test_a_lesson_that_is_gone_is_gone_here_as_well(client, planted):
    for address in (page_url(planted.replaced), f"{BASE}/id/les/{planted.replaced.uuid}"):
        response = ask(client, address)

        assert response.status_code == 410
        assert response.content.decode() == (
            "Deze les is er niet meer: vervangen door een andere les.\n"
        )


def test_a_copy_that_holds_costs_no_query(client, planted, django_assert_num_queries):
    first = ask(client, page_url(planted.lesson))

    with django_assert_num_queries(0):
        again = ask(client, page_url(planted.lesson))
    assert again.content == first.content

    LessonPage.objects.get(pk=planted.lesson.pk).save()
    assert ask(client, page_url(planted.lesson))["ETag"] != first["ETag"]
