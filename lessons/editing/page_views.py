"""Wagtail's page views, where a lesson needs something of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet

from lessons.editing.refusals import refuse_publication
from lessons.editing.unpublishing import LessonUnpublishView
from lessons.models import LessonPage


class LessonEditView(EditView):
    """Brings the completeness bar up to date after each automatic save."""

    partials_template_name = "lessons/editing/edit_partials.html"


class LessonWorkflowActionView(WorkflowActionView):
    """Approves only what can be published; says what is missing instead of failing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform the action; refuse to approve a lesson that is not complete."""
        if self.action_name == "approve" and refuse_publication(request, [self.object]):
            edit_url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": edit_url})
            return redirect(edit_url)
        return super().post(request, *args, **kwargs)


class ReadOnlyPagesAPIViewSet(PagesAdminAPIViewSet):
    """The pages as the CMS's menus and choosers read them, without the actions."""

    actions: dict[str, Any] = {}


class LessonPageViewSet(PageViewSet):
    """The page views of lessons."""

    model = LessonPage
    edit_view_class = LessonEditView
    unpublish_view_class = LessonUnpublishView
    workflow_action_view_class = LessonWorkflowActionView


lesson_page_viewset = LessonPageViewSet()
