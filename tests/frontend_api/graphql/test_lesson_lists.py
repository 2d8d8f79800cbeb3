import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontend_api.graphql import lesson_lists
from lessons import selectors
from lessons.models import FamilyForm, Ontwikkelpunt, Phase
from lessons.withdrawing import withdraw
from search import query_log, service
from search.models import Pin, PinnedQuery, QueryCount
from tests.factories import (
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
)
from tests.frontend_api.graphql.asking import ask, error_of
from tests.frontend_api.graphql.questions import CARD_FIELDS, EVERYTHING

pytestmark = pytest.mark.django_db


def titles(arguments):
    """Return the titles of a list, in its order."""
    return [
        node["title"]
        for node in ask(f"{{ lessons{arguments} {{ nodes {{ title }} }} }}")["lessons"]["nodes"]
    ]


def full_lessons(number):
    """Make lessons with each of the relations that a card shows."""
    for _ in range(number):
        make_lesson(
            gemeenten=[make_gemeente("GM0014", "Groningen"), make_gemeente("GM0037", "Stad")],
            family_forms=[make_term(FamilyForm, "gezinshuis")],
            other_ontwikkelpunten=[make_term(Ontwikkelpunt, "eenvoud")],
            works_if=[("condition", "Er is tijd.")],
        )
    service.rebuild()


def queries_for(question):
    """Return the number of SQL queries that an answer takes."""
    with CaptureQueriesContext(connection) as captured:
        ask(question)
    return len(captured)


def test_a_list_of_twenty_with_all_of_their_cards_asks_no_sql_per_lesson():
    question = "{ lessons(first: NUMBER) { totalCount nodes {" + CARD_FIELDS + "} } }"
    full_lessons(20)

    for number in ("2", "20"):
        assert len(ask(question.replace("NUMBER", number))["lessons"]["nodes"]) == int(number)
        assert queries_for(question.replace("NUMBER", number)) == 1


def test_a_text_filters_and_all_facets_take_one_query_or_six_after_a_change():
    full_lessons(3)
    ask('{ lessons(query: "gezin") { totalCount } }')  # reads the words, once after a change
    question = """{
        lessons(query: "gezin", filter: {phase: ["uitvoering"], gemeente: ["GM0014"]}) {
            edges { highlights { field html } node { FIELDS } }
            facets { vocabulary terms { code label count } }
        }
    }"""

    assert queries_for(question.replace("FIELDS", CARD_FIELDS)) <= 6
    assert queries_for(question.replace("FIELDS", CARD_FIELDS)) == 1


def test_details_of_a_list_are_read_for_all_lessons_at_once():
    question = "{ lessons { nodes {" + EVERYTHING + "} } }"
    full_lessons(2)
    for_two = queries_for(question)
    full_lessons(8)

    nodes = ask(question)["lessons"]["nodes"]

    assert [node["worksIf"] for node in nodes] == [["Er is tijd."]] * 10
    assert queries_for(question) == for_two <= 13


def test_a_field_under_a_reference_adds_the_same_queries_for_any_number_of_lessons():
    question = """{ lessons { nodes {
        phases { definition } gemeenten { provincie jeugdregio { name gemeenten { name } } }
    } } }"""
    full_lessons(2)
    for_two = queries_for(question)
    full_lessons(8)

    assert queries_for(question) == for_two == 6


def test_filters_are_alternatives_within_a_field_and_narrow_between_fields():
    borging = make_term(Phase, "borging")
    make_lesson(title="Les A", kind="obstacle")
    make_lesson(title="Les B", kind="dead_end", phases=[borging])
    make_lesson(title="Les C", kind="lesson", phases=[borging])

    assert titles("(filter: {kind: [OBSTACLE, DEAD_END]}, orderBy: TITLE)") == ["Les A", "Les B"]
    assert titles('(filter: {kind: [OBSTACLE, DEAD_END], phase: ["borging"]})') == ["Les B"]
    assert titles('(filter: {phase: "borging"}, orderBy: TITLE)') == ["Les B", "Les C"]
    assert titles("(filter: {kind: []}, orderBy: TITLE)") == ["Les A", "Les B", "Les C"]
    assert titles("(filter: null, orderBy: TITLE)") == ["Les A", "Les B", "Les C"]


