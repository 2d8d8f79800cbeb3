"""Page base, editorial pages and media: what the other packages build on."""

from cms.models.base import AtomicPage
from cms.models.content_version import ContentChange
from cms.models.media import CustomDocument, CustomImage, CustomRendition
from cms.models.pages import ContentPage, HomePage

__all__ = [
    "AtomicPage",
    "ContentChange",
    "ContentPage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "HomePage",
]
