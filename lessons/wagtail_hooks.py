"""Where the editors' side is attached to Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from lessons.editing.adoptions import AdoptionViewSet
from lessons.editing.choosers import lesson_chooser_viewset
from lessons.editing.dashboard import arrange_dashboard
from lessons.editing.draft_links import DraftLinksView, has_draft
from lessons.editing.page_views import ReadOnlyPagesAPIViewSet, lesson_page_viewset
from lessons.editing.permissions import linkable_pages, may_see_all_pages
from lessons.editing.reference_data import ReferenceDataGroup
from lessons.editing.refusals import refuse_deletion, refuse_publication
from lessons.editing.roles import set_up_section
from lessons.editing.unpublishing import PageUnpublishBulkAction, WithdrawMenuItem
from lessons.editing.vocabularies import VocabulariesGroup, keep_used_terms
from lessons.editing.withdrawals import ReinstateView, WithdrawnLessonsView, WithdrawView
from lessons.models import LessonPage, LessonSectionPage
from lessons.withdrawing import withdrawal_in_force

register_snippet(AdoptionViewSet)
register_snippet(VocabulariesGroup)
register_snippet(ReferenceDataGroup)
hooks.register("construct_homepage_panels", arrange_dashboard)
hooks.register("before_delete_snippet", keep_used_terms)
# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", PageUnpublishBulkAction, order=1)


@hooks.register("register_admin_viewset")
def register_page_views() -> Any:
    """Give lessons their own page views."""
    return lesson_page_viewset


@hooks.register("register_admin_viewset")
def register_lesson_chooser() -> Any:
    """Let every form choose lessons from one list."""
    return lesson_chooser_viewset


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Add withdrawing, putting back, sharing a draft, and the list of what is withdrawn."""
    return [
        path("lessons/<int:page_id>/withdraw/", WithdrawView.as_view(), name="withdraw_lesson"),
        path("lessons/<int:page_id>/reinstate/", ReinstateView.as_view(), name="reinstate_lesson"),
        path("lessons/<int:page_id>/share/", DraftLinksView.as_view(), name="share_draft"),
        path("reports/withdrawn/", WithdrawnLessonsView.as_view(), name="withdrawn_lessons"),
        path(
            "reports/withdrawn/results/",
            WithdrawnLessonsView.as_view(results_only=True),
            name="withdrawn_lessons_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_withdrawn_report() -> MenuItem:
    """Put the withdrawn lessons among the reports."""
    return MenuItem(
        _("Withdrawn lessons"), reverse("withdrawn_lessons"), icon_name="no-view", order=50
    )


@hooks.register("register_page_header_buttons")
def withdrawal_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to withdraw a public lesson, and to put back a withdrawn one."""
    if not isinstance(page, LessonPage) or not page.permissions_for_user(user).can_publish():
        return
    if page.live:
        yield Button(
            _("Withdraw…"),
            reverse("withdraw_lesson", args=[page.pk]),
            icon_name="no-view",
            priority=58,
        )
    elif withdrawal_in_force(page):
        yield Button(
            _("Publish again…"),
            reverse("reinstate_lesson", args=[page.pk]),
            icon_name="upload",
            priority=58,
        )


@hooks.register("register_page_header_buttons")
def sharing_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to share a draft with somebody who has no account."""
    if not isinstance(page, LessonPage) or not has_draft(page):
        return
    if page.permissions_for_user(user).can_edit():
        yield Button(
            _("Share draft…"),
            reverse("share_draft", args=[page.pk]),
            icon_name="link",
            priority=57,
        )


@hooks.register("register_page_action_menu_item")
def register_withdrawing_in_the_form() -> WithdrawMenuItem:
    """Put withdrawing after Wagtail's own actions."""
    return WithdrawMenuItem(order=60)


@hooks.register("construct_page_chooser_queryset")
def keep_drafts_from_choosers(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """List only pages that the user may see."""
    if may_see_all_pages(request.user):
        return pages
    return pages.filter(pk__in=linkable_pages(request.user).values("pk"))


@hooks.register("before_bulk_action")
def refuse_incomplete_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publish nothing in bulk when one of the lessons cannot go out; say which and why."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [draft for page in objects for draft in page.get_descendants().not_live()]
    return redirect(action.next_url) if refuse_publication(request, pages) else None


@hooks.register("before_delete_page")
def keep_published_lesson(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Send on to withdrawing: a lesson that was public keeps an address that answers."""
    if not refuse_deletion(request, [page]):
        return None
    return redirect("withdraw_lesson" if page.live else "wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_published_lessons_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Delete nothing in bulk when one of the lessons was public."""
    if action_type != "delete" or not issubclass(action.model, Page):
        return None
    return redirect(action.next_url) if refuse_deletion(request, objects) else None


@hooks.register("construct_admin_api")
def leave_out_writing_by_api(router: Any) -> None:
    """Let the CMS's own API only read; writing goes through the views, with their checks."""
    router.register_endpoint("pages", ReadOnlyPagesAPIViewSet)


@hooks.register("after_create_page")
def set_up_new_section(request: HttpRequest, page: Page) -> None:
    """Give a new section its group of editors."""
    if isinstance(page, LessonSectionPage):
        for line in set_up_section(page):
            messages.info(request, line)


@hooks.register("insert_global_admin_css")
def style_lessons() -> SafeString:
    """Add the few rules that lessons need."""
    return format_html('<link rel="stylesheet" href="{}">', static("lessons/admin.css"))
