"""The dashboard: what waits for me, what is mine, what needs another look this month.

Each panel takes a fixed number of queries, whatever the number of lessons.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState

from lessons.completeness import completeness_percentage
from lessons.editing.drafts import RevisionContent
from lessons.editing.permissions import (
    editable_lessons,
    may_review,
    may_see_all_pages,
    own_sections,
)
from lessons.models import Jeugdregio, LessonPage, Withdrawal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cms.users.models import User
    from lessons.editing.permissions import Account

ROWS = 10


@dataclass(frozen=True)
class Row:
    """One lesson in a panel."""

    pk: int
    title: str
    region: str
    status: Any = ""
    percentage: int | None = None
    date: datetime.datetime | datetime.date | None = None
    note: Any = ""
    person: str = ""
    is_overdue: bool = False

    @property
    def edit_url(self) -> str:
        """Where the lesson is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.pk])


class LessonsPanel(Component):
    """A list of lessons on the dashboard, or a sentence when there are none."""

    template_name = "lessons/dashboard/lessons.html"
    name = ""
    heading: Promise | str = ""
    empty: Promise | str = ""
    date_label: Promise | str = ""

    def __init__(self, user: Account, order: int) -> None:
        self.user = user
        self.order = order

    def rows(self) -> Iterable[Row]:
        """Return the lessons to show."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what the template shows."""
        return {
            "name": self.name,
            "heading": self.heading,
            "empty": self.empty,
            "date_label": self.date_label,
            "rows": list(self.rows()),
        }


class WaitingPanel(LessonsPanel):
    """What waits for the user: lessons to review, and own lessons that came back."""

    name = "waiting"
    heading = _("Waiting for me")
    empty = _("Nothing is waiting for you.")
    date_label = _("Since")

    def rows(self) -> Iterator[Row]:
        """Yield the oldest first: they have waited longest."""
        is_reviewer = may_review(self.user)
        regions = dict(Jeugdregio.objects.values_list("pk", "name"))
        if is_reviewer:
            for task in self._to_review():
                yield _workflow_row(
                    task.revision,
                    regions,
                    status=_("to review"),
                    date=task.started_at,
                    person=task.workflow_state.requested_by,
                )
        for state in self._returned(is_reviewer):
            task = state.current_task_state
            yield _workflow_row(
                task.revision,
                regions,
                status=_("returned"),
                date=task.finished_at,
                person=task.finished_by,
                note=task.comment,
            )

    def _to_review(self) -> QuerySet[TaskState]:
        return (
            TaskState.objects.reviewable_by(self.user)
            .select_related("revision", "workflow_state__requested_by")
            .order_by("started_at")[:ROWS]
        )

    def _returned(self, is_reviewer: bool) -> QuerySet[WorkflowState]:
        keys = editable_lessons(self.user).values(key=Cast("pk", CharField()))
        states = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_NEEDS_CHANGES, object_id__in=keys
        )
        if is_reviewer:
            states = states.filter(requested_by=self.user)
        return states.select_related(
            "current_task_state__revision", "current_task_state__finished_by"
        ).order_by("current_task_state__finished_at")[:ROWS]


def _workflow_row(
    revision: Any, regions: Mapping[int, str], *, person: User | None, **fields: Any
) -> Row:
    content = revision.content
    return Row(
        pk=int(revision.object_id),
        title=content["title"],
        region=regions.get(content.get("jeugdregio"), ""),
        percentage=completeness_percentage(RevisionContent(content)),
        person=(person.get_full_name() or person.get_username()) if person else "",
        **fields,
    )


