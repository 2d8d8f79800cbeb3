"""A story's blocks as safe HTML and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from lessons.blocks import raw_blocks
from lessons.choices import StoryPart
from lessons.models import LessonPage
from lessons.reading.media import MediaTable
from lessons.records import Attachment, Picture, StorySection
from lessons.safe_html import clean_html, plain_text

_NO_MEDIA = MediaTable()
_KINDS_OF_WORDS = {"paragraph", "quote", "figure"}
# The editor's key of a block is an attribute that cleaning takes away.
_PLAIN_MARKUP = re.compile(
    r"[^<>&]*(?:</?(?:p|b|i|li|ol|ul)(?: data-block-key=\"[^\"<>&]*\")?>[^<>&]*)*"
)


def media_of(lessons: Iterable[LessonPage], document_pks: Iterable[int] = ()) -> MediaTable:
    """Return the public media in the stories of the lessons, and of other documents."""
    images, documents, paragraphs = set(), set(document_pks), []
    for lesson in lessons:
        for part in StoryPart.values:
            for block in raw_blocks(getattr(lesson, part)):
                if block["type"] == "picture":
                    images.add(block["value"]["image"])
                elif block["type"] == "document":
                    documents.add(block["value"])
                elif block["type"] == "paragraph":
                    paragraphs.append(block["value"])
    return MediaTable.load(images - {None}, documents - {None}, paragraphs)


def story_sections(lesson: LessonPage, media: MediaTable) -> tuple[StorySection, ...]:
    """Return the parts of the story that have words, in their order."""
    sections = (_section(part, getattr(lesson, part), media) for part in StoryPart)
    return tuple(section for section in sections if section.html)


def story_text(blocks: Iterable[dict[str, Any]]) -> str:
    """Return the words of a part of a story as stored, without its pictures and documents."""
    texts = (
        _block_text(block["type"], block["value"])
        for block in blocks
        if block["type"] in _KINDS_OF_WORDS
    )
    return "\n".join(text for text in texts if text)


def _block_text(kind: str, value: Any) -> str:
    # The words of markup that holds nothing but these tags are the same, cleaned or not.
    if kind == "paragraph" and _PLAIN_MARKUP.fullmatch(value):
        return plain_text(value)
    return plain_text(_words_html(kind, value, _NO_MEDIA))


def _section(part: StoryPart, blocks: Any, media: MediaTable) -> StorySection:
    html: list[str] = []
    pictures: list[Picture] = []
    attachments: list[Attachment] = []
    for block in raw_blocks(blocks):
        kind, value = block["type"], block["value"]
        if kind == "picture":
            picture = media.picture(value["image"], value.get("caption") or "")
            if picture:
                pictures.append(picture)
                html.append(_picture_html(picture))
        elif kind == "document":
            attachment = media.attachment(value)
            if attachment:
                attachments.append(attachment)
                html.append(_attachment_html(attachment))
        else:
            html.append(_words_html(kind, value, media))
    joined = "\n".join(piece for piece in html if piece)
    return StorySection(
        part=part.value,
        label=str(part.label),
        html=joined,
        text=plain_text(joined),
        pictures=tuple(pictures),
        attachments=tuple(attachments),
    )


def _words_html(kind: str, value: Any, media: MediaTable) -> str:
    """Return a paragraph, quote or figure as HTML that holds only harmless tags."""
    if kind == "paragraph":
        return clean_html(media.paragraphs.get(value, value))
    if kind == "quote":
        return format_html(
            "<figure><blockquote><p>{}</p></blockquote><figcaption>{}</figcaption></figure>",
            value["text"],
            value["role"],
        )
    notes = ", ".join(value[name] for name in ("sample", "source") if value.get(name))
    return format_html(
        "<p><strong>{}</strong> {}{}</p>",
        value["value"],
        value["meaning"],
        f" ({notes})" if notes else "",
    )


def _picture_html(picture: Picture) -> str:
    caption = format_html("<figcaption>{}</figcaption>", picture.caption) if picture.caption else ""
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}" loading="lazy">{}</figure>',
        picture.url,
        picture.width,
        picture.height,
        picture.alt,
        # The caption was escaped by format_html just above.
        mark_safe(caption),  # noqa: S308
    )


def _attachment_html(attachment: Attachment) -> str:
    return format_html(
        '<p><a href="{}">{} ({})</a></p>',
        attachment.url,
        attachment.title,
        attachment.extension,
    )
