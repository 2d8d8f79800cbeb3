"""The roles are kept in step with the code."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Workflow

from cms.users.models import User
from lessons.editing.roles import REVIEWERS, set_up_roles
from tests.factories import make_jeugdregio, make_section
from tests.lessons.editing.people import People, logged_in, make_user

pytestmark = pytest.mark.django_db


def page_permissions(name: str) -> set[tuple[str, str]]:
    rows = GroupPagePermission.objects.filter(group__name=name)
    return set(rows.values_list("page__slug", "permission__codename"))


def output_of_setup() -> list[str]:
    output = StringIO()
    call_command("setup_roles", stdout=output)
    return output.getvalue().splitlines()


def test_region_editors_may_write_in_their_own_section_only(people: People) -> None:
    assert page_permissions("Regioredacteuren Groningen") == {
        ("groningen", "add_page"),
        ("groningen", "change_page"),
    }


def test_reviewers_may_publish_everything_about_lessons_but_delete_nothing(people: People) -> None:
    assert page_permissions(REVIEWERS) == {
        (slug, f"{action}_page")
        for slug in ("lessen", "pilots")
        for action in ("add", "change", "publish", "lock", "unlock")
    }


def test_a_second_run_changes_nothing(people: People) -> None:
    before = GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()

    assert output_of_setup() == ["Rollen en werkstroom waren al in orde."]
    assert (
        GroupPagePermission.objects.count(),
        GroupCollectionPermission.objects.count(),
    ) == before


def test_what_should_not_be_there_is_taken_away(people: People) -> None:
    group = Group.objects.get(name="Regioredacteuren Groningen")
    publish = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=people.drenthe, permission=publish)
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    assert output_of_setup() == ["Groep ‘Regioredacteuren Groningen’: 2 rechten bijgesteld."]
    assert page_permissions(group.name) == {
        ("groningen", "add_page"),
        ("groningen", "change_page"),
    }
    assert not group.permissions.filter(codename="delete_user").exists()


def test_a_later_section_gets_its_group(people: People) -> None:
    make_section(make_jeugdregio("JZ03", "Flevoland"))

    assert output_of_setup() == ["Groep ‘Regioredacteuren Flevoland’ gemaakt."]


def test_the_national_section_has_a_group_too(people: People) -> None:
    make_section(None)

    set_up_roles()

    assert page_permissions("Regioredacteuren Landelijk") == {
        ("landelijk", "add_page"),
        ("landelijk", "change_page"),
    }


def test_a_section_made_in_the_cms_gets_its_group_at_once(people: People) -> None:
    flevoland = make_jeugdregio("JZ03", "Flevoland")
    url = f"/cms/pages/add/lessons/lessonsectionpage/{people.groningen.get_parent().pk}/"

    logged_in(people.administrator).post(
        url,
        {
            "title": "Flevoland",
            "slug": "flevoland",
            "jeugdregio": flevoland.pk,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "comments-MIN_NUM_FORMS": 0,
            "comments-MAX_NUM_FORMS": 1000,
        },
    )

    assert Group.objects.filter(name="Regioredacteuren Flevoland").exists()


def test_a_group_without_a_section_goes_when_nobody_is_in_it(people: People) -> None:
    Group.objects.create(name="Regioredacteuren Nergenshuizen")

    set_up_roles()

    assert not Group.objects.filter(name="Regioredacteuren Nergenshuizen").exists()


def test_a_group_without_a_section_keeps_its_members_but_no_rights(people: People) -> None:
    people.drenthe.delete()

    set_up_roles()

    assert people.stranger.groups.get().name == "Regioredacteuren Drenthe"
    assert page_permissions("Regioredacteuren Drenthe") == set()


def test_wagtails_own_groups_and_workflow_are_gone(people: People) -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Redactie"]
    assert people.groningen.get_workflow() == Workflow.objects.get()
    assert Page.objects.get(slug="pilots").get_workflow() is None


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("editor", {"explorer", "images", "documents", "adoptions", "reports"}),
        (
            "reviewer",
            {
                "explorer",
                "images",
                "documents",
                "adoptions",
                "reports",
                "vocabularies",
                "regions",
                "search-function",
                "feeds",
            },
        ),
    ],
)
def test_each_role_sees_the_menu_of_its_work(people: People, role: str, expected: set[str]) -> None:
    from django.test import RequestFactory
    from wagtail.admin.menu import admin_menu

    request = RequestFactory().get("/cms/")
    request.user = User.objects.get(username=role)
    names = {item.name for item in admin_menu.menu_items_for_request(request)}

    assert names == expected


def test_an_administrator_manages_users(people: People) -> None:
    assert logged_in(people.administrator).get("/cms/users/").status_code == 200
    assert logged_in(people.reviewer).get("/cms/users/").status_code == 302


def test_a_user_without_a_section_sees_nothing(people: People) -> None:
    group = Group.objects.create(name="Zonder sectie")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    nobody = make_user("nobody", group.name)

    assert logged_in(nobody).get("/cms/").status_code == 200
