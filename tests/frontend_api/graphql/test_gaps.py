"""The gap map as partners ask for it."""

import pytest

from lessons.models import Ontwikkelpunt, Phase
from tests.factories import make_lesson, make_term
from tests.frontend_api.graphql.asking import ask, error_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons():
    """A lesson in the phase uitvoering, and a phase without lessons."""
    make_term(Ontwikkelpunt, "eenvoud", "Eenvoud", order=1)
    make_term(Phase, "borging", "Borging", order=200)
    make_lesson(kind="obstacle")
    make_lesson(published=False)


def test_cells_have_counts_evidence_and_kinds_and_gaps_are_listed(lessons):
    found = ask(
        """{ gapMap {
            total unplaced source
            rows { axis terms { code total } }
            columns { axis label terms { code label filterFacet filterCodes } }
            cells {
                row { code } column { code } count
                strongestEvidence { label }
                evidence { count level { code } }
                kinds { kind label count }
            }
            gaps { row { code } column { code } }
        } }"""
    )["gapMap"]

    assert (found["total"], found["unplaced"], found["source"]) == (1, 0, None)
    assert found["rows"]["axis"] == "ONTWIKKELPUNT"
    assert found["columns"]["terms"][1] == {
        "code": "borging",
        "label": "Borging",
        "filterFacet": "PHASE",
        "filterCodes": ["borging"],
    }
    assert [cell["count"] for cell in found["cells"]] == [0, 0, 1, 0]
    assert found["cells"][2]["strongestEvidence"] == {"label": "Eén ervaring"}
    assert found["cells"][2]["evidence"] == [{"count": 1, "level": {"code": "ervaring"}}]
    assert found["cells"][2]["kinds"] == [{"kind": "OBSTACLE", "label": "belemmering", "count": 1}]
    assert found["cells"][0]["strongestEvidence"] is None
    assert [(gap["row"]["code"], gap["column"]["code"]) for gap in found["gaps"]] == [
        ("eenvoud", "uitvoering"),
        ("eenvoud", "borging"),
        ("informele-steun", "borging"),
    ]


def test_other_axes_and_filters_can_be_chosen(lessons):
    query = """query ($filter: LessonFilter) {
        gapMap(rows: SIZE_CLASS, columns: KIND, filter: $filter) { total unplaced source }
    }"""

    assert ask(query, filter={"phase": ["uitvoering"], "period": {"fromYear": 2020}}) == {
        "gapMap": {
            "total": 1,
            "unplaced": 1,
            "source": "Grootteklassen van CBS, naar het aantal inwoners.",
        }
    }
    assert ask(query, filter={"period": {"toYear": 2019}})["gapMap"]["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "place"),
    [
        ("(rows: KIND, columns: KIND)", "SAME_AXIS", "columns"),
        ('(filter: {phase: ["borging"]})', "CONFLICTING_FILTER", "filter.phase"),
        ('(filter: {pilot: ["x"]})', "UNKNOWN_TERM", "filter.pilot"),
        ("(filter: {comparability: [VERY]})", "UNSUPPORTED_FILTER", "filter.comparability"),
    ],
)
def test_a_fault_says_where_it_is(lessons, arguments, code, place):
    error = error_of(f"{{ gapMap{arguments} {{ total }} }}")

    assert (error["code"], error["place"]) == (code, place)


def test_the_accepted_axes_are_named_as_the_schema_names_them(lessons):
    accepted = error_of("{ gapMap(rows: PHASE) { total } }")["accepted"]

    assert accepted[0] == "ONTWIKKELPUNT"
    assert accepted[-1] == "SIZE_CLASS"
    assert "PHASE" not in accepted


def test_only_a_few_maps_fit_in_one_request(lessons):
    query = "{ a: gapMap { total } b: gapMap { total } c: gapMap { total } }"

    assert error_of(query)["code"] == "TOO_MANY_GAP_MAPS"


def test_evidence_levels_are_shown_in_full_with_a_fixed_number_of_queries(
    lessons, django_assert_max_num_queries
):
    query = "{ gapMap { cells { strongestEvidence { label definition } } } }"
    ask(query)

    with django_assert_max_num_queries(5):
        ask(query)
