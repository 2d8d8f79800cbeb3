import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import make_content_page, make_home
from tests.frontend_api.graphql.asking import ask, error_of

pytestmark = pytest.mark.django_db


def paths():
    return [page["path"] for page in ask("{ pages { path } }")["pages"]]


def test_pages_come_in_the_order_of_the_site_each_as_its_own_type():
    home = make_home()
    home.introduction = "<p>Welkom.</p>"
    home.save()
    make_content_page("Over ons", summary="<p>Kort.</p>", body="<h2>Wie</h2><p>Wij.</p>")

    found = ask(
        """{ pages {
            __typename title slug path url
            ... on HomePage { introduction { html text } }
            ... on ContentPage { summary { text } body { html text } }
        } }"""
    )["pages"]

    assert found == [
        {
            "__typename": "HomePage",
            "title": "Lessenbank",
            "slug": "lessenbank",
            "path": "/",
            "url": "http://testserver/",
            "introduction": {"html": "<p>Welkom.</p>", "text": "Welkom."},
        },
        {
            "__typename": "ContentPage",
            "title": "Over ons",
            "slug": "over-ons",
            "path": "/over-ons/",
            "url": "http://testserver/over-ons/",
            "summary": {"text": "Kort."},
            "body": {"html": "<h2>Wie</h2><p>Wij.</p>", "text": "Wie\nWij."},
        },
    ]


def test_rich_text_is_made_safe():
    make_content_page(
        "Over",
        body='<p onclick="x()">Tekst<script>alert(1)</script><a href="javascript:x">y</a></p>',
    )
    found = ask('{ page(slug: "over") { ... on ContentPage { body { html } } } }')["page"]
    assert found["body"]["html"] == '<p>Tekst<a rel="noopener">y</a></p>'


def test_a_page_is_found_by_path_or_slug():
    make_content_page("Over")
    for argument in ('path: "/over/"', 'path: "over"', 'slug: "over"'):
        assert ask(f"{{ page({argument}) {{ title }} }}") == {"page": {"title": "Over"}}
    assert ask('{ page(path: "/") { title } }') == {"page": {"title": "Lessenbank"}}


def test_a_page_needs_exactly_one_argument():
    error = error_of("{ page { title } }")
    assert (error["code"], error["accepted"]) == ("ONE_ARGUMENT", ["path", "slug"])


def hide_draft():
    return make_content_page("Geheim", live=False)


def hide_private():
    page = make_content_page("Geheim")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


def hide_below_private():
    parent = make_content_page("Besloten")
    PageViewRestriction.objects.create(page=parent, restriction_type="login")
    page = make_content_page("Geheim")
    page.move(parent, pos="last-child")
    return page


def hide_expired():
    return make_content_page("Geheim", expire_at=timezone.now() - datetime.timedelta(seconds=1))


@pytest.mark.parametrize("hide", [hide_draft, hide_private, hide_below_private, hide_expired])
def test_a_page_that_is_not_public_does_not_exist(hide):
    hide()

    assert paths() == ["/"]
    assert ask('{ page(slug: "geheim") { title } }') == {"page": None}
    assert ask('{ page(path: "/geheim/") { title } }') == {"page": None}


def test_a_change_that_is_not_published_does_not_show():
    page = make_content_page("Over")
    page.title, page.body = "Geheim", "<p>Geheim</p>"
    page.save_revision()

    found = ask("{ pages { title ... on ContentPage { body { html } } } }")["pages"]

    assert "Geheim" not in str(found)


def test_the_number_of_queries_does_not_grow_with_the_pages(django_assert_num_queries):
    for number in range(5):
        make_content_page(f"Pagina {number}")
    with django_assert_num_queries(2):
        assert len(ask("{ pages { title ... on ContentPage { body { html } } } }")["pages"]) == 6