class MinePanel(LessonsPanel):
    """The lessons of the own region, or those that a reviewer wrote."""

    name = "mine"
    heading = _("Mine")
    empty = _("You have no lessons yet. Write down the first one: ten minutes is enough.")
    date_label = _("Last changed")

    def rows(self) -> Iterator[Row]:
        """Yield what was worked on last first."""
        lessons: Any = editable_lessons(self.user)  # Wagtail's queryset, which stubs do not know
        if may_review(self.user):
            lessons = lessons.filter(owner=self.user)
        newest = (
            lessons.select_related("latest_revision", "jeugdregio")
            .prefetch_related("withdrawals")
            .prefetch_related(_workflows_in_progress())
            .annotate_approved_schedule()
            .order_by("-latest_revision_created_at")[:ROWS]
        )
        for lesson in newest:
            content = lesson.latest_revision.content if lesson.latest_revision else {}
            yield Row(
                pk=lesson.pk,
                title=lesson.get_admin_display_title(),
                region=str(lesson.jeugdregio or ""),
                status=lesson.status_string,
                percentage=completeness_percentage(RevisionContent(content)),
                date=lesson.latest_revision_created_at,
            )


def _workflows_in_progress() -> Prefetch[str]:
    """Return what Wagtail's ``prefetch_workflow_states`` does for pages of any type.

    For lessons asked for by their own type it finds nothing, so that one that was
    submitted would be told to be a draft.
    """
    return Prefetch(
        "_specific_workflow_states",
        queryset=WorkflowState.objects.active().select_related("current_task_state__task"),
        to_attr="_current_workflow_states",
    )


class ReviewPanel(LessonsPanel):
    """Public lessons whose next review falls in this month, or is overdue."""

    name = "review"
    heading = _("To be reviewed this month")
    empty = _("No lesson needs another look this month.")
    date_label = _("Review by")

    def rows(self) -> Iterator[Row]:
        """Yield the most overdue first."""
        today = timezone.localdate()
        due = (
            editable_lessons(self.user)
            .filter(live=True, next_review__lte=end_of_month(today))
            .select_related("jeugdregio")
            .order_by("next_review", "pk")[:ROWS]
        )
        for lesson in due:
            is_overdue = lesson.next_review is not None and lesson.next_review < today
            yield Row(
                pk=lesson.pk,
                title=lesson.get_admin_display_title(),
                region=str(lesson.jeugdregio or ""),
                status=_("overdue") if is_overdue else _("this month"),
                date=lesson.next_review,
                is_overdue=is_overdue,
            )


def end_of_month(day: datetime.date) -> datetime.date:
    """Return the last day of the month."""
    in_next_month = day.replace(day=28) + datetime.timedelta(days=4)
    return in_next_month - datetime.timedelta(days=in_next_month.day)


class NewLessonPanel(Component):
    """The way to a new lesson, in a section of the user."""

    template_name = "lessons/dashboard/new_lesson.html"

    def __init__(self, user: Account, order: int) -> None:
        self.user = user
        self.order = order

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the sections with the address of the form in each."""
        sections = own_sections(self.user).values_list("pk", "title")
        return {
            "sections": [
                (title, reverse("wagtailadmin_pages:add", args=["lessons", "lessonpage", pk]))
                for pk, title in sections
            ]
        }


class FiguresPanel(Component):
    """How many lessons there are in each state, for administrators."""

    template_name = "lessons/dashboard/figures.html"

    def __init__(self, order: int) -> None:
        self.order = order

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return each figure with what it counts."""
        today = timezone.localdate()
        counts = LessonPage.objects.aggregate(
            public=Count("pk", filter=Q(live=True)),
            drafts=Count("pk", filter=Q(live=False, first_published_at__isnull=True)),
            overdue=Count("pk", filter=Q(live=True, next_review__lt=today)),
        )
        in_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).count()
        withdrawn = Withdrawal.objects.filter(reinstated_at__isnull=True).count()
        return {
            "figures": [
                (_("public lessons"), counts["public"]),
                (_("never published"), counts["drafts"]),
                (_("in moderation"), in_review),
                (_("withdrawn"), withdrawn),
                (_("review overdue"), counts["overdue"]),
            ]
        }


def arrange_dashboard(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's panels by ours; its own list what one did, not what is to be done."""
    user = request.user
    panels[:] = [
        NewLessonPanel(user, order=10),
        WaitingPanel(user, order=20),
        MinePanel(user, order=30),
        ReviewPanel(user, order=40),
    ]
    if may_see_all_pages(user):
        panels.append(FiguresPanel(order=50))
