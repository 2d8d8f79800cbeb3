"""The pages about places: a gemeente, a jeugdregio, the map, places beside each other."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend_api.portal import compare_page, map_page
from frontend_api.portal.place_links import compare_url, place_url
from frontend_api.portal.place_page import place_page
from lessons import selectors
from lessons.records import PlaceRef


@require_safe
def gemeente(request: HttpRequest, code: str) -> HttpResponse:
    """Show a gemeente; lead on from a former one to the one that stands for it today."""
    found = selectors.gemeente(code)
    if found is None:
        raise Http404
    if found.code != code:
        address = f"{place_url('gemeente', found.code)}?{urlencode({'voorheen': code})}"
        return HttpResponsePermanentRedirect(address)
    ref = PlaceRef(found.code, found.name, found.uri)
    context = {
        "place": place_page("gemeente", ref, list(request.GET)),
        "gemeente": found,
        "former": [
            each
            for each in selectors.former_gemeenten()
            if ref.code in {successor.code for successor in each.successors}
        ],
        "notice": _notice_of_former(request.GET.get("voorheen", ""), code),
    }
    return render(request, "frontend_api/gemeente_page.html", context)


@require_safe
def jeugdregio(request: HttpRequest, code: str) -> HttpResponse:
    """Show a jeugdregio with its gemeenten."""
    found = selectors.jeugdregio(code)
    if found is None:
        raise Http404
    ref = PlaceRef(found.code, found.name, found.uri)
    context = {"place": place_page("jeugdregio", ref, list(request.GET)), "jeugdregio": found}
    return render(request, "frontend_api/jeugdregio_page.html", context)


@require_safe
def lesson_map(request: HttpRequest) -> HttpResponse:
    """Show from where there are lessons."""
    return render(request, "frontend_api/map_page.html", {"maps": map_page.map_page()})


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show gemeenten beside each other; a choice that is not clear is answered with 400.

    Names lead on to the address with codes, which does not change with a name.
    """
    typed = request.GET.getlist("gemeente")
    try:
        choice = compare_page.choose(typed)
    except compare_page.UnclearChoice as fault:
        page = compare_page.compare_page(compare_page.choose(()), fault.typed)
        context = {"compared": page, "message": fault.message}
        return render(request, "frontend_api/compare_page.html", context, status=400)
    if typed != list(choice.names) and not choice.notices:
        return HttpResponseRedirect(compare_url(*choice.names))
    context = {"compared": compare_page.compare_page(choice), "message": ""}
    return render(request, "frontend_api/compare_page.html", context)


def _notice_of_former(former: str, code: str) -> str:
    """Return what became of a former gemeente, when it really led here."""
    found = selectors.gemeente(former) if former and former != code else None
    return found.notice if found is not None and found.code == code else ""
