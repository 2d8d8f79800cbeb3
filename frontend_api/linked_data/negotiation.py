"""Which form of an answer a client asks for (RFC 9110, section 12.5.1).

Django's own choice overlooks a form that is refused with ``q=0`` beside ``*/*``, and a
media type with a profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.http.response import HttpResponseRedirectBase
from django.utils.cache import patch_vary_headers


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a thing is described."""

    suffix: str
    """What its address ends in after the dot; empty for the page for people."""
    media_type: str
    name: str

    @property
    def content_type(self) -> str:
        """The media type as it stands in an answer."""
        # JSON is UTF-8 by definition, and its media types know no charset (RFC 8259).
        is_json = self.media_type.endswith("json")
        return self.media_type if is_json else f"{self.media_type}; charset=utf-8"


HTML = Form("", "text/html", "een pagina om te lezen")
JSON_LD = Form("jsonld", "application/ld+json", "JSON-LD")
TURTLE = Form("ttl", "text/turtle", "Turtle")
BY_SUFFIX = {form.suffix: form for form in (JSON_LD, TURTLE)}

LESSON_FORMS = (HTML, JSON_LD)
CONCEPT_FORMS = (HTML, TURTLE, JSON_LD)


class HttpResponseSeeOther(HttpResponseRedirectBase):
    """The thing is described over there."""

    status_code = 303


def preferred(request: HttpRequest, forms: Sequence[Form]) -> Form | None:
    """Return the form that the client would rather have; None when it wants none of them.

    Without a preference it is the first, the page for people.
    """
    ranges = [
        MediaType(token) for token in request.headers.get("Accept", "").split(",") if token.strip()
    ] or [MediaType("*/*")]
    quality, _specificity, place = max(
        (*_rank(form.media_type, ranges), -place) for place, form in enumerate(forms)
    )
    return forms[-place] if quality > 0 else None


def see_other(request: HttpRequest, forms: Sequence[Form], page: str) -> HttpResponse:
    """Lead to ``page`` or to the document that the client prefers; 406 when it wants neither."""
    form = preferred(request, forms)
    if form is None:
        return not_acceptable(request, forms)
    response = HttpResponseSeeOther(page if form is HTML else f"{request.path}.{form.suffix}")
    patch_vary_headers(response, ["Accept"])
    return response


def not_acceptable(request: HttpRequest, forms: Sequence[Form]) -> HttpResponse:
    """Say in Dutch which forms there are, each with its address."""
    lines = [
        f"- {form.media_type} ({form.name})"
        + (f": {request.path}.{form.suffix}" if form.suffix else "")
        for form in forms
    ]
    text = "Dit adres bestaat niet in de vorm waar u om vraagt (Accept). Wel in:\n"
    response = HttpResponse(
        text + "\n".join(lines) + "\n", status=406, content_type="text/plain; charset=utf-8"
    )
    patch_vary_headers(response, ["Accept"])
    return response


def _rank(media_type: str, ranges: Sequence[MediaType]) -> tuple[float, int]:
    """Return how much a media type is wanted, and how plainly that was said."""
    main, _, sub = media_type.partition("/")
    covering = [
        ((each.main_type == main) + (each.sub_type == sub), each.quality)
        for each in ranges
        if each.main_type in {main, "*"} and each.sub_type in {sub, "*"}
    ]
    specificity, quality = max(covering, default=(0, 0.0))
    return quality, specificity
