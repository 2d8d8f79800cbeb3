"""What of Wagtail's own kinds the public may see: pages, images and documents.

Each condition is part of the one SQL query that it guards, so that there is no moment
between asking and showing.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from cms.models import CustomDocument, CustomImage

PageT = TypeVar("PageT", bound=Page)
MediaT = TypeVar("MediaT", bound=Model)


def _outer(path: str) -> ExpressionWrapper[OuterRef]:
    """Return a path of the guarded row, in a form that a lookup accepts."""
    return ExpressionWrapper(OuterRef(path), output_field=CharField())


def restricted(path: str) -> Exists:
    """Whether the page at ``path``, or one above it, has a view restriction."""
    return Exists(
        PageViewRestriction.objects.annotate(inner_path=_outer(path)).filter(
            inner_path__startswith=F("page__path")
        )
    )


def public_pages(pages: QuerySet[PageT]) -> QuerySet[PageT]:
    """Return those of the pages that are live, unrestricted, begun and not expired.

    ``live`` alone lags: Wagtail clears it only when its scheduler passes by.
    """
    now = timezone.now()
    return pages.filter(
        ~restricted("path"),
        Q(go_live_at__isnull=True) | Q(go_live_at__lte=now),
        Q(expire_at__isnull=True) | Q(expire_at__gt=now),
        live=True,
    )


def _in_public_collection(media: QuerySet[MediaT]) -> QuerySet[MediaT]:
    return media.filter(
        ~Exists(
            CollectionViewRestriction.objects.annotate(
                inner_path=_outer("collection__path")
            ).filter(inner_path__startswith=F("collection__path"))
        )
    )


def public_images() -> QuerySet[CustomImage]:
    """Return the images in collections that have no view restriction, nor one above."""
    return _in_public_collection(CustomImage.objects.all())


def public_documents() -> QuerySet[CustomDocument]:
    """Return the documents in collections that have no view restriction, nor one above."""
    return _in_public_collection(CustomDocument.objects.all())
