"""The roles: region editors, reviewers, administrators; kept as groups of Wagtail.

Each role is stated once, here. :func:`set_up_roles` brings the database in step with
it, whatever was there: it adds what lacks and takes away what should not be there. It
touches only the groups of these roles and those that Wagtail itself makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from lessons.models import VOCABULARIES, LessonIndexPage, LessonSectionPage, PilotIndexPage

REVIEWERS = "Reviewers"
ADMINISTRATORS = "Beheerders"
REGION_EDITORS = "Regioredacteuren"
NATIONAL = "Landelijk"
SHARED_COLLECTION = "Beeldbank"
WAGTAIL_GROUPS = ("Moderators", "Editors")

REGION_EDITOR_ACTIONS = ("add", "change")
REVIEWER_ACTIONS = ("add", "change", "publish", "lock", "unlock")
ADMINISTRATOR_ACTIONS = (*REVIEWER_ACTIONS, "bulk_delete")
ADMINISTRATOR_APPS = (
    "auth",
    "cms",
    "lessons",
    "users",
    "wagtailcore",
    "wagtaildocs",
    "wagtailimages",
    "wagtailusers",
)

PagePermissions = set[tuple[int, str]]


def region_group_name(section: LessonSectionPage) -> str:
    """Return the name of the group that owns a section."""
    return f"{REGION_EDITORS} {section.jeugdregio.name if section.jeugdregio else NATIONAL}"


@transaction.atomic
def set_up_roles() -> list[str]:
    """Bring groups and their permissions in step; return in Dutch what was changed.

    Needs no page tree: what is not there yet gets its permissions at the next call.
    """
    done: list[str] = []
    collection = _shared_collection(done)
    done += _set_up_region_editors(collection)
    done += _set_up_group(
        REVIEWERS,
        pages=_on_pages(_reviewed_pages(), REVIEWER_ACTIONS),
        permissions=_reviewer_permissions(),
        collection=collection,
        media_actions=("add", "change", "choose"),
    )
    done += _set_up_group(
        ADMINISTRATORS,
        pages=_on_pages(Page.objects.filter(depth=1), ADMINISTRATOR_ACTIONS),
        permissions=Permission.objects.filter(
            Q(content_type__app_label__in=ADMINISTRATOR_APPS)
            | _ADMIN_ACCESS
            | _SEARCH_BACKLOG
            | _SEARCH_LISTS
            | _API_CLIENTS
        ).exclude(content_type__model="page", content_type__app_label="wagtailcore"),
        collection=Collection.get_first_root_node(),
        media_actions=("add", "change", "delete", "choose"),
    )
    done += _retire_wagtail_groups()
    return done


_ADMIN_ACCESS = Q(content_type__app_label="wagtailadmin", codename="access_admin")
_SEARCH_BACKLOG = Q(content_type__app_label="search", codename="view_outboxentry")
# What a client used stays on the record: it is put out of use, never deleted.
_API_CLIENTS = Q(
    content_type__app_label="frontend_api",
    codename__in=[
        f"{action}_{model}"
        for action in ("add", "change", "view")
        for model in ("partnerclient", "webhook")
    ],
)
# Synonyms, pinned lessons and feeds to keep, and what was searched for to look at.
_SEARCH_LISTS = Q(content_type__app_label="search") & (
    Q(content_type__model__in=("synonymgroup", "pinnedquery"))
    | Q(codename="view_querycount")
    # Others rely on the address of a feed: it can end, but is never deleted.
    | Q(codename__in=("add_feed", "change_feed", "view_feed"))
)


def _set_up_region_editors(collection: Collection) -> list[str]:
    done: list[str] = []
    sections = LessonSectionPage.objects.select_related("jeugdregio").order_by("title")
    for section in sections:
        done += set_up_section(section, collection)
    wanted = {region_group_name(section) for section in sections}
    for group in Group.objects.filter(name__startswith=f"{REGION_EDITORS} ").exclude(
        name__in=wanted
    ):
        done += _retire(group)
    return done


def set_up_section(section: LessonSectionPage, collection: Collection | None = None) -> list[str]:
    """Bring the group of one section in step; return in Dutch what was changed."""
    return _set_up_group(
        region_group_name(section),
        pages=_on_pages([section], REGION_EDITOR_ACTIONS),
        permissions=Permission.objects.filter(
            _ADMIN_ACCESS
            | Q(
                content_type__app_label="lessons",
                codename__in=("add_adoption", "change_adoption", "view_adoption"),
            )
        ),
        collection=collection or _shared_collection([]),
        media_actions=("add", "choose"),
    )


def _reviewer_permissions() -> Iterable[Permission]:
    models = [model._meta.model_name for model in VOCABULARIES.values()]
    managed = Q(content_type__model__in=[*models, "adoption"])
    seen = Q(content_type__model__in=["gemeente", "jeugdregio"], codename__startswith="view_")
    return Permission.objects.filter(
        _ADMIN_ACCESS | _SEARCH_LISTS | (Q(content_type__app_label="lessons") & (managed | seen))
    )


def _reviewed_pages() -> Iterator[Page]:
    yield from LessonIndexPage.objects.all()
    yield from PilotIndexPage.objects.all()


def _on_pages(pages: Iterable[Page], actions: Iterable[str]) -> PagePermissions:
    actions = tuple(actions)
    return {(page.pk, f"{action}_page") for page in pages for action in actions}


def _shared_collection(done: list[str]) -> Collection:
    found = Collection.objects.filter(name=SHARED_COLLECTION).first()
    if found is None:
        found = Collection.get_first_root_node().add_child(name=SHARED_COLLECTION)
        done.append(f"Collectie ‘{SHARED_COLLECTION}’ gemaakt.")
    return found


def _set_up_group(
    name: str,
    *,
    pages: PagePermissions,
    permissions: Iterable[Permission],
    collection: Collection,
    media_actions: Iterable[str],
) -> list[str]:
    group, created = Group.objects.get_or_create(name=name)
    done = [f"Groep ‘{name}’ gemaakt."] if created else []
    changes = (
        _sync_page_permissions(group, pages)
        + _sync_model_permissions(group, {permission.pk for permission in permissions})
        + _sync_collection_permissions(group, collection, tuple(media_actions))
    )
    if changes and not created:
        done.append(f"Groep ‘{name}’: {changes} rechten bijgesteld.")
    return done


def _sync_page_permissions(group: Group, wanted: PagePermissions) -> int:
    present = GroupPagePermission.objects.filter(group=group).select_related("permission")
    surplus = [row for row in present if (row.page_id, row.permission.codename) not in wanted]
    missing = wanted - {(row.page_id, row.permission.codename) for row in present}
    for row in surplus:
        row.delete()
    for page_id, codename in sorted(missing):
        GroupPagePermission.objects.create(
            group=group, page_id=page_id, permission=_page_permission(codename)
        )
    return len(surplus) + len(missing)


def _page_permission(codename: str) -> Permission:
    return Permission.objects.get(
        content_type__app_label="wagtailcore", content_type__model="page", codename=codename
    )


def _sync_model_permissions(group: Group, wanted: set[int]) -> int:
    present = set(group.permissions.values_list("pk", flat=True))
    if present != wanted:
        group.permissions.set(wanted)
    return len(present ^ wanted)


def _sync_collection_permissions(
    group: Group, collection: Collection, actions: tuple[str, ...]
) -> int:
    # Wagtail asks for the permissions of its own image and document, whatever stands in
    # their place.
    codenames = [f"{action}_{model}" for action in actions for model in ("image", "document")]
    permissions = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=codenames
    )
    wanted = {(collection.pk, permission.pk) for permission in permissions}
    present = GroupCollectionPermission.objects.filter(group=group)
    surplus = [row for row in present if (row.collection_id, row.permission_id) not in wanted]
    missing = wanted - {(row.collection_id, row.permission_id) for row in present}
    for row in surplus:
        row.delete()
    for collection_id, permission_id in sorted(missing):
        GroupCollectionPermission.objects.create(
            group=group, collection_id=collection_id, permission_id=permission_id
        )
    return len(surplus) + len(missing)


def _retire_wagtail_groups() -> list[str]:
    """Take away the groups of a fresh Wagtail: they may edit the whole page tree."""
    return [
        line for group in Group.objects.filter(name__in=WAGTAIL_GROUPS) for line in _retire(group)
    ]


def _retire(group: Group) -> list[str]:
    """Delete a group that nobody is in; otherwise take its permissions, and say so."""
    if not group.user_set.exists():
        group.delete()
        return [f"Groep ‘{group.name}’ verwijderd: zij hoort bij geen sectie of rol."]
    nothing: PagePermissions = set()
    taken = _sync_page_permissions(group, nothing) + _sync_model_permissions(group, set())
    taken += GroupCollectionPermission.objects.filter(group=group).delete()[0]
    return (
        [f"Groep ‘{group.name}’ heeft nog leden; haar rechten zijn ingetrokken."] if taken else []
    )
