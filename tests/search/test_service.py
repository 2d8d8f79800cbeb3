"""From a published lesson to an answer, with the real database and each real engine."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from lessons.models import FamilyForm, Phase
from lessons.selectors import FACETS
from lessons.withdrawing import withdraw
from search import outbox, service
from search.answering import NOTICE_BEHIND, NOTICE_BUILDING
from search.engines.registry import get_engine
from search.models import OutboxEntry
from search.service import FacetTerm, LessonOrder, LessonQuery, QueryError
from tests.factories import (
    make_former_gemeente,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_section,
    make_term,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_engine")]


def titles(**query):
    return [hit.card.title for hit in service.search(LessonQuery(**query)).hits]


def test_a_published_lesson_is_found_and_a_draft_is_not():
    make_lesson(title="Kringgesprek aan tafel")
    make_lesson(title="Kringgesprek in concept", published=False)

    assert titles(text="kringgesprekken") == ["Kringgesprek aan tafel"]


def test_an_empty_index_folder_is_filled_when_first_asked():
    make_lesson(title="Een")
    assert service.needs_rebuild()

    answer = service.search(LessonQuery())

    assert (answer.total, answer.notices, service.pending()) == (1, (), 0)
    assert not service.needs_rebuild()


def test_a_large_missing_index_is_not_made_while_a_visitor_waits(monkeypatch):
    make_lesson()
    monkeypatch.setattr("search.answering._MOST_LESSONS_TO_INDEX_NOW", 0)

    answer = service.search(LessonQuery(facets=FACETS))

    assert (answer.total, answer.hits, answer.notices) == (0, (), (NOTICE_BUILDING,))


def test_changes_are_found_at_once():
    lesson = make_lesson(title="Oude titel")
    assert titles() == ["Oude titel"]

    lesson.title = "Nieuwe titel"
    lesson.save_revision().publish()
    assert titles() == ["Nieuwe titel"]

    withdraw(lesson, reason="incorrect")
    assert titles() == []


def test_what_waits_for_the_writer_is_hidden_when_private_and_said_to_wait():
    first, second = make_lesson(title="Een"), make_lesson(title="Twee")
    assert len(titles()) == 2

    with get_engine().writing(wait=0):
        withdraw(first, reason="privacy")
        answer = service.search(LessonQuery(facets=("phase",)))

    assert [hit.card.uuid for hit in answer.hits] == [str(second.uuid)]
    assert answer.facets[0].terms == (FacetTerm("uitvoering", "Uitvoering", 1),)
    assert answer.notices == (NOTICE_BEHIND,)
    assert service.search(LessonQuery()).notices == ()


def test_an_expired_lesson_is_gone_before_the_scheduler_passes():
    lesson = make_lesson()
    assert service.search(LessonQuery()).total == 1
    type(lesson).objects.filter(pk=lesson.pk).update(
        expire_at=timezone.now() - datetime.timedelta(seconds=2)
    )
    outbox.add([lesson.pk])

    assert service.search(LessonQuery()).total == 0


def test_a_restriction_on_a_section_takes_its_lessons_out():
    lesson = make_lesson()
    assert service.search(LessonQuery()).total == 1

    restriction = PageViewRestriction.objects.create(
        page=lesson.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert service.search(LessonQuery()).total == 0

    restriction.delete()
    assert service.search(LessonQuery()).total == 1


def test_a_former_gemeente_filters_on_all_that_its_area_went_to():
    oisterwijk, vught = make_gemeente("GM0824", "Oisterwijk"), make_gemeente("GM0865", "Vught")
    make_lesson(title="Uit Oisterwijk", gemeenten=[oisterwijk])
    make_lesson(title="Uit Vught", gemeenten=[vught])
    make_lesson(title="Elders", gemeenten=[make_gemeente()])
    make_former_gemeente("GM0788", "Haaren", oisterwijk, vught)

    assert sorted(titles(filters={"gemeente": ("GM0788",)})) == ["Uit Oisterwijk", "Uit Vught"]


def test_broader_merged_and_renamed_terms_are_followed():
    broad = make_term(FamilyForm, "pleeggezin", "Pleeggezin")
    narrow = make_term(FamilyForm, "netwerkpleeggezin", "Netwerkpleeggezin", broader=broad)
    make_lesson(family_forms=[narrow])
    service.search(LessonQuery())

    old = make_term(FamilyForm, "familiepleeggezin", replaced_by=narrow, is_retired=True)
    narrow.label = "Gezin uit het netwerk"
    narrow.save()
    answer = service.search(
        LessonQuery(filters={"familyForm": (old.code,)}, facets=("familyForm",))
    )

    assert answer.total == 1
    assert answer.hits[0].card.family_forms[0].label == "Gezin uit het netwerk"
    assert sorted(answer.facets[0].terms, key=lambda term: term.code) == [
        FacetTerm("netwerkpleeggezin", "Gezin uit het netwerk", 1),
        FacetTerm("pleeggezin", "Pleeggezin", 1),
    ]


def test_places_are_words_and_filters():
    region = make_jeugdregio("JZ02", "Drenthe")
    emmen = make_gemeente("GM0114", "Emmen", region)
    make_lesson(make_section(region), title="Uit Emmen", gemeenten=[emmen])
    make_lesson(title="Elders")

    assert titles(text="emmen") == ["Uit Emmen"]
    assert titles(text="drenthe GM0114") == ["Uit Emmen"]
    assert titles(filters={"gemeente": ("GM0114",)}) == ["Uit Emmen"]
    assert titles(filters={"jeugdregio": ("JZ02",)}) == ["Uit Emmen"]


def test_pages_are_walked_with_cursors():
    for number in range(5):
        make_lesson(title=f"Les {number}")
    first = service.search(LessonQuery(order=LessonOrder.TITLE, first=3))

    second = service.search(LessonQuery(order=LessonOrder.TITLE, first=3, after=first.end_cursor))

    assert [hit.card.title for hit in first.hits] == ["Les 0", "Les 1", "Les 2"]
    assert (first.has_next_page, first.total) == (True, 5)
    assert [hit.card.title for hit in second.hits] == ["Les 3", "Les 4"]
    assert (second.has_next_page, second.total) == (False, 5)
    assert first.end_cursor == first.hits[-1].cursor


@pytest.mark.parametrize(
    ("query", "code", "place"),
    [
        (LessonQuery(first=0), "PAGE_SIZE", "first"),
        (LessonQuery(first=-1), "PAGE_SIZE", "first"),
        (LessonQuery(first=101), "PAGE_SIZE", "first"),
        (LessonQuery(text="x" * 401), "TEXT_TOO_LONG", "query"),
        (LessonQuery(after="x"), "INVALID_CURSOR", "after"),
        (LessonQuery(filters={"phase": ("x",)}), "UNKNOWN_TERM", "filter.phase"),
        (LessonQuery(filters={"gemeente": ("\ud800",)}), "UNKNOWN_TERM", "filter.gemeente"),
        (LessonQuery(filters={"phase": ("x",) * 401}), "TOO_MANY_TERMS", "filter.phase"),
        (LessonQuery(filters={"colour": ("x",)}), "UNKNOWN_FACET", "filter"),
        (LessonQuery(facets=("colour",)), "UNKNOWN_FACET", "facets"),
        (LessonQuery(period_from=2025, period_to=2024), "INVALID_PERIOD", "filter.period"),
        (LessonQuery(period_from=-5), "INVALID_PERIOD", "filter.period"),
    ],
)
def test_faults_have_a_code_and_a_place(query, code, place):
    with pytest.raises(QueryError) as refused:
        service.search(query)

    assert (refused.value.code, refused.value.place) == (code, place)


def test_an_unknown_term_names_those_that_exist():
    make_term(Phase, "borging")

    with pytest.raises(QueryError) as refused:
        service.search(LessonQuery(filters={"phase": ("x",)}))

    assert refused.value.accepted == ("borging", "uitvoering")


def test_a_search_takes_one_query(django_assert_num_queries):
    make_lesson()
    service.search(LessonQuery(text="gezin"))

    with django_assert_num_queries(1):
        service.search(LessonQuery())
    with django_assert_num_queries(1):
        service.search(LessonQuery(text="gezin", with_highlights=True))
    with django_assert_num_queries(1):
        service.search(LessonQuery(filters={"phase": ("uitvoering",)}, facets=("phase", "kind")))


def test_all_facets_together_take_four_queries_more_after_a_change(django_assert_max_num_queries):
    make_lesson()
    service.search(LessonQuery(facets=FACETS))

    with django_assert_max_num_queries(5):
        answer = service.search(LessonQuery(facets=FACETS))
    # The codes of vocabularies and places are kept until one of them changes.
    with django_assert_max_num_queries(1):
        assert service.search(LessonQuery(facets=FACETS)) == answer

    assert [facet.name for facet in answer.facets] == list(FACETS)


def test_check_finds_and_mends_every_kind_of_difference():
    missing, extra, differing = (make_lesson(title=f"Les {n}") for n in range(3))
    service.search(LessonQuery())
    with get_engine().writing(wait=0):
        get_engine().write([], [missing.pk])
    model = type(extra)
    model.objects.filter(pk=extra.pk).update(live=False)
    model.objects.filter(pk=differing.pk).update(core="Stil veranderd.")

    difference = service.check()
    service.mend(difference)

    assert (difference.missing, difference.extra, difference.differing) == (
        (missing.pk,),
        (extra.pk,),
        (differing.pk,),
    )
    assert not service.check()
    assert not OutboxEntry.objects.exists()


def test_a_typing_error_is_mended_and_told():
    make_lesson(title="Zorg voor borging")

    answer = service.search(LessonQuery(text="borgign"))

    assert [hit.card.title for hit in answer.hits] == ["Zorg voor borging"]
    assert answer.suggestion == "borging"


def test_nothing_found_names_the_filter_in_the_way():
    make_lesson(title="Kringgesprek")
    make_term(Phase, "borging", "Borging")

    answer = service.search(
        LessonQuery(text="kringgesprek", filters={"phase": ("borging",), "kind": ("lesson",)})
    )

    assert (answer.total, answer.way_out) == (0, service.WayOut("phase", ("Borging",), 1))
    assert answer.notices == ("Zonder het filter ‘Fase: Borging’ is er 1 les.",)
