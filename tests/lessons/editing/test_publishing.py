"""By whatever route: a lesson that cannot go out is refused with a reason, never with an error."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, TaskState, Workflow, WorkflowState

from lessons.models import LessonPage, Phase
from tests.factories import make_lesson, make_term, story
from tests.lessons.editing.people import People, form_data, logged_in

pytestmark = pytest.mark.django_db

CORE_MISSING = "Write the core"


@pytest.fixture(autouse=True)
def messages_in_english(settings: Any) -> None:
    """Read the messages as they stand in the code; a catalogue may change."""
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English")]
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = settings.LANGUAGES


def edit_url(lesson: LessonPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def post_edit(client: Client, user: Any, lesson: LessonPage, **changes: Any) -> Any:
    data = form_data(lesson.get_latest_revision_as_object(), user, **changes)
    return client.post(edit_url(lesson), data)


def errors_of(response: Any) -> dict[str, list[str]]:
    form = response.context["form"]
    found = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
    for name, formset in form.formsets.items():
        if formset.non_form_errors():
            found[name] = [str(error) for error in formset.non_form_errors()]
    return found


def submit(lesson: LessonPage, user: Any) -> TaskState:
    Workflow.objects.get().start(lesson, user)
    return TaskState.objects.get()


def make_incomplete(people: People, **overrides: Any) -> LessonPage:
    return make_lesson(people.groningen, published=False, core="", phases=[], **overrides)


def assert_refused(lesson: LessonPage) -> None:
    lesson.refresh_from_db()
    assert not lesson.live
    assert lesson.first_published_at is None


def test_a_draft_is_saved_with_only_a_title(people: People) -> None:
    client = logged_in(people.editor)
    url = reverse("wagtailadmin_pages:add", args=["lessons", "lessonpage", people.groningen.pk])
    empty = LessonPage(owner=people.editor)

    response = client.post(url, form_data(empty, people.editor, title="Nog maar een titel"))

    lesson = LessonPage.objects.get()
    assert response.status_code == 302
    assert (lesson.title, lesson.slug, lesson.live) == (
        "Nog maar een titel",
        "nog-maar-een-titel",
        False,
    )


def test_submitting_says_at_each_field_what_is_missing(people: People) -> None:
    lesson = make_lesson(
        people.groningen,
        published=False,
        core="",
        context=story(""),
        phases=[],
        recommendations=[],
        privacy_declared=False,
    )

    response = post_edit(logged_in(people.editor), people.editor, lesson, **{"action-submit": "1"})

    assert response.status_code == 200
    assert errors_of(response) == {
        "core": ["Write the core: the lesson in at most 280 characters."],
        "context": ["Describe the context."],
        "recommendations": ["Add at least one recommendation for another region."],
        "phases": ["Choose at least one phase."],
        "privacy_declared": [
            "Declare that no person can be recognised, after reading the text once more."
        ],
    }
    assert not WorkflowState.objects.exists()


def test_a_complete_lesson_is_submitted(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False)

    post_edit(logged_in(people.editor), people.editor, lesson, **{"action-submit": "1"})

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_what_is_typed_in_the_same_form_counts(people: People) -> None:
    lesson = make_incomplete(people)
    phase = make_term(Phase, "borging")

    post_edit(
        logged_in(people.editor),
        people.editor,
        lesson,
        core="Vraag het gezin zelf.",
        phases=[phase.pk],
        **{"action-submit": "1"},
    )

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_personal_data_stop_a_submission_at_the_field_without_repeating_them(
    people: People,
) -> None:
    lesson = make_lesson(people.groningen, published=False)

    response = post_edit(
        logged_in(people.editor),
        people.editor,
        lesson,
        core="Bel 06-12345678 voor meer.",
        **{"action-submit": "1"},
    )

    assert errors_of(response) == {
        "core": ["This looks like a telephone number. Take it out, or name a role instead. (06…78)"]
    }
    assert not WorkflowState.objects.exists()


def test_publishing_from_the_form_is_refused_at_the_fields(people: People) -> None:
    lesson = make_incomplete(people)

    response = post_edit(
        logged_in(people.reviewer), people.reviewer, lesson, **{"action-publish": "1"}
    )

    assert sorted(errors_of(response)) == ["core", "phases"]
    assert_refused(lesson)


def test_a_public_lesson_cannot_be_made_incomplete(people: People) -> None:
    lesson = make_lesson(people.groningen)

    response = post_edit(
        logged_in(people.reviewer), people.reviewer, lesson, core="", **{"action-publish": "1"}
    )

    assert sorted(errors_of(response)) == ["core"]
    lesson.refresh_from_db()
    assert lesson.core != ""


def test_a_draft_of_a_public_lesson_may_be_incomplete(people: People) -> None:
    lesson = make_lesson(people.groningen)

    response = post_edit(logged_in(people.editor), people.editor, lesson, core="")

    assert response.status_code == 302
    lesson.refresh_from_db()
    assert lesson.get_latest_revision_as_object().core == ""
    assert lesson.live
    assert lesson.core != ""


@pytest.mark.parametrize("as_script", [False, True])
def test_approving_outside_the_form_says_what_is_missing(people: People, as_script: bool) -> None:
    lesson = make_incomplete(people)
    task_state = submit(lesson, people.editor)
    client = logged_in(people.reviewer)
    headers = {"x-requested-with": "XMLHttpRequest"} if as_script else {}
    url = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", task_state.pk])

    response = client.post(url, {"comment": ""}, headers=headers)

    if as_script:
        assert response.json()["redirect"] == edit_url(lesson)
    else:
        assert response.url == edit_url(lesson)
    assert CORE_MISSING in client.get("/cms/").content.decode()
    assert_refused(lesson)
    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_IN_PROGRESS


def test_approving_in_the_form_is_refused_at_the_fields(people: People) -> None:
    lesson = make_incomplete(people)
    submit(lesson, people.editor)

    response = post_edit(
        logged_in(people.reviewer),
        people.reviewer,
        lesson,
        **{"action-workflow-action": "1", "workflow-action-name": "approve"},
    )

    assert sorted(errors_of(response)) == ["core", "phases"]
    assert_refused(lesson)


def test_a_complete_lesson_is_published_by_approving_it(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False)
    task_state = submit(lesson, people.editor)
    url = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", task_state.pk])

    logged_in(people.reviewer).post(url, {"comment": ""})

    lesson.refresh_from_db()
    assert lesson.live


def test_sending_back_needs_no_complete_lesson(people: People) -> None:
    lesson = make_incomplete(people)
    submit(lesson, people.editor)

    response = post_edit(
        logged_in(people.reviewer),
        people.reviewer,
        lesson,
        **{
            "action-workflow-action": "1",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": '{"comment": "Vertel wat er gebeurde."}',
        },
    )

    assert response.status_code == 302
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES


def test_the_writer_can_call_a_lesson_back(people: People) -> None:
    lesson = make_incomplete(people)
    submit(lesson, people.editor)

    post_edit(logged_in(people.editor), people.editor, lesson, **{"action-cancel-workflow": "1"})

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED


def test_publishing_in_bulk_refuses_all_and_names_the_incomplete(people: People) -> None:
    complete = make_lesson(people.groningen, published=False)
    incomplete = make_incomplete(people, title="Deze is niet af")
    client = logged_in(people.reviewer)
    url = f"/cms/bulk/wagtailcore/page/publish/?id={complete.pk}&id={incomplete.pk}&next=/cms/"

    response = client.post(url, follow=True)

    text = response.content.decode()
    assert "“Deze is niet af” cannot be published yet." in text
    assert CORE_MISSING in text
    assert_refused(incomplete)
    assert_refused(complete)


def test_publishing_a_section_with_all_below_it_is_refused_likewise(people: People) -> None:
    incomplete = make_incomplete(people)
    url = f"/cms/bulk/wagtailcore/page/publish/?id={people.groningen.pk}&next=/cms/"

    response = logged_in(people.reviewer).post(url, {"include_descendants": "on"}, follow=True)

    assert CORE_MISSING in response.content.decode()
    assert_refused(incomplete)


def test_publishing_complete_lessons_in_bulk_works(people: People) -> None:
    lesson = make_lesson(people.groningen, published=False)

    logged_in(people.reviewer).post(f"/cms/bulk/wagtailcore/page/publish/?id={lesson.pk}")

    lesson.refresh_from_db()
    assert lesson.live


@pytest.mark.parametrize("action", ["publish", "delete", "move", "unpublish"])
def test_the_api_of_the_cms_only_reads(people: People, action: str) -> None:
    lesson = make_lesson(people.groningen)
    client = logged_in(people.reviewer)
    url = f"/cms/api/main/pages/{lesson.pk}/"

    response = client.post(f"{url}action/{action}/", data="{}", content_type="application/json")

    assert response.status_code == 404
    assert client.get(url).json()["title"] == lesson.title
    lesson.refresh_from_db()
    assert lesson.live


def schedule(lesson: LessonPage) -> Revision:
    lesson.go_live_at = timezone.now() + datetime.timedelta(days=1)
    revision = lesson.save_revision()
    revision.publish()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(hours=1)
    )
    content = {**revision.content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    return revision


def test_an_incomplete_lesson_on_the_schedule_does_not_keep_back_the_next(people: People) -> None:
    incomplete = make_incomplete(people, title="Deze is niet af")
    complete = make_lesson(people.groningen, published=False)
    refused = schedule(incomplete)
    schedule(complete)
    errors = StringIO()

    call_command("publish_scheduled", stderr=errors)

    assert errors.getvalue() == "Niet gepubliceerd, want niet compleet: Deze is niet af\n"
    assert_refused(incomplete)
    refused.refresh_from_db()
    assert refused.approved_go_live_at is None
    complete.refresh_from_db()
    assert complete.live
    entry = PageLogEntry.objects.get(page=incomplete.pk, action="lessons.refuse_publication")
    assert entry.data == {"fields": ["core", "phases"]}


def test_a_copy_can_be_published_beside_its_original(people: People) -> None:
    original = make_lesson(people.groningen)
    copy = original.copy(update_attrs={"slug": "kopie"}, keep_live=False)

    copy.get_latest_revision().publish()

    copy.refresh_from_db()
    assert copy.live
    assert copy.uuid != original.uuid
