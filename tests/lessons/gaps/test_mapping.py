"""Gap maps: every public lesson in every cell that it belongs to, and nothing else."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from lessons import selectors
from lessons.models import (
    EvidenceLevel,
    FamilyForm,
    GemeenteProfile,
    LessonPage,
    LessonPartner,
    Ontwikkelpunt,
    Partner,
    Phase,
    Situation,
)
from lessons.selectors import FACETS, GAP_AXES, InvalidGapMap
from lessons.withdrawing import withdraw
from search import service
from search.service import LessonQuery
from tests.factories import (
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lessons(django_db_setup, django_db_blocker):
    """Lessons of every sort, made once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        _make_lessons()
        yield
        transaction.set_rollback(True)


def _make_lessons():
    eenvoud = make_term(Ontwikkelpunt, "eenvoud", "Eenvoud", order=5)
    make_term(Ontwikkelpunt, "simpel", "Simpel", order=6, replaced_by=eenvoud, is_retired=True)
    make_term(Ontwikkelpunt, "vroeger", "Vroeger", order=7, is_retired=True)
    old = make_term(Ontwikkelpunt, "oud", "Oud", order=8, is_retired=True)
    steun = make_term(FamilyForm, "steungezin", "Steungezin", order=1)
    make_term(FamilyForm, "pleeggezin", "Pleeggezin", order=2)
    buurt = make_term(FamilyForm, "buurtgezin", "Buurtgezin", order=3, broader=steun)
    steunouder = make_term(FamilyForm, "steunouder", "Steunouder", order=4, broader=steun)
    borging = make_term(Phase, "borging", "Borging", order=2)
    make_term(Phase, "uitvoering", "Uitvoering", order=1)
    experience = make_term(EvidenceLevel, "ervaring", "Eén ervaring", order=1)
    measured = make_term(EvidenceLevel, "gemeten", "Gemeten", order=3)
    drenthe = make_jeugdregio("JZ04", "Drenthe")
    small, large = (
        make_gemeente("GM1690", "De Wolden", drenthe),
        make_gemeente("GM0106", "Assen", drenthe),
    )
    for gemeente, size in ((small, 4), (large, 5)):
        GemeenteProfile.objects.create(
            gemeente=gemeente, edition=2025, figures={"grootteklasse_2025": size}
        )
    make_lesson(
        ontwikkelpunt=eenvoud,
        phases=[borging],
        family_forms=[buurt, steunouder],
        evidence_level=measured,
        gemeenten=[small, large],
        kind="dead_end",
        partner_roles=[
            LessonPartner(partner=make_term(Partner, "vng", "VNG"), role="lead"),
            LessonPartner(partner=make_term(Partner, "nji", "NJi"), role="funder"),
        ],
    )
    make_lesson(
        make_section(drenthe),
        ontwikkelpunt=Ontwikkelpunt.objects.get(code="simpel"),
        phases=[borging],
        family_forms=[steun],
        evidence_level=experience,
        gemeenten=[small],
        pilot=make_pilot(),
        period_from=2019,
        period_to=2020,
    )
    phaseless = make_lesson(ontwikkelpunt=old, other_ontwikkelpunten=[eenvoud])
    # Published before phases were asked for.
    LessonPage.phases.through.objects.filter(lessonpage=phaseless).delete()
    make_lesson(published=False, ontwikkelpunt=eenvoud, phases=[borging])
    private = make_lesson(ontwikkelpunt=eenvoud, phases=[borging])
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    withdraw(
        make_lesson(ontwikkelpunt=eenvoud, phases=[borging]), reason="other", explanation="Fout."
    )


def counts(found):
    return {(cell.row.code, cell.column.code): cell.count for line in found.cells for cell in line}


def test_public_lessons_are_counted_in_every_row_and_column(lessons):
    found = selectors.gap_map()

    assert [term.code for term in found.rows.terms] == ["eenvoud", "oud", "informele-steun"]
    assert [term.code for term in found.columns.terms] == ["uitvoering", "borging"]
    assert counts(found)["eenvoud", "borging"] == 2
    assert counts(found)["eenvoud", "uitvoering"] == 0
    assert (found.total, found.unplaced) == (3, 1)


