"""An editor of one region finds nothing of the drafts of another, wherever in the CMS.

The crawl goes through every address of the CMS that Wagtail or the project registers,
so that a new view that names pages is tried without being added here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import ReferenceIndex, TaskState, Workflow

from lessons.models import Audience, LessonPage, LessonRelation, Ontwikkelpunt, Recommendation
from tests.factories import make_lesson, make_term, story
from tests.lessons.editing.people import CANARY, People, form_data, logged_in
from tests.planting import fresh

pytestmark = pytest.mark.django_db

PAGE_ARGUMENTS = {"page_id", "parent_page_id", "page_to_move_id", "pk", "object_id"}
NOT_FOR_EDITORS = {"wagtailadmin_logout", "wagtailadmin_error_test"}
"""Views that end the session, or fail on purpose."""
NOT_ABOUT_PAGES = ("wagtailsnippets_", "wagtailsites", "wagtailusers", "wagtailredirects")
"""Views in which a number is one of something else: one lesson stands for all."""
VIEWS_OF_A_PAGE = ["edit", "history", "view_draft", "usage"]
AS_SCRIPT = {"x-requested-with": "XMLHttpRequest"}


@dataclass(frozen=True)
class Hidden:
    """Lessons of Drenthe with words that nobody in Groningen may read."""

    draft: LessonPage
    submitted: LessonPage
    changed: LessonPage


@pytest.fixture(scope="module")
def planted(planted_people: People) -> Hidden:
    """Plant a draft, a submitted lesson, and a public one with an unpublished new version."""
    people = fresh(planted_people)
    owner = people.stranger
    draft = make_lesson(
        people.drenthe, published=False, title=f"{CANARY} concept", core=CANARY, owner=owner
    )
    submitted = make_lesson(
        people.drenthe, published=False, title=f"{CANARY} ingediend", owner=owner
    )
    Workflow.objects.get().start(submitted, owner)
    changed = make_lesson(people.drenthe, title="Openbaar in Drenthe", owner=owner)
    changed.title = f"{CANARY} nieuwe titel"
    changed.context = story(CANARY)
    changed.save_revision(user=owner, log_action=True)
    for lesson in (draft, submitted, changed):
        # Wagtail does this after the commit that a test never makes.
        ReferenceIndex.create_or_update_for_object(lesson)
    return Hidden(draft, submitted, changed)


@pytest.fixture
def hidden(planted: Hidden, db: None) -> Hidden:
    """Return the lessons that nobody in Groningen may read."""
    return fresh(planted)


def all_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from all_patterns(entry, inner)
        elif entry.name:
            yield f"{prefix}{entry.name}", entry


def cms_patterns() -> list[tuple[str, URLPattern]]:
    cms = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == "cms/")
    return sorted(all_patterns(cms), key=lambda item: item[0])


def values_for(lesson: LessonPage) -> dict[str, list[Any]]:
    task_state = TaskState.objects.get()
    return {
        **{name: [lesson.pk] for name in PAGE_ARGUMENTS},
        "destination_id": [lesson.get_parent().pk],
        "revision_id": [lesson.latest_revision_id],
        "revision_id_a": ["earliest"],
        "revision_id_b": ["latest"],
        "content_type_app_name": ["lessons"],
        "content_type_model_name": ["lessonpage"],
        "app_label": ["wagtailcore", "lessons"],
        "app_name": ["lessons"],
        "model_name": ["page", "lessonpage"],
        "action": ["publish", "unpublish", "delete", "move"],
        "action_name": ["approve", "publish", "copy"],
        "task_state_id": [task_state.pk],
        "task_id": [task_state.task_id],
        "workflow_state_id": [task_state.workflow_state_id],
    }


def addresses(hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each view, for each lesson where it names a page."""
    lessons = [hidden.draft, hidden.submitted, hidden.changed]
    for name, pattern in cms_patterns():
        if name in NOT_FOR_EDITORS:
            continue
        arguments = list(pattern.pattern.converters) or list(
            getattr(pattern.pattern, "regex", None).groupindex
        )
        is_about_pages = PAGE_ARGUMENTS & set(arguments) and not name.startswith(NOT_ABOUT_PAGES)
        for lesson in lessons if is_about_pages else lessons[:1]:
            values = values_for(lesson)
            for choice in itertools.product(*(values.get(name, [1]) for name in arguments)):
                try:
                    yield name, reverse(name, kwargs=dict(zip(arguments, choice, strict=True)))
                except NoReverseMatch:
                    continue


def query_for(hidden: Hidden) -> str:
    """Return parameters that name the hidden lessons wherever a view looks for a page."""
    pks = [hidden.draft.pk, hidden.submitted.pk, hidden.changed.pk]
    section = hidden.draft.get_parent().pk
    return urlencode([*(("id", pk) for pk in pks), ("q", CANARY[:7]), ("childOf", section)])


def text_of(client: Client, method: str, url: str, **headers: str) -> str:
    """Return the text of the answer; messages that it left behind show in a later one."""
    response = getattr(client, method)(url, headers=headers)
    assert response.status_code < 500, (method, url)
    content = b"".join(response) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


