"""Values in Dutch words."""

from dataclasses import replace

import pytest

from frontend_api.portal import phrases
from lessons.choices import LessonKind, RelationKind
from lessons.records import LessonRef, Means, Period, Relation
from lessons.selectors import FACETS
from search.service import LessonOrder


@pytest.mark.parametrize(
    ("first", "last", "phrase"),
    [
        (2021, 2022, "2021–2022"),
        (2021, 2021, "2021"),
        (2021, None, "vanaf 2021"),
        (None, 2022, "tot en met 2022"),
        (None, None, "periode niet bekend"),
    ],
)
def test_a_period_reads_as_one_phrase(first, last, phrase):
    assert phrases.period(Period(first, last, is_unknown=False, note="")) == phrase


@pytest.mark.parametrize(
    ("names", "phrase"),
    [((), ""), (("A",), "A"), (("A", "B"), "A en B"), (("A", "B", "C"), "A, B en C")],
)
def test_names_are_enumerated(names, phrase):
    assert phrases.enumeration(names) == phrase


@pytest.mark.parametrize("kind", LessonKind.values)
def test_every_kind_can_be_counted(kind):
    assert phrases.count_of_kind(kind, 1) == f"1 {LessonKind(kind).label}"
    assert phrases.count_of_kind(kind, 1200).startswith("1.200 ")


def test_figures_of_means_have_their_unit():
    money = Means("money", "", "", 44000.0, "")

    assert phrases.means_figure(money) == "€ 44.000"
    assert phrases.means_figure(replace(money, kind="people", figure=1.5)) == "1,5 fte"
    assert phrases.means_figure(replace(money, figure=None)) == ""


def test_lessons_are_counted_in_dutch():
    assert [phrases.count_of_lessons(number) for number in (0, 1, 2, 1234)] == [
        "0 lessen",
        "1 les",
        "2 lessen",
        "1.234 lessen",
    ]


@pytest.mark.parametrize("kind", RelationKind.values)
def test_every_relation_reads_in_both_directions(kind):
    other = LessonRef("", "", "", "Andere les")
    outgoing = Relation(kind, "", is_incoming=False, lesson=other)

    assert phrases.relation(outgoing) != phrases.relation(replace(outgoing, is_incoming=True))


def test_every_facet_and_order_has_a_heading():
    assert set(phrases.FACET_HEADINGS) == set(FACETS)
    assert set(phrases.ORDER_HEADINGS) == set(LessonOrder)