def test_cells_without_lessons_are_listed_but_not_those_of_retired_terms(lessons):
    found = selectors.gap_map()

    gaps = {(cell.row.code, cell.column.code) for cell in found.gaps}
    assert gaps == {
        ("eenvoud", "uitvoering"),
        ("informele-steun", "uitvoering"),
        ("informele-steun", "borging"),
    }


def test_a_cell_tells_its_evidence_and_kinds_with_the_firmest_first(lessons):
    found = selectors.gap_map()
    cell = next(cell for line in found.cells for cell in line if cell.count == 2)

    assert [(each.level.label, each.count) for each in cell.evidence] == [
        ("Gemeten", 1),
        ("Eén ervaring", 1),
    ]
    assert cell.strongest_evidence.code == "gemeten"
    assert [(each.kind, each.count) for each in cell.kinds] == [("lesson", 1), ("dead_end", 1)]


def test_a_merged_term_counts_under_its_successor_and_has_no_row(lessons):
    terms = {term.code: term for term in selectors.gap_map().rows.terms}

    assert terms["eenvoud"].total == 3
    assert not {"simpel", "vroeger"} & terms.keys()
    assert terms["oud"].is_retired


def test_a_lesson_counts_once_under_a_broader_term_which_stands_before_its_narrower_ones(lessons):
    found = selectors.gap_map("familyForm", "phase")

    assert [(term.code, term.broader_code) for term in found.rows.terms] == [
        ("steungezin", None),
        ("buurtgezin", "steungezin"),
        ("steunouder", "steungezin"),
        ("pleeggezin", None),
    ]
    borging = {row: count for (row, column), count in counts(found).items() if column == "borging"}
    assert borging == {"steungezin": 2, "buurtgezin": 1, "steunouder": 1, "pleeggezin": 0}


def test_size_classes_are_those_of_the_gemeenten_with_their_year(lessons):
    found = selectors.gap_map("sizeClass", "kind")

    assert counts(found)["4", "lesson"] == 1
    assert counts(found)["4", "dead_end"] == 1
    assert counts(found)["5", "dead_end"] == 1
    assert found.source == "Grootteklassen van CBS 2025, naar het aantal inwoners."
    terms = {term.code: term for term in found.rows.terms}
    assert (terms["5"].filter_facet, terms["5"].filter_codes) == ("gemeente", ("GM0106",))
    assert terms["1"].filter_codes == ()
    assert found.unplaced == 1


def test_filters_and_period_are_those_of_a_search(lessons):
    by_region = selectors.gap_map(filters={"jeugdregio": ("JZ04",)})
    by_pilot = selectors.gap_map(filters={"pilot": ("pilot-groningen",)})
    by_broader = selectors.gap_map(filters={"familyForm": ("steungezin",), "phase": ()})
    by_period = selectors.gap_map(period_from=2018, period_to=2021)

    assert [found.total for found in (by_region, by_pilot, by_broader, by_period)] == [2, 1, 2, 1]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [("ontwikkelpunt", "phase"), ("familyForm", "partner"), ("jeugdregio", "sizeClass"),
     ("scope", "evidenceLevel"), ("situation", "audience")],
)  # fmt: skip
def test_a_search_finds_as_many_lessons_as_a_cell_counts(lessons, rows, columns):
    service.rebuild()

    for line in selectors.gap_map(rows, columns).cells:
        for cell in line:
            terms = (cell.row, cell.column)
            if all(term.filter_codes for term in terms):
                filters = {term.filter_facet: term.filter_codes for term in terms}
                assert service.search(LessonQuery(filters=filters)).total == cell.count


@pytest.mark.parametrize(
    ("rows", "columns", "filters", "most"),
    [
        ("ontwikkelpunt", "phase", {}, 5),
        ("kind", "scope", {}, 3),
        ("jeugdregio", "sizeClass", {}, 8),
        (
            "familyForm",
            "jeugdregio",
            {"gemeente": ("GM1690",), "pilot": (), "kind": ("lesson",)},
            9,
        ),
        ("partner", "audience", {"pilot": ("pilot-groningen",)}, 9),
    ],
)
def test_the_number_of_queries_is_fixed(lessons, rows, columns, filters, most):
    make_lesson()
    with CaptureQueriesContext(connection) as before:
        selectors.gap_map(rows, columns, filters=filters)
    for number in range(5):
        make_term(Ontwikkelpunt, f"punt-{number}")
        make_term(Phase, f"fase-{number}")
    make_lesson()
    with CaptureQueriesContext(connection) as after:
        selectors.gap_map(rows, columns, filters=filters)

    assert len(after) <= len(before) <= most


