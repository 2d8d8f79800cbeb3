"""Who may do what with which lessons, as asked by the rest of the editors' side.

The answers come from Wagtail's page permissions, which ``lessons.editing.roles`` gives
out: a section in the page tree belongs to the group that may edit it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.visibility import public_pages
from lessons.models import LessonIndexPage, LessonPage, LessonSectionPage
from lessons.visibility import public_lessons

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.users.models import User

    Account: TypeAlias = User | AnonymousUser

REACHING_ACTIONS = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


def own_sections(user: Account) -> QuerySet[LessonSectionPage]:
    """Return the sections in which the user may write lessons."""
    policy = PagePermissionPolicy(LessonSectionPage)
    return policy.instances_user_has_permission_for(user, "add").order_by("title")


def may_review(user: Account) -> bool:
    """Return whether the user may publish and withdraw lessons, whatever the section."""
    policy = PagePermissionPolicy(LessonIndexPage)
    return policy.instances_user_has_permission_for(user, "publish").exists()


def may_see_all_pages(user: Account) -> bool:
    """Return whether the user may edit everything, from the root of the page tree."""
    if user.is_superuser:
        return True
    permissions = PagePermissionPolicy().get_cached_permissions_for_user(user)
    return any(permission.page.depth == 1 for permission in permissions)


def editable_lessons(user: Account) -> QuerySet[LessonPage]:
    """Return the lessons that the user may see in every state."""
    return PagePermissionPolicy(LessonPage).instances_user_has_any_permission_for(
        user, REACHING_ACTIONS
    )


def choosable_lessons(user: Account) -> QuerySet[LessonPage]:
    """Return the lessons that the user may refer to: the public ones and the own drafts."""
    return LessonPage.objects.filter(
        Q(pk__in=public_lessons().values("pk")) | Q(pk__in=editable_lessons(user).values("pk"))
    )


def explorable_pages(user: Account) -> QuerySet[Page]:
    """Return the pages that the user may open in the CMS, with the way to them."""
    return PagePermissionPolicy().explorable_instances(user)


def linkable_pages(user: Account) -> QuerySet[Page]:
    """Return the pages that the user may see in a list to choose a link from.

    Such a list shows the newest title, also of a version that is not published; a
    stranger's page whose title has changed since its publication is therefore left out.
    """
    readable = public_pages(Page.objects.filter(title=F("draft_title")))
    return Page.objects.filter(
        Q(pk__in=readable.values("pk")) | Q(pk__in=explorable_pages(user).values("pk"))
    )