def test_no_address_of_the_cms_shows_a_draft_of_another_region(
    people: People, hidden: Hidden
) -> None:
    client = logged_in(people.editor)
    query = query_for(hidden)
    leaks = []

    tried = [*addresses(hidden), ("wagtailadmin_home", "/cms/")]
    for name, url in tried:
        if CANARY in text_of(client, "get", f"{url}?{query}"):
            leaks.append(name)
        if "choose" in name and CANARY in text_of(client, "get", url, **AS_SCRIPT):
            leaks.append(name)

    assert leaks == []
    assert len(tried) > 250


def test_posting_to_a_draft_of_another_region_tells_and_changes_nothing(
    people: People, hidden: Hidden
) -> None:
    client = logged_in(people.editor)
    query = query_for(hidden)
    changing = ("wagtailadmin_pages:", "wagtailadmin_api:", "withdraw", "reinstate", "wagtail_bulk")

    tried = [(name, url) for name, url in addresses(hidden) if name.startswith(changing)]
    leaks = [name for name, url in tried if CANARY in text_of(client, "post", f"{url}?{query}")]

    assert leaks == []
    assert CANARY not in text_of(client, "get", "/cms/")
    for lesson in (hidden.draft, hidden.submitted):
        lesson.refresh_from_db()
        assert not lesson.live
        assert lesson.get_parent().specific == people.drenthe
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert LessonPage.objects.count() == 3


def test_the_owner_finds_the_draft_at_the_same_addresses(people: People, hidden: Hidden) -> None:
    client = logged_in(people.stranger)

    found = [
        name
        for name in VIEWS_OF_A_PAGE
        if CANARY
        in text_of(client, "get", reverse(f"wagtailadmin_pages:{name}", args=[hidden.draft.pk]))
    ]

    assert found == VIEWS_OF_A_PAGE


@pytest.mark.parametrize("action", ["publish", "delete"])
def test_choosing_everything_that_a_search_finds_names_no_draft_of_others(
    people: People, hidden: Hidden, action: str
) -> None:
    make_lesson(people.groningen, published=False, title=f"{CANARY[:7]} van Groningen")
    url = f"/cms/bulk/wagtailcore/page/{action}/?id=all&q={CANARY[:7]}"

    text = text_of(logged_in(people.editor), "get", url)

    assert CANARY not in text
    assert f"{CANARY[:7]} van Groningen" in text


def test_terms_do_not_tell_which_drafts_use_them(people: People, hidden: Hidden) -> None:
    term = make_term(Ontwikkelpunt, "informele-steun")
    url = reverse("wagtailsnippets_lessons_ontwikkelpunt:usage", args=[term.pk])

    assert logged_in(people.editor).get(url).status_code == 302
    assert CANARY in logged_in(people.reviewer).get(url).content.decode()


def test_a_public_lesson_of_another_region_can_be_chosen_by_its_public_title(
    people: People, hidden: Hidden
) -> None:
    other = make_lesson(people.drenthe, title="Nog een les uit Drenthe")

    listed = logged_in(people.editor).get(reverse("lesson_chooser:choose_results")).content.decode()

    assert "Openbaar in Drenthe" in listed
    assert other.title in listed
    assert CANARY not in listed


@pytest.mark.parametrize(("target", "is_accepted"), [("changed", True), ("draft", False)])
def test_only_lessons_that_one_may_see_are_accepted_as_a_relation(
    people: People, hidden: Hidden, target: str, is_accepted: bool
) -> None:
    own = make_lesson(people.groningen, published=False)
    row = {"kind": "confirms", "target": getattr(hidden, target).pk}
    data = form_data(own, people.editor, relations=[row])

    form = own.get_edit_handler().get_form_class()(
        data, instance=own, for_user=people.editor, parent_page=people.groningen
    )
    form.defer_required_fields()

    assert form.is_valid() is is_accepted
    assert CANARY not in str(form.formsets["relations"].errors)


def test_a_relation_to_a_lesson_that_went_offline_stays_but_tells_no_new_title(
    people: People, hidden: Hidden
) -> None:
    relation = LessonRelation(kind="confirms", target=hidden.draft)
    own = make_lesson(people.groningen, published=False, relations=[relation])

    client = logged_in(people.editor)
    text = text_of(client, "get", reverse("wagtailadmin_pages:edit", args=[own.pk]))
    client.post(reverse("wagtailadmin_pages:edit", args=[own.pk]), form_data(own, people.editor))

    assert CANARY not in text
    assert own.relations.get().target == hidden.draft


def test_recommendations_of_a_draft_do_not_reach_the_usage_of_an_audience(
    people: People, hidden: Hidden
) -> None:
    audience = make_term(Audience, "beleidsmakers")
    hidden.draft.recommendations.add(Recommendation(text=CANARY, audience=audience))
    hidden.draft.save()
    url = reverse("wagtailsnippets_lessons_audience:usage", args=[audience.pk])

    assert CANARY not in text_of(logged_in(people.editor), "get", url)


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_reviewers_and_administrators_see_every_draft(
    people: People, hidden: Hidden, role: str
) -> None:
    client = logged_in(getattr(people, role))

    response = client.get(reverse("wagtailadmin_pages:edit", args=[hidden.draft.pk]))

    assert CANARY in response.content.decode()
