"""Images, documents and links inside stories, as far as the public may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from cms.models import CustomDocument, CustomImage, CustomRendition
from cms.rich_text import expand_many
from cms.visibility import public_documents, public_images
from lessons.records import Attachment, Picture

PICTURE_FILTER = "width-960|format-webp"


@dataclass
class MediaTable:
    """The public ones among the images and documents that were asked for."""

    renditions: dict[int, CustomRendition] = field(default_factory=dict)
    documents: dict[int, CustomDocument] = field(default_factory=dict)
    paragraphs: dict[str, str] = field(default_factory=dict)
    """Rich text as stored → the same with its links to public pages expanded."""

    @classmethod
    def load(
        cls, image_pks: Iterable[int], document_pks: Iterable[int], paragraphs: Iterable[str]
    ) -> MediaTable:
        """Read what is public, with at most one query for images, documents and pages each.

        A picture that was never shown before is scaled now, which costs queries once.
        """
        texts = list(dict.fromkeys(paragraphs))
        table = cls(paragraphs=dict(zip(texts, expand_many(texts), strict=True)))
        wanted = set(image_pks)
        if wanted:
            table.renditions = _renditions(wanted)
        document_keys = set(document_pks)
        if document_keys:
            table.documents = {
                document.pk: document
                for document in public_documents().filter(pk__in=document_keys)
            }
        return table

    def picture(self, image_pk: int, caption: str) -> Picture | None:
        """Return the picture; None when it is not public or gone."""
        rendition = self.renditions.get(image_pk)
        if rendition is None:
            return None
        return Picture(
            url=f"{settings.BASE_URL}{rendition.url}",
            width=rendition.width,
            height=rendition.height,
            alt=rendition.image.description,
            caption=caption,
        )

    def attachment(self, document_pk: int | None) -> Attachment | None:
        """Return the document; None when it is not public or gone."""
        document = self.documents.get(document_pk) if document_pk else None
        if document is None:
            return None
        return Attachment(
            title=document.title,
            url=f"{settings.BASE_URL}{document.url}",
            extension=document.file_extension,
        )


def _renditions(image_pks: set[int]) -> dict[int, CustomRendition]:
    public = public_images().filter(pk__in=image_pks)
    found = {
        rendition.image_id: rendition
        for rendition in CustomRendition.objects.filter(
            image__in=public, filter_spec=PICTURE_FILTER, focal_point_key=""
        ).select_related("image")
    }
    if missing := image_pks - found.keys():
        image: CustomImage
        for image in public.filter(pk__in=missing):
            found[image.pk] = image.get_rendition(PICTURE_FILTER)
    return found
