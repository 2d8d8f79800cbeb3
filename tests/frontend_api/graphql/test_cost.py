"""What a question may cost: linear in its pages, said with each answer, bounded."""

import re

import pytest
from django.test import Client
from graphql import GraphQLList, GraphQLNonNull, GraphQLObjectType, get_named_type, is_leaf_type

from cms.settings.environment import PROJECT_DIR
from frontend_api.graphql import limits
from frontend_api.graphql.answering import checked_question
from frontend_api.graphql.graphiql import example_queries
from frontend_api.graphql.limits.costs import PAGES, SIZES, USUAL_SIZE
from frontend_api.graphql.schema import schema
from tests.frontend_api.graphql.asking import post
from tests.frontend_api.graphql.questions import CARD_FIELDS, EVERYTHING

FIGURE = "figures { name value }"


def cost(query, **variables):
    return checked_question(query).cost.total(variables)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ __typename }", 1),
        ("{ lessons { totalCount } }", 2),
        ("{ lessons { nodes { title core } } }", 2 + 20 * 2),
        ("{ lessons(first: 7) { nodes { title core } } }", 2 + 7 * 2),
        ("{ lessons(first: 7) { edges { cursor node { title } } } }", 2 + 7 * 3),
        ("{ lessons(first: 7) { nodes { phases { code } } } }", 2 + 7 * (1 + USUAL_SIZE)),
        ("{ lessons(first: 7) { nodes { worksIf } } }", 2 + 7),
        ("{ a: lessons(first: 2) { nodes { uri } } b: lessons { nodes { uri } } }", 4 + 2 + 20),
        ("{ lessons(first: 3) { ...C } } fragment C on LessonConnection { nodes { uri } }", 2 + 3),
        ("{ lessons(first: 3) { nodes { ...L ...L } } } fragment L on Lesson { uri }", 2 + 3 * 2),
        ("{ gemeenten { name } }", 1 + SIZES["Query.gemeenten"]),
        ('{ term(vocabulary: "phase", code: "x") { lessons { nodes { uri } } } }', 3 + 20),
        ('{ relatedLessons(uuid: "x", first: 3) { title } }', 1 + 3),
        ('{ suggestions(text: "x") { label } }', 1 + 8),
        ('{ lessonsByUuid(uuids: ["a", "b", "c"]) { uuid uri } }', 1 + 3 * 2),
        ("{ changes { nodes { uuid } } }", 2 + 100),
        ("{ lessons(first: 1000000) { nodes { uri } } }", 2 + 100),
        ("{ lessons(first: -5) { nodes { uri } } }", 2 + 1),
        ("{ __schema { types { name } } }", limits.INTROSPECTION_COST),
    ],
)
def test_a_field_counts_once_for_each_item_that_may_be_given(query, expected):
    assert cost(query) == expected


def test_a_variable_counts_with_its_value_its_default_or_that_of_the_field():
    plain = "query Q($n: Int) { lessons(first: $n) { nodes { uri } } }"
    assert [cost(plain), cost(plain, n=None), cost(plain, n=3)] == [22, 22, 5]
    assert [cost(plain, n=1_000), cost(plain, n=0), cost(plain, n="x")] == [102, 3, 22]
    own = "query Q($n: Int = 4) { lessons(first: $n) { nodes { uri } } }"
    assert [cost(own), cost(own, n=3)] == [6, 5]
    several = "query Q($u: [ID!]!) { lessonsByUuid(uuids: $u) { uuid } }"
    assert [cost(several, u=["a", "b"]), cost(several)] == [3, 101]


def test_every_documented_question_and_the_largest_pages_are_within_the_budget():
    documented = [*example_queries()]
    for document in (PROJECT_DIR / "docs").glob("*.md"):
        documented += re.findall(r"^```graphql\n(.*?)^```", document.read_text(), re.M | re.S)
    assert len(documented) >= 8
    for query in documented:
        assert checked_question(query).cost.largest() <= limits.BUDGET, query
    for fields in (CARD_FIELDS, EVERYTHING):
        for field in ("nodes", "edges"):
            shown = f"node {{ {fields} }}" if field == "edges" else fields
            query = f"{{ lessons(first: 100) {{ totalCount {field} {{ {shown} }} }} }}"
            assert cost(query) <= limits.BUDGET
    assert cost(f"{{ gemeenten {{ code name {FIGURE} }} }}") <= limits.BUDGET
    assert cost(f"{{ jeugdregios {{ gemeenten {{ code name {FIGURE} }} }} }}") <= limits.BUDGET


@pytest.mark.django_db
def test_an_answer_says_what_it_cost():
    expected = {"cost": {"requested": 9, "budget": limits.BUDGET}}
    query = "query Q($n: Int) { lessons(first: $n) { nodes { uri } } }"
    assert post(query, n=7).json()["extensions"] == expected
    asked = {"query": query, "variables": '{"n": 7}'}
    for _time in ("made", "kept"):
        assert Client().get("/graphql/", asked).json()["extensions"] == expected


@pytest.mark.django_db
def test_a_question_above_the_budget_is_refused_with_what_it_costs():
    query = f"query Q($n: Int) {{ {'a: lessons(first: $n) {'} nodes {{ {EVERYTHING} }} }} b: " + (
        f"lessons(first: $n) {{ nodes {{ {CARD_FIELDS} {EVERYTHING.replace('uuid', '')} }} }} }}"
    )
    if len(query) > 4000:
        query = " ".join(query.split())
    small, large = post(query, n=2), post(query, n=100)

    assert small.status_code == 200
    requested = large.json()["extensions"]["cost"]["requested"]
    assert requested > limits.BUDGET
    assert large.status_code == 400
    assert "data" not in large.json()
    (error,) = large.json()["errors"]
    assert error["extensions"] == {"code": "TOO_COSTLY", "place": "query"}
    assert error["message"] == (
        f"Deze vraag is te duur: zij kost {requested}, en het mag {limits.BUDGET} zijn. "
        "Vraag minder velden, of met first een kortere bladzijde."
    )


def lists_of_objects():
    """Yield ``Type.field``, its definition and its type of every list of objects, and page."""
    for name, target in schema.graphql_schema.type_map.items():
        if isinstance(target, GraphQLObjectType) and not name.startswith("__"):
            for field, definition in target.fields.items():
                shape = definition.type
                shape = shape.of_type if isinstance(shape, GraphQLNonNull) else shape
                shown = get_named_type(shape)
                if not is_leaf_type(shown):
                    is_list = isinstance(shape, GraphQLList)
                    yield f"{name}.{field}", definition, shown.name, is_list


def test_every_page_is_known_with_the_default_that_its_description_names():
    paged = [(d, shown) for _n, d, shown, _l in lists_of_objects() if "first" in d.args]
    assert {shown for _definition, shown in paged} == set(PAGES)
    for definition, shown in paged:
        usual, most = PAGES[shown]
        described = definition.args["first"].description
        assert f"1 to {most}; {usual} when left out." in described


def test_sizes_are_of_lists_that_there_are_and_stand_in_the_document():
    without_first = {
        n
        for n, d, _s, is_list in lists_of_objects()
        if is_list and not d.args.keys() & {"first", "uuids"}
    }
    assert set(SIZES) <= without_first
    text = (PROJECT_DIR / "docs" / "api-access.md").read_text()
    rows = re.findall(r"^\| `(\w+\.\w+)` \| ([\d,]+) \|$", text, re.M)
    assert {name: int(size.replace(",", "")) for name, size in rows} == dict(SIZES)
    assert f"{limits.BUDGET:,}" in text
