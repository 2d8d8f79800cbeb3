"""What is offered to somebody who is still typing, with the real database and index."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from lessons.models import FamilyForm
from lessons.withdrawing import withdraw
from search import service
from search.query import LessonQuery, QueryError
from search.suggesting import LESSON
from tests.factories import (
    make_former_gemeente,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedded(settings):
    """Search with the embedded engine: what is suggested is the same for all."""
    settings.SEARCH_ENGINE = "embedded"


def suggested(text, **fields):
    service.search(LessonQuery(first=1))  # the first search makes the index
    return [(each.kind, each.label) for each in service.suggest(text, **fields)]


def test_names_come_before_titles_and_a_name_that_begins_so_before_another():
    make_term(FamilyForm, "oppasgezin", "Oppasgezin")
    make_term(FamilyForm, "licht", "Lichte oppas")
    make_lesson(title="Oppas van buren")

    assert suggested("oppa") == [
        ("familyForm", "Oppasgezin"),
        ("familyForm", "Lichte oppas"),
        (LESSON, "Oppas van buren"),
    ]


def test_places_are_found_by_their_names_of_today_and_of_before():
    drenthe = make_jeugdregio("JZ04", "Drenthe")
    emmen = make_gemeente("GM0114", "Emmen", drenthe)
    make_former_gemeente("GM0148", "Dalen", emmen)

    assert suggested("dren") == [("jeugdregio", "Drenthe")]
    assert suggested("emm") == [("gemeente", "Emmen")]
    (found,) = service.suggest("dal")
    assert (found.code, found.label, found.found_by) == ("GM0114", "Emmen", "Dalen")


def test_a_pilot_that_is_public_is_offered_and_a_draft_is_not():
    make_pilot("pilot-kring", title="Pilot kringgesprek")
    make_pilot("pilot-stil", title="Pilot kringloop", published=False)

    assert suggested("kring") == [("pilot", "Pilot kringgesprek")]


def test_titles_are_found_by_words_typed_in_full_and_the_beginning_of_the_last():
    make_lesson(title="Kringgesprek aan tafel")
    make_lesson(title="Kringgesprek in de klas")

    assert suggested("kringgesprek ta") == [(LESSON, "Kringgesprek aan tafel")]


def test_the_newest_of_equal_titles_comes_first_and_leads_to_its_page():
    make_lesson(title="Kringgesprek een")
    newest = make_lesson(title="Kringgesprek twee")
    service.search(LessonQuery(first=1))

    first, second = service.suggest("kringg")

    assert (first.label, second.label) == ("Kringgesprek twee", "Kringgesprek een")
    assert first.code == str(newest.uuid)
    assert newest.slug in first.url


def test_a_typing_error_is_forgiven_when_nothing_begins_so():
    make_term(FamilyForm, "steungezin", "Steungezin")
    make_lesson(title="Kringgesprek aan tafel")

    assert suggested("steungezon") == [("familyForm", "Steungezin")]
    assert suggested("kringgespreg") == [(LESSON, "Kringgesprek aan tafel")]


def test_nothing_is_told_of_what_is_not_public_at_this_moment():
    make_lesson(title="Kringgesprek in concept", published=False)
    private = make_lesson(title="Kringgesprek besloten")
    gone = make_lesson(title="Kringgesprek ingetrokken")
    assert len(suggested("kringg")) == 2
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    withdraw(gone, reason="other", explanation="Fout.")

    assert service.suggest("kringg") == ()


def test_no_more_is_given_than_asked_and_titles_keep_half_of_the_places():
    for number in range(4):
        make_term(FamilyForm, f"steun-{number}", f"Oppas {number}")
        make_lesson(title=f"Oppas van buur {number}")

    kinds = [kind for kind, _label in suggested("oppas", first=4)]

    assert kinds == ["familyForm", "familyForm", LESSON, LESSON]


def test_one_letter_says_too_little():
    make_term(FamilyForm, "steungezin", "Steungezin")

    assert suggested("s") == []
    assert suggested(" - ") == []


@pytest.mark.parametrize(
    ("text", "first", "code"),
    [("steun", 0, "PAGE_SIZE"), ("steun", 21, "PAGE_SIZE"), ("s" * 5000, 8, "TEXT_TOO_LONG")],
)
def test_a_question_out_of_bounds_is_refused(text, first, code):
    with pytest.raises(QueryError) as refused:
        service.suggest(text, first)

    assert refused.value.code == code