def test_every_filter_field_reaches_the_search():
    flevoland = make_jeugdregio("JZ08", "Flevoland")
    almere = make_gemeente("GM0034", "Almere", flevoland)
    make_lesson(title="Elders")
    make_lesson(
        make_section(flevoland),
        title="Hier",
        kind="approach",
        scope="local",
        ontwikkelpunt=make_term(Ontwikkelpunt, "eenvoud"),
        phases=[make_term(Phase, "borging")],
        family_forms=[make_term(FamilyForm, "gezinshuis")],
        gemeenten=[almere],
        pilot=make_pilot("pilot-flevoland", title="Pilot Flevoland"),
        period_from=2010,
        period_to=2012,
    )

    for condition in (
        'ontwikkelpunt: ["eenvoud"]',
        'phase: ["borging"]',
        'familyForm: ["gezinshuis"]',
        "kind: [APPROACH]",
        "scope: [LOCAL]",
        'jeugdregio: ["JZ08"]',
        'gemeente: ["GM0034"]',
        'pilot: ["pilot-flevoland"]',
        "period: {fromYear: 2011, toYear: 2011}",
        "period: {toYear: 2015}",
    ):
        assert titles(f"(filter: {{{condition}}})") == ["Hier"], condition
    assert set(lesson_lists.LessonFilter._meta.fields) == {
        *(lesson_lists._field_name(facet) for facet in selectors.FACETS),
        "period",
        "comparability",
    }


def test_pages_follow_each_other_without_gap_or_repeat():
    for letter in "EDCBA":
        make_lesson(title=f"Les {letter}")
    question = """query($after: String) { lessons(orderBy: TITLE, first: 2, after: $after) {
        totalCount nodes { title } edges { cursor } pageInfo { hasNextPage endCursor }
    } }"""

    seen, after, more = [], None, True
    while more:
        page = ask(question, after=after)["lessons"]
        seen += [node["title"] for node in page["nodes"]]
        assert page["totalCount"] == 5
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    assert seen == ["Les A", "Les B", "Les C", "Les D", "Les E"]


def test_an_empty_list_has_no_cursor():
    found = ask("{ lessons { totalCount nodes { title } pageInfo { hasNextPage endCursor } } }")
    assert found["lessons"] == {
        "totalCount": 0,
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
    }


def test_highlights_show_what_was_found():
    make_lesson(title="Zoek een gezinshuis dichtbij")
    found = ask(
        '{ lessons(query: "gezinshuis") { edges { highlights { field html } node { title } } } }'
    )["lessons"]["edges"]
    assert found[0]["highlights"][0] == {
        "field": "title",
        "html": "Zoek een <mark>gezinshuis</mark> dichtbij",
    }


def test_facets_ignore_their_own_filter_and_come_as_asked():
    make_lesson(kind="obstacle")
    make_lesson(kind="dead_end")
    found = ask(
        """{ lessons(filter: {kind: [OBSTACLE]}) {
            facets(only: [KIND]) { vocabulary label terms { code count } }
            more: facets(only: [SCOPE]) { vocabulary terms { code count } }
        } }"""
    )["lessons"]
    assert found["facets"] == [
        {
            "vocabulary": "KIND",
            "label": "Soort les",
            "terms": [{"code": "obstacle", "count": 1}, {"code": "dead_end", "count": 1}],
        }
    ]
    assert found["more"] == [{"vocabulary": "SCOPE", "terms": [{"code": "regional", "count": 1}]}]


def test_all_facets_come_when_none_is_named():
    make_lesson()
    found = ask("{ lessons { ...F } } fragment F on LessonConnection { facets { vocabulary } }")
    assert [facet["vocabulary"] for facet in found["lessons"]["facets"]] == [
        "ONTWIKKELPUNT",
        "PHASE",
        "PARTNER",
        "FAMILY_FORM",
        "SITUATION",
        "AUDIENCE",
        "EVIDENCE_LEVEL",
        "KIND",
        "SCOPE",
        "JEUGDREGIO",
        "GEMEENTE",
        "PILOT",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "place"),
    [
        ("(first: 0)", "PAGE_SIZE", "first"),
        ("(first: -1)", "PAGE_SIZE", "first"),
        ("(first: 101)", "PAGE_SIZE", "first"),
        ("(first: 2147483647)", "PAGE_SIZE", "first"),
        ('(after: "geen cursor")', "INVALID_CURSOR", "after"),
        ('(after: "")', "INVALID_CURSOR", "after"),
        ("(filter: {period: {fromYear: 2020, toYear: 2010}})", "INVALID_PERIOD", "filter.period"),
        (f'(query: "{"x" * 401}")', "TEXT_TOO_LONG", "query"),
    ],
)
def test_an_argument_that_cannot_be_is_an_error(arguments, code, place):
    error = error_of(f"{{ lessons{arguments} {{ totalCount }} }}")
    assert (error["code"], error["place"]) == (code, place)


