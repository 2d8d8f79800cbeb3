"""oEmbed (https://oembed.com): a lesson for who pastes its address in another site.

It is found by the address of its page or by its URI.
"""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from frontend_api.feeds.items import absolute, absolute_page, xml_text
from frontend_api.linked_data.answers import document
from lessons import selectors
from lessons.records import LessonCard, LessonDetail, Tombstone

CACHE_SECONDS = 3600
"""How long the other site may keep the answer."""
WIDTH, HEIGHT = 640, 420
"""Of the frame, when the other site names no largest."""
_CONTENT_TYPES = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
_URI = re.compile(r"/id/les/([0-9a-f-]{36})")


class OEmbedRefusedError(Exception):
    """A question that is not answered with a lesson; the words are Dutch, for who asked."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer with how to show a lesson; 404 for what is none, 410 for one that is gone."""
    form = request.GET.get("format", "json")
    try:
        if form not in _CONTENT_TYPES:
            raise OEmbedRefusedError("Vraag format=json of format=xml.", 501)
        return document(request, _CONTENT_TYPES[form], lambda: _answer(request, form))
    except OEmbedRefusedError as fault:
        plain = "text/plain; charset=utf-8"
        response = HttpResponse(f"{fault}\n", status=fault.status, content_type=plain)
        response["Cache-Control"] = "no-store"
        return response


def _answer(request: HttpRequest, form: str) -> bytes:
    lesson = _lesson_at(request.GET.get("url", ""))
    width = _within(request.GET.get("maxwidth", ""), "maxwidth", WIDTH)
    height = _within(request.GET.get("maxheight", ""), "maxheight", HEIGHT)
    values = _values(lesson, width, height)
    if form == "json":
        return json.dumps(values, ensure_ascii=False).encode()
    root = ElementTree.Element("oembed")
    for name, value in values.items():
        ElementTree.SubElement(root, name).text = xml_text(str(value))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _lesson_at(address: str) -> LessonDetail:
    """Return the public lesson at an address of ours."""
    if not address:
        raise OEmbedRefusedError("Geef bij url het adres van een les.", 400)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    found: LessonDetail | Tombstone | None = None
    path = unquote(parts.path)
    if parts.netloc == urlsplit(settings.BASE_URL).netloc and "\x00" not in path:
        uri = _URI.fullmatch(path)
        found = selectors.lesson(uuid=uri[1]) if uri else selectors.lesson(path=_slashed(path))
    if isinstance(found, Tombstone):
        raise OEmbedRefusedError(f"Deze les is er niet meer: {found.reason_label}.", 410)
    if found is None:
        raise OEmbedRefusedError("Op dit adres staat hier geen les.", 404)
    return found


def _slashed(path: str) -> str:
    return f"/{path.strip('/')}/"


def _within(text: str, name: str, usual: int) -> int:
    """Return the size of the frame that keeps to what the other site can show."""
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text)):
        raise OEmbedRefusedError(f"Schrijf bij {name} een getal in beeldpunten.", 400)
    return min(int(text), usual)


def _values(lesson: LessonDetail, width: int, height: int) -> dict[str, object]:
    card = lesson.card
    return {
        **_frame(card, width, height),
        "version": "1.0",
        "title": card.title,
        "author_name": card.attribution,
        "provider_name": settings.PUBLISHER,
        "provider_url": f"{settings.BASE_URL}/",
        "cache_age": CACHE_SECONDS,
        "url": absolute_page(card.url),
        "description": card.core,
        "license": card.licence,
        "license_url": lesson.licence_url,
    }


def _frame(card: LessonCard, width: int, height: int) -> dict[str, object]:
    address = absolute(reverse("frontend_api:embed_lesson", args=[card.uuid]))
    frame = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        address,
        f"Les: {card.title}",
        width,
        height,
    )
    return {"type": "rich", "html": str(frame), "width": width, "height": height}
