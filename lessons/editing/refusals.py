"""Refusing in the CMS what must not be done to a lesson, with the reason and the way out."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from lessons.editing.permissions import may_see_all_pages
from lessons.models import LessonPage
from lessons.obstacles import Obstacle, obstacles


def refuse_publication(request: HttpRequest, pages: Iterable[Page]) -> bool:
    """Say what keeps the newest version of each lesson from going out; False when nothing does."""
    refused = False
    for page in pages:
        if not _is_lesson(page):
            continue
        lesson = page.get_latest_revision_as_object()
        found = obstacles(lesson)
        if found:
            refused = True
            _tell(request, lesson, found)
    return refused


def _tell(request: HttpRequest, lesson: LessonPage, found: list[Obstacle]) -> None:
    messages.error(
        request,
        _("“%(title)s” cannot be published yet. %(reasons)s")
        % {
            "title": lesson.get_admin_display_title(),
            "reasons": " ".join(obstacle.message for obstacle in found),
        },
        buttons=[
            messages.button(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), _("Edit lesson"))
        ],
    )


def refuse_deletion(request: HttpRequest, pages: Iterable[Page]) -> bool:
    """Say that lessons that were public are withdrawn, not deleted; False when none was.

    Those who may edit the whole site may delete them: the law can ask for it.
    """
    if may_see_all_pages(request.user):
        return False
    kept = [page for page in pages if _is_lesson(page) and page.first_published_at]
    for lesson in kept:
        messages.warning(
            request,
            _("“%(title)s” was public and is not deleted: withdraw it, and its address answers.")
            % {"title": lesson.get_admin_display_title()},
        )
    return bool(kept)


def refuse_unpublishing(request: HttpRequest, pages: Iterable[Page]) -> bool:
    """Say that lessons are withdrawn, not unpublished; False when none of the pages is one."""
    lessons = [page for page in pages if _is_lesson(page)]
    for lesson in lessons:
        messages.warning(
            request,
            _("“%(title)s” is a lesson: withdraw it, and its address tells readers why.")
            % {"title": lesson.get_admin_display_title()},
        )
    return bool(lessons)


def _is_lesson(page: Page) -> bool:
    return issubclass(page.specific_class or Page, LessonPage)
