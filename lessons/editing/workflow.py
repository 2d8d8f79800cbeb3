"""The moderation workflow: a reviewer looks at a lesson before it goes out."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Task, Workflow, WorkflowPage, WorkflowTask

from lessons.editing.roles import REVIEWERS
from lessons.models import LessonIndexPage

WORKFLOW = "Redactie"
TASK = "Beoordeling door de redactie"
WAGTAIL_WORKFLOW = "Moderators approval"


@transaction.atomic
def set_up_workflow() -> list[str]:
    """Bring the workflow in step; return in Dutch what was changed.

    Run after ``set_up_roles``, which makes the group that reviews.
    """
    done = _retire_wagtail_workflow()
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    if created:
        done.append(f"Werkstroom ‘{WORKFLOW}’ gemaakt.")
    if not workflow.active:
        workflow.active = True
        workflow.save()
        done.append(f"Werkstroom ‘{WORKFLOW}’ weer aangezet.")
    return done + _give_task(workflow) + _assign(workflow)


def _give_task(workflow: Workflow) -> list[str]:
    done: list[str] = []
    task, created = GroupApprovalTask.objects.get_or_create(name=TASK)
    if not task.active:
        Task.objects.filter(pk=task.pk).update(active=True)
    reviewers = Group.objects.get(name=REVIEWERS)
    if created or set(task.groups.all()) != {reviewers}:
        task.groups.set([reviewers])
        done.append(f"Taak ‘{TASK}’ gegeven aan de groep ‘{REVIEWERS}’.")
    steps = WorkflowTask.objects.filter(workflow=workflow)
    if [step.task_id for step in steps] != [task.pk]:
        steps.delete()
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return done


def _assign(workflow: Workflow) -> list[str]:
    """Assign the workflow to the lessons and to nothing else."""
    wanted = {page.pk for page in LessonIndexPage.objects.all()}
    present = WorkflowPage.objects.filter(workflow=workflow)
    present.exclude(page_id__in=wanted).delete()
    missing = wanted - set(present.values_list("page_id", flat=True))
    for page_id in missing:
        WorkflowPage.objects.update_or_create(page_id=page_id, defaults={"workflow": workflow})
    return [f"Werkstroom ‘{WORKFLOW}’ geldt voor alle lessen."] if missing else []


def _retire_wagtail_workflow() -> list[str]:
    """Take away the workflow of a fresh Wagtail, which holds for every page."""
    found = Workflow.objects.filter(name=WAGTAIL_WORKFLOW, active=True).first()
    if found is None:
        return []
    task_ids = list(found.workflow_tasks.values_list("task_id", flat=True))
    if found.workflow_states.exists():
        found.deactivate()
    else:
        found.delete()
        Task.objects.filter(pk__in=task_ids, task_states__isnull=True).delete()
    return [f"Werkstroom ‘{WAGTAIL_WORKFLOW}’ van Wagtail verwijderd."]