def test_an_unknown_term_is_an_error_that_lists_those_accepted():
    make_lesson()
    error = error_of('{ lessons(filter: {phase: ["vroeger"]}) { totalCount } }')
    assert error == {
        "message": "‘vroeger’ komt niet voor in phase.",
        "code": "UNKNOWN_TERM",
        "place": "filter.phase",
        "accepted": ["uitvoering"],
    }


def test_an_unknown_enum_value_is_refused_by_the_schema():
    error = error_of("{ lessons(filter: {kind: [WRONG]}) { totalCount } }")
    assert (error["code"], error["place"]) == ("INVALID_QUERY", "query:1:27")


def test_lessons_below_a_term_a_place_or_a_pilot_are_its_own():
    make_lesson(title="Elders", ontwikkelpunt=make_term(Ontwikkelpunt, "eenvoud"))
    make_lesson(
        title="Hier",
        phases=[make_term(Phase, "borging")],
        gemeenten=[make_gemeente("GM0037", "Stadskanaal")],
        pilot=make_pilot("pilot-x"),
    )
    found = ask(
        """{
            term(vocabulary: "phase", code: "borging") { lessons { nodes { title } } }
            gemeente(code: "GM0037") { lessons(first: 1) { nodes { title } } }
            pilot(slug: "pilot-x") { lessons { nodes { title } } }
            jeugdregio(code: "JZ01") {
                lessons(filter: {ontwikkelpunt: ["eenvoud"]}) { nodes { title } }
            }
        }"""
    )
    assert {name: value["lessons"]["nodes"] for name, value in found.items()} == {
        "term": [{"title": "Hier"}],
        "gemeente": [{"title": "Hier"}],
        "pilot": [{"title": "Hier"}],
        "jeugdregio": [{"title": "Elders"}],
    }


def test_a_list_below_a_place_cannot_be_filtered_by_another_place_of_its_kind():
    make_gemeente()
    error = error_of(
        '{ gemeente(code: "GM0014") { lessons(filter: {gemeente: ["GM0037"]}) { totalCount } } }'
    )
    assert (error["code"], error["place"]) == ("CONFLICTING_FILTER", "filter.gemeente")


def test_a_withdrawn_lesson_leaves_every_list():
    lesson = make_lesson(title="Weg")
    make_lesson(title="Blijft")
    assert titles("(orderBy: TITLE)") == ["Blijft", "Weg"]

    withdraw(lesson, reason="incorrect")

    assert titles("") == ["Blijft"]


def test_a_pinned_lesson_leads_and_says_so():
    make_lesson(title="Xylofoon")
    question = PinnedQuery.objects.create(wordings="xylofoon")
    Pin.objects.create(question=question, lesson=make_lesson(title="Vast"), reason="Kernles")

    found = ask('{ lessons(query: "xylofoon") { totalCount edges { pinned node { title } } } }')

    assert found["lessons"] == {
        "totalCount": 2,
        "edges": [
            {"pinned": True, "node": {"title": "Vast"}},
            {"pinned": False, "node": {"title": "Xylofoon"}},
        ],
    }


def test_what_is_asked_in_words_is_counted_without_who_asked():
    query_log.write()
    QueryCount.objects.all().delete()

    for _number in range(3):
        ask('{ lessons(query: "xylofoon") { totalCount } }')
    ask("{ lessons { totalCount } }")

    query_log.write()

    assert [str(count) for count in QueryCount.objects.all()] == [
        f"{timezone.localdate()}: xylofoon (3)"
    ]