def _of_phase(code):
    found = selectors.gap_map("ontwikkelpunt", "phase")
    return sum(line.count for row in found.cells for line in row if line.column.code == code)


def _publish_another():
    make_lesson(
        ontwikkelpunt=Ontwikkelpunt.objects.get(code="eenvoud"),
        phases=[Phase.objects.get(code="borging")],
    )


def _withdraw_one():
    lesson = LessonPage.objects.filter(live=True, phases__code="borging").first()
    withdraw(lesson, reason="other", explanation="Fout.")


def _hide_one():
    lesson = LessonPage.objects.filter(live=True, phases__code="borging").first()
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")


def _tag_one_otherwise():
    lesson = LessonPage.objects.filter(live=True, phases__code="borging").first()
    lesson.phases = [Phase.objects.get(code="uitvoering")]
    lesson.save_revision().publish()


def _cut_a_link():
    lesson = LessonPage.objects.filter(live=True, phases__code="borging").first()
    LessonPage.phases.through.objects.filter(lessonpage=lesson).delete()


@pytest.mark.parametrize(
    ("change", "more"),
    [
        (_publish_another, 1),
        (_withdraw_one, -1),
        (_hide_one, -1),
        (_tag_one_otherwise, -1),
        (_cut_a_link, -1),
    ],
)
def test_a_map_that_was_asked_before_is_never_behind(lessons, change, more):
    _publish_another()
    before = _of_phase("borging")
    change()

    assert _of_phase("borging") == before + more


def test_a_merge_counts_at_once_in_a_map_that_was_asked_before(lessons):
    before = _of_phase("uitvoering"), _of_phase("borging")
    Phase.objects.filter(code="borging").update(
        replaced_by=Phase.objects.get(code="uitvoering"), is_retired=True
    )

    assert (_of_phase("uitvoering"), _of_phase("borging")) == (sum(before), 0)


def test_lessons_are_not_read_again_while_nothing_changed(lessons):
    first = selectors.gap_map("ontwikkelpunt", "phase")
    with CaptureQueriesContext(connection) as again:
        second = selectors.gap_map("ontwikkelpunt", "phase")

    assert second is first
    assert not any("GROUP_CONCAT" in query["sql"] for query in again.captured_queries)


@pytest.mark.parametrize(
    ("arguments", "code", "place", "accepted"),
    [
        ({"rows": "prijs"}, "UNKNOWN_AXIS", "rows", GAP_AXES),
        ({"columns": "gemeente"}, "UNKNOWN_AXIS", "columns", GAP_AXES),
        (
            {"rows": "phase"},
            "SAME_AXIS",
            "columns",
            tuple(axis for axis in GAP_AXES if axis != "phase"),
        ),
        ({"filters": {"phase": ("borging",)}}, "CONFLICTING_FILTER", "filter.phase", ()),
        (
            {"rows": "sizeClass", "filters": {"gemeente": ("GM1690",)}},
            "CONFLICTING_FILTER",
            "filter.gemeente",
            (),
        ),
        ({"filters": {"jeugdregio": ("JZ99",)}}, "UNKNOWN_TERM", "filter.jeugdregio", None),
    ],
)
def test_a_question_with_a_fault_says_what_is_accepted(lessons, arguments, code, place, accepted):
    with pytest.raises(InvalidGapMap) as raised:
        selectors.gap_map(**arguments)

    fault = raised.value
    assert (fault.code, fault.place) == (code, place)
    assert fault.accepted == (accepted if accepted is not None else ("JZ04", "JZ01"))


def test_an_axis_without_terms_gives_a_map_without_cells(lessons):
    found = selectors.gap_map("situation", "phase")

    assert (found.cells, found.gaps) == ((), ())
    assert (found.total, found.unplaced) == (3, 3)


def test_every_axis_but_the_size_class_is_a_facet():
    assert set(GAP_AXES) - set(FACETS) == {"sizeClass"}
    assert Situation.vocabulary in GAP_AXES
