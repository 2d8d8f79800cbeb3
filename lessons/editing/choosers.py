"""Choosing a lesson to refer to: one searchable list, without the page tree."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from lessons.editing.permissions import choosable_lessons
from lessons.models import LessonPage


class LessonChooserWidget(BaseChooser):
    """Shows which lesson was chosen, by a title that the user may read.

    A form that knows its user says with :func:`offer_lessons` which lessons those are.
    """

    readable: QuerySet[LessonPage] | None = None

    def get_display_title(self, instance: LessonPage) -> str:
        """Return the title as it was published; not that of somebody else's draft."""
        if self.readable is not None and not self.readable.filter(pk=instance.pk).exists():
            return gettext("a lesson that is not public")
        return str(instance)


def offer_lessons(field: Any, lessons: QuerySet[LessonPage], *, chosen_key: int | None) -> None:
    """Let a form field accept these lessons, and the one that was chosen before."""
    field.queryset = LessonPage.objects.filter(Q(pk__in=lessons.values("pk")) | Q(pk=chosen_key))
    field.widget.readable = lessons


class _LessonList:
    """What the list of lessons shows: those that the user may refer to."""

    request: Any

    def get_object_list(self) -> QuerySet[LessonPage]:
        """Return the public lessons and the user's own drafts, by title."""
        lessons = choosable_lessons(self.request.user).select_related("jeugdregio")
        return lessons.order_by("title")

    @property
    def columns(self) -> list[Column]:
        """Show kind and region beside the title."""
        return [
            *super().columns,  # type: ignore[misc]  # a view class is mixed in
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("jeugdregio", label=_("Jeugdregio"), accessor="jeugdregio"),
        ]


class LessonChooseView(_LessonList, ChooseView):
    """The window in which a lesson is chosen."""


class LessonChooseResultsView(_LessonList, ChooseResultsView):
    """The list in that window, after a search."""


class LessonChosenView(ChosenView):
    """Returns the lesson that was chosen, if the user may refer to it."""

    def get_object(self, pk: Any) -> LessonPage:
        """Return the lesson; answer as if there were none to who may not see it."""
        return get_object_or_404(choosable_lessons(self.request.user), pk=pk)


class LessonChosenMultipleView(ChosenMultipleView):
    """Returns the lessons that were chosen, as far as the user may refer to them."""

    def get_objects(self, pks: Any) -> QuerySet[LessonPage]:
        """Return those of the lessons that the user may see."""
        return choosable_lessons(self.request.user).filter(pk__in=pks)


class LessonChooserViewSet(ChooserViewSet):
    """The chooser of every form field that refers to a lesson."""

    model = LessonPage
    base_widget_class = LessonChooserWidget
    icon = "doc-full-inverse"
    choose_one_text = _("Choose a lesson")
    choose_another_text = _("Choose another lesson")
    edit_item_text = _("Edit this lesson")
    choose_view_class = LessonChooseView
    choose_results_view_class = LessonChooseResultsView
    chosen_view_class = LessonChosenView
    chosen_multiple_view_class = LessonChosenMultipleView


lesson_chooser_viewset = LessonChooserViewSet("lesson_chooser", url_prefix="choose-lesson")
