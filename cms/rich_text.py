"""Links in rich text that lead only to what the public may see.

Wagtail's own handlers write the address of any page or file, drafts and private ones
included, and an address can hold a title. These leave the words and drop the link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from wagtail import hooks
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from cms.models import CustomDocument
from cms.visibility import public_documents, public_pages

# Stands between texts that are expanded together; rich text cannot hold it.
_SEPARATOR = "\x1e"


def public_page_url(url_path: str) -> str:
    """Return the public address of a page from its path in the tree.

    The first step of the path is the home page, which is the root of the one site.
    """
    _home, _, rest = url_path.lstrip("/").partition("/")
    return f"{settings.BASE_URL}/{rest}"


class PublicPageLinkHandler(PageLinkHandler):
    """Expands a link to a page when the page is public."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """Return the public ones of the pages, in order; one query for all."""
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        wanted = {key for key in keys if key.isdigit()}
        pages = {str(page.pk): page for page in public_pages(Page.objects.filter(pk__in=wanted))}
        return [pages.get(key) for key in keys]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return an opening tag for each link; one without an address when not public."""
        return [
            f'<a href="{public_page_url(page.url_path)}">' if page else "<a>"
            for page in cls.get_many(attrs_list)
        ]


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """Expands a link to a document when its collection is public."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[CustomDocument | None]:
        """Return the public ones of the documents, in order; one query for all."""
        keys = [str(attrs.get("id")) for attrs in attrs_list]
        wanted = {key for key in keys if key.isdigit()}
        documents = public_documents().filter(pk__in=wanted)
        by_key = {str(document.pk): document for document in documents}
        return [by_key.get(key) for key in keys]


def expand_many(texts: Sequence[str]) -> list[str]:
    """Expand the links of several texts at once: one query for each kind of link."""
    if not texts:
        return []
    joined = _SEPARATOR.join(text.replace(_SEPARATOR, "") for text in texts)
    return expand_db_html(joined).split(_SEPARATOR)


@hooks.register("register_rich_text_features", order=10)
def register_public_link_handlers(features: Any) -> None:
    """Put our handlers in the place of Wagtail's, which register themselves earlier."""
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(PublicDocumentLinkHandler)
