"""The people of these tests: an editor in each of two regions, a reviewer, an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from cms.users.models import User
from lessons.editing.roles import ADMINISTRATORS, REVIEWERS, region_group_name, set_up_roles
from lessons.editing.workflow import set_up_workflow
from lessons.models import LessonSectionPage
from tests.factories import make_index, make_jeugdregio, make_pilot, make_section

CANARY = "Kanariepiet"
"""A word that only drafts of the other region have."""


@dataclass(frozen=True)
class People:
    """Two regions with their sections, and somebody in each role."""

    groningen: LessonSectionPage
    drenthe: LessonSectionPage
    editor: User
    stranger: User
    reviewer: User
    administrator: User


def make_people() -> People:
    """Set up roles and workflow for two regions, with one user in each role."""
    make_index()
    make_pilot()
    groningen = make_section(make_jeugdregio("JZ01", "Groningen"))
    drenthe = make_section(make_jeugdregio("JZ02", "Drenthe"))
    set_up_roles()
    set_up_workflow()
    return People(
        groningen=groningen,
        drenthe=drenthe,
        editor=make_user("editor", region_group_name(groningen)),
        stranger=make_user("stranger", region_group_name(drenthe)),
        reviewer=make_user("reviewer", REVIEWERS),
        administrator=make_user("administrator", ADMINISTRATORS),
    )


def make_user(username: str, group: str) -> User:
    """Return a new user in the group."""
    user = User.objects.create_user(username=username, password="x")
    user.groups.add(Group.objects.get(name=group))
    return user


def logged_in(user: User) -> Client:
    """Return a client in which the user is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_data(page: Page, user: User, **changes: Any) -> dict[str, Any]:
    """Return what the browser would post from the untouched form, with changes.

    A child list in ``changes`` is a list of rows, each a dictionary.
    """
    form_class = page.get_edit_handler().get_form_class()
    parent = page.get_parent() if page.pk else None
    form = form_class(instance=page, for_user=user, parent_page=parent)
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name in changes:
            data[name] = changes.pop(name)
            continue
        value = form[name].value()
        data.update(_posted(name, value, field))
    for name, formset in form.formsets.items():
        data.update(_posted_rows(name, formset, changes.pop(name, None)))
    return {**data, **changes}


def _posted(name: str, value: Any, field: Any) -> dict[str, Any]:
    if hasattr(value, "stream_block"):
        blocks = value.get_prep_value()
        posted: dict[str, Any] = {f"{name}-count": str(len(blocks))}
        for index, block in enumerate(blocks):
            prefix = f"{name}-{index}"
            posted |= {
                f"{prefix}-deleted": "",
                f"{prefix}-order": str(index),
                f"{prefix}-type": block["type"],
                f"{prefix}-id": block.get("id") or "",
                f"{prefix}-value": _posted_block(block),
            }
        return posted
    if value is None or value is False:
        return {}
    if isinstance(value, (list, tuple)):
        return {name: [getattr(item, "pk", item) for item in value]}
    return {name: "on" if value is True else getattr(value, "pk", value)}


def _posted_block(block: dict[str, Any]) -> str:
    if block["type"] != "paragraph":
        return str(block["value"])
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return str(ContentstateConverter(["bold"]).from_database_format(block["value"]))


def _posted_rows(name: str, formset: Any, rows: list[dict[str, Any]] | None) -> dict[str, Any]:
    if rows is None:
        rows = [
            {
                **{field: form[field].value() for field in form.fields if field != "DELETE"},
                "id": form.instance.pk or "",
            }
            for form in formset.initial_forms
        ]
    initial = sum(1 for row in rows if row.get("id"))
    data: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": str(len(rows)),
        f"{name}-INITIAL_FORMS": str(initial),
        f"{name}-MIN_NUM_FORMS": "0",
        f"{name}-MAX_NUM_FORMS": "1000",
    }
    for index, row in enumerate(rows):
        for field, value in {"ORDER": str(index + 1), **row}.items():
            if value is not None and value is not False:
                data[f"{name}-{index}-{field}"] = "on" if value is True else value
    return data
