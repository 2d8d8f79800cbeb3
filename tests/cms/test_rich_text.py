import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.rich_text import expand_db_html

from cms.models import CustomDocument
from cms.rich_text import expand_many
from tests.factories import make_content_page

pytestmark = pytest.mark.django_db


def page_link(page):
    return f'<p><a linktype="page" id="{page.pk}">lees verder</a></p>'


def test_link_to_public_page_gets_its_address():
    page = make_content_page("Over ons")

    html = expand_db_html(page_link(page))

    assert html == '<p><a href="http://testserver/over-ons/">lees verder</a></p>'


def test_link_to_draft_loses_its_address():
    page = make_content_page("Geheim plan", live=False)

    html = expand_db_html(page_link(page))

    assert html == "<p><a>lees verder</a></p>"


def test_link_to_page_below_a_restriction_loses_its_address():
    page = make_content_page("Besloten")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")

    html = expand_db_html(page_link(page))

    assert html == "<p><a>lees verder</a></p>"


def test_link_to_document_in_private_collection_loses_its_address():
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = CustomDocument.objects.create(
        title="Geheim", collection=collection, file=ContentFile(b"x", "geheim.txt")
    )

    html = expand_db_html(f'<a linktype="document" id="{document.pk}">stuk</a>')

    assert html == "<a>stuk</a>"


def test_many_texts_cost_one_query(django_assert_num_queries):
    page, other = make_content_page("Een"), make_content_page("Twee")

    with django_assert_num_queries(1):
        texts = expand_many([page_link(page), "<p>los</p>", page_link(other)])

    assert texts == [
        '<p><a href="http://testserver/een/">lees verder</a></p>',
        "<p>los</p>",
        '<p><a href="http://testserver/twee/">lees verder</a></p>',
    ]


def test_broken_reference_leaves_the_words():
    assert expand_db_html('<a linktype="page" id="x">weg</a>') == "<a>weg</a>"
