"""The gate of the CMS: nobody opens, lists or names a draft that is not theirs to see.

Wagtail checks permissions view by view. Some of its views answer before they check
(the moderation views tell the newest title of any page), others never check (the page
chooser). This gate stands before all of them: an address of the CMS that names a page,
in its path or its parameters, is answered only for those who may see that page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from lessons.editing.permissions import explorable_pages, linkable_pages, may_see_all_pages

PATH_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
PARAMETERS = ("id", "childOf", "target_pages[]")
PAGES_BY_KEY = ("wagtailadmin_api:pages", "wagtailadmin_pages")
"""Namespaces in which the argument ``pk`` is a page."""

CHOOSER_VIEWS = ("wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple")
"""Views that serve to refer to a page; what is public may be referred to by anyone."""

WHOLE_SITE_VIEWS = (
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
)
"""Views that name pages of the whole site, whoever asks."""


class DraftGateMiddleware:
    """Turns away who asks the CMS for a page that is not theirs to see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the request as it is; the gate acts once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the view's place when the address names a page of somebody else."""
        user, match = request.user, request.resolver_match
        if match is None or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not user.is_authenticated or may_see_all_pages(user):
            return None
        if match.view_name in WHOLE_SITE_VIEWS:
            return permission_denied(request)
        named = _named_pages(request, match)
        if named and _hidden_among(named, _visible_pages(request, match)):
            return permission_denied(request)
        return None


def _named_pages(request: HttpRequest, match: ResolverMatch) -> set[int]:
    arguments = dict(match.kwargs)
    values = [arguments[name] for name in PATH_ARGUMENTS if name in arguments]
    if match.namespace in PAGES_BY_KEY and "pk" in arguments:
        values.append(arguments["pk"])
    if _parameters_are_pages(match):
        for name in PARAMETERS:
            values += request.GET.getlist(name)
    return {int(value) for value in values if str(value).isdigit()}


def _parameters_are_pages(match: ResolverMatch) -> bool:
    if match.url_name == "wagtail_bulk_action":
        label = f"{match.kwargs.get('app_label')}.{match.kwargs.get('model_name')}"
        return label.lower() == Page._meta.label_lower
    return match.view_name.startswith("wagtailadmin_choose_page")


def _visible_pages(request: HttpRequest, match: ResolverMatch) -> QuerySet[Page]:
    if match.view_name in CHOOSER_VIEWS:
        return linkable_pages(request.user)
    return explorable_pages(request.user)


def _hidden_among(named: set[int], visible: QuerySet[Page]) -> bool:
    """Whether one of the keys is a page, and not a visible one; unknown keys are not."""
    pages = Page.objects.filter(pk__in=named)
    return pages.exclude(pk__in=visible.values("pk")).exists()
