"""The addresses of embeds, under ``/embed/v1/``.

Each answers with a page for an iframe, or with ``vorm=fragment`` with the bare fragment.
Anybody may frame them and any script may read them; they set no cookie. An answer is kept by
the version of the content, as those of the API are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from frontend_api import kept_answers
from frontend_api.embeds import contents, released
from frontend_api.embeds.builder import builder_page
from frontend_api.embeds.contents import Parameters
from frontend_api.embeds.options import EmbedFault, EmbedOptions, options_from
from frontend_api.embeds.shown import GoneEmbed
from frontend_api.feeds.items import absolute

SECONDS_BEHIND = 300
"""So long may what is withdrawn still be seen: kept on the way (``kept_answers``) and then until
the script asks again."""

_FORM = "1"
"""Raise it when a template of an embed changes, so that no old copy is taken for the same."""

_IMMUTABLE = "public, max-age=31536000, immutable"
_STABLE = "public, max-age=3600, stale-while-revalidate=86400"
_OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}

_Made = tuple[str, Any]


class _View(Protocol):
    """A view, with what its address gives it."""

    def __call__(self, request: HttpRequest, **given: Any) -> HttpResponseBase:
        """Answer."""


def _embeddable(view: Callable[..., HttpResponse]) -> _View:
    """Let any website frame and read what the view answers, and let it load nothing else."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponseBase:
        policy = {
            "default-src": [NONE],
            "base-uri": [NONE],
            "style-src": [SELF],
            "script-src": [SELF],
            "connect-src": [SELF],
            # The fragment names this site in full, whatever name it was asked by.
            "form-action": [SELF, settings.BASE_URL],
            "frame-ancestors": ["*"],
        }
        response = csp(policy)(lambda asked: view(asked, **given))(request)
        for name, value in _OPEN.items():
            response[name] = value
        return response

    return require_safe(xframe_options_exempt(answer))


@_embeddable
def lesson_list(request: HttpRequest) -> HttpResponse:
    """Answer with the list of a feed, or of any question."""
    return _answer(
        request,
        lambda options: ("lijst", contents.lesson_list(_parameters(request), options)),
    )


@_embeddable
def lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answer with the card of a lesson, or 410 with why it is gone."""

    def make(_options: EmbedOptions) -> _Made:
        shown = contents.lesson_card(str(uuid))
        return ("weg" if isinstance(shown, GoneEmbed) else "les"), shown

    return _answer(request, make, f"lesson-{uuid}")


@_embeddable
def search(request: HttpRequest) -> HttpResponse:
    """Answer with a search form and what it found."""
    return _answer(
        request,
        lambda options: ("zoeken", contents.search_box(_parameters(request), options)),
    )


@_embeddable
def gemeente(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the panel of a gemeente."""
    return _answer(request, lambda options: ("gemeente", contents.gemeente_panel(code, options)))


@_embeddable
def unknown(request: HttpRequest) -> HttpResponse:
    """Answer 404 in the form of an embed, as it stands on somebody's page."""
    fault = EmbedFault("Deze embed is er niet. Stel hem opnieuw samen bij de Lessenbank.", 404)
    return _refused(_bare(request), fault)


@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """Show the page on which an embed is put together; one with a fault is answered with 400."""
    page = builder_page(request.GET)
    context = {"builder": page, "version": released.VERSION}
    status = 400 if page.is_wrong else 200
    return render(request, "frontend_api/embeds/builder_page.html", context, status=status)


@require_safe
def released_file(request: HttpRequest, form: str, version: str = "") -> HttpResponseBase:
    """Serve the script or the stylesheet: one version for ever, or without a number the newest."""
    name = f"lessenbank-{version or released.VERSION}.{form}"
    content = released.released(name)
    if content is None:
        raise Http404
    etag = f'"{released.integrity(name)}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content, content_type=released.CONTENT_TYPES[form]
    )
    response["ETag"] = etag
    response["Cache-Control"] = _IMMUTABLE if version else _STABLE
    for header, value in _OPEN.items():
        response[header] = value
    return response


def _answer(
    request: HttpRequest, make: Callable[[EmbedOptions], _Made], *keys: str
) -> HttpResponse:
    # A newer stylesheet may go with another form.
    form = f"embed-{_FORM}-{released.VERSION}"
    return kept_answers.respond(
        request, lambda: _made(request, make), form=form, keys=("embed", *keys)
    )


def _made(request: HttpRequest, make: Callable[[EmbedOptions], _Made]) -> HttpResponse:
    try:
        options = options_from(request.GET)
    except EmbedFault as fault:
        return _refused(_bare(request), fault)
    try:
        kind, shown = make(options)
    except EmbedFault as fault:
        return _refused(options, fault)
    return _written(kind, shown, options, status=410 if kind == "weg" else 200)


def _refused(options: EmbedOptions, fault: EmbedFault) -> HttpResponse:
    return _written("melding", fault, options, status=fault.status)


def _bare(request: HttpRequest) -> EmbedOptions:
    """Return the options of an address in which nothing but the form can be relied on."""
    return EmbedOptions(is_fragment=request.GET.get("vorm") == "fragment")


def _written(kind: str, shown: Any, options: EmbedOptions, status: int) -> HttpResponse:
    """Write the fragment, and around it the page when it is to stand alone."""
    context = {
        "kind": kind,
        "title": shown.title,
        "embed": shown,
        "options": options,
        "home_url": absolute("/"),
        "version": released.VERSION,
    }
    template = "fragment" if options.is_fragment else "page"
    text = render_to_string(f"frontend_api/embeds/{template}.html", context)
    response = HttpResponse(text, status=status)
    # One more way to see what has a page of its own.
    response["X-Robots-Tag"] = "noindex"
    return response


def _parameters(request: HttpRequest) -> Parameters:
    return [(name, value) for name, values in request.GET.lists() for value in values]
