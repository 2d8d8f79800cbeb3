"""Vocabularies in the CMS: terms come, are retired and merged, and never break what uses them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from lessons.editing.vocabularies import times_used
from lessons.models import (
    VOCABULARIES,
    Concept,
    LessonPage,
    Ontwikkelpunt,
    Partner,
    Phase,
    Recommendation,
)
from tests.factories import make_lesson, make_term
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db


def url_of(model: type[Concept], view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_lessons_{model._meta.model_name}:{view}", args=args)


def data_of(term: Concept, **changes: Any) -> dict[str, Any]:
    fields = ("label", "code", "definition", "alternative_labels", "source", "order")
    return {
        **{name: getattr(term, name) for name in fields},
        "broader": "",
        "replaced_by": "",
        **changes,
    }


@pytest.mark.parametrize("model", VOCABULARIES.values(), ids=VOCABULARIES)
def test_reviewers_manage_every_vocabulary_and_editors_none(
    people: People, model: type[Concept]
) -> None:
    make_term(model, "een-begrip")
    url = url_of(model, "list")

    assert "een-begrip" in logged_in(people.reviewer).get(url).content.decode()
    assert logged_in(people.editor).get(url).status_code == 302


def test_the_list_can_be_narrowed_to_terms_in_use(people: People) -> None:
    make_term(Phase, "gebleven")
    make_term(Phase, "vervallen", is_retired=True)

    text = logged_in(people.reviewer).get(url_of(Phase, "list") + "?is_retired=false")

    assert "gebleven" in text.content.decode()
    assert "vervallen" not in text.content.decode()


def test_a_term_is_added_with_its_code(people: People) -> None:
    term = Phase(code="terugblik", label="Terugblik", order=80)

    logged_in(people.reviewer).post(url_of(Phase, "add"), data_of(term))

    assert Phase.objects.get(code="terugblik").label == "Terugblik"


def test_the_code_does_not_change_afterwards(people: People) -> None:
    term = make_term(Phase, "terugblik")

    logged_in(people.reviewer).post(
        url_of(Phase, "edit", term.pk), data_of(term, code="anders", label="Anders")
    )

    term.refresh_from_db()
    assert (term.code, term.label) == ("terugblik", "Anders")


def test_a_term_in_use_is_not_deleted_but_offered_for_retirement(people: People) -> None:
    lesson = make_lesson(people.groningen)
    term = lesson.ontwikkelpunt

    response = logged_in(people.reviewer).post(url_of(Ontwikkelpunt, "delete", term.pk))

    assert response.url == url_of(Ontwikkelpunt, "edit", term.pk)
    assert Ontwikkelpunt.objects.filter(pk=term.pk).exists()


def test_a_term_that_only_a_list_of_choices_uses_is_not_deleted_either(people: People) -> None:
    lesson = make_lesson(people.groningen)
    phase = lesson.phases.get()
    client = logged_in(people.reviewer)

    client.post(url_of(Phase, "delete", phase.pk))
    client.post(f"/cms/bulk/lessons/phase/delete/?id={phase.pk}&next=/cms/")

    assert list(LessonPage.objects.get().phases.all()) == [phase]


def test_an_unused_term_is_deleted(people: People) -> None:
    term = make_term(Phase, "vergissing")

    logged_in(people.reviewer).post(url_of(Phase, "delete", term.pk))

    assert not Phase.objects.filter(code="vergissing").exists()


def test_every_use_of_a_term_counts(people: People) -> None:
    phase = make_term(Phase, "borging")
    other = make_term(Phase, "oud", replaced_by=phase)
    make_lesson(
        people.groningen,
        phases=[phase],
        recommendations=[Recommendation(text="Doe dit.", phase=phase)],
    )

    assert times_used(phase) == 3
    assert times_used(other) == 0


def test_merging_keeps_the_lesson_and_retires_the_old_term(people: People) -> None:
    lesson = make_lesson(people.groningen)
    old, new = lesson.ontwikkelpunt, make_term(Ontwikkelpunt, "nieuw")

    logged_in(people.reviewer).post(
        url_of(Ontwikkelpunt, "edit", old.pk), data_of(old, replaced_by=new.pk)
    )

    old.refresh_from_db()
    lesson.refresh_from_db()
    assert old.is_retired
    assert lesson.ontwikkelpunt == old
    assert lesson.ontwikkelpunt.current() == new


def test_a_term_cannot_replace_itself(people: People) -> None:
    term = make_term(Phase, "terugblik")

    response = logged_in(people.reviewer).post(
        url_of(Phase, "edit", term.pk), data_of(term, replaced_by=term.pk)
    )

    assert list(response.context["form"].errors) == ["replaced_by"]


def test_a_partner_also_has_its_kind(people: People) -> None:
    term = Partner(code="buurtgezinnen", label="Buurtgezinnen")

    logged_in(people.reviewer).post(
        url_of(Partner, "add"), data_of(term, kind="volunteers", website="")
    )

    assert Partner.objects.get(code="buurtgezinnen").kind == "volunteers"
