import time

import pytest
from graphql import get_introspection_query

from frontend_api.graphql import limits
from frontend_api.graphql.graphiql import example_queries
from tests.frontend_api.graphql.asking import ask, error_of, post

pytestmark = pytest.mark.django_db


def refusal(query):
    error = error_of(query)
    return error["code"], error["place"]


def chain(length, field="broader"):
    """Return a question that goes ``length`` levels deep."""
    return (
        '{ term(vocabulary: "phase", code: "x") '
        + f"{{ {field} " * (length - 2)
        + "{ code }"
        + " }" * (length - 1)
    )


def test_depth_is_limited():
    assert ask(chain(limits.MAX_DEPTH)) == {"term": None}
    assert refusal(chain(limits.MAX_DEPTH + 1)) == ("TOO_DEEP", "query")


def test_a_question_nested_beyond_reading_is_refused():
    error = error_of("{" + "a {" * 900)
    assert error["code"] in {"TOO_DEEP", "INVALID_QUERY"}


def test_aliases_are_limited():
    aliases = " ".join(f"a{number}: code" for number in range(limits.MAX_ALIASES + 1))
    assert refusal('{ vocabulary(code: "phase") {' + aliases + "} }") == (
        "TOO_MANY_ALIASES",
        "query",
    )


def test_root_fields_are_limited():
    fields = " ".join(f"a{number}: __typename" for number in range(limits.MAX_ROOT_FIELDS + 1))
    assert refusal(f"{{ {fields} }}") == ("TOO_MANY_ROOT_FIELDS", "query")
    assert refusal(f"{{ ...F }} fragment F on Query {{ {fields} }}") == (
        "TOO_MANY_ROOT_FIELDS",
        "query",
    )


def test_lists_of_lessons_are_limited():
    lists = " ".join(
        f"a{number}: lessons {{ totalCount }}" for number in range(limits.MAX_LESSON_LISTS + 1)
    )
    assert refusal(f"{{ {lists} }}") == ("TOO_MANY_LESSON_LISTS", "query")


@pytest.mark.parametrize(
    "query",
    [
        "{ gemeenten { lessons { totalCount } } }",
        "{ vocabularies { terms { lessons { totalCount } } } }",
        "{ pilots { ...F } } fragment F on Pilot { jeugdregio { lessons { totalCount } } }",
        "{ lessons { nodes { ontwikkelpunt { lessons { totalCount } } } } }",
        "{ jeugdregios { ... on Jeugdregio { lessons { totalCount } } } }",
    ],
)
def test_a_list_of_lessons_inside_a_list_is_refused(query):
    assert refusal(query) == ("NESTED_LESSON_LIST", "query:1")


def test_words_are_limited():
    response = post("{ " + "__typename " * limits.MAX_TOKENS + "}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "INVALID_QUERY"


def fragment_bomb(levels):
    """Return a short question whose fragments fill in to 2 ** levels fields."""
    fragments = " ".join(
        f"fragment F{n} on Term {{ a: broader {{ ...F{n + 1} }} b: broader {{ ...F{n + 1} }} }}"
        for n in range(levels)
    )
    return (
        '{ term(vocabulary: "phase", code: "x") { ...F0 } } '
        f"{fragments} fragment F{levels} on Term {{ code }}"
    )


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("fragments that double", fragment_bomb(60)),
        ("many equal fields", "{ " + "__typename " * limits.MAX_FIELDS + "}"),
        (
            "fragments in a circle",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        ),
        (
            "a chain of fragments",
            "{ ...F0 } "
            + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(400))
            + " fragment F400 on Query { __typename }",
        ),
        ("many directives", "{ __typename " + "@skip(if: false) " * 400 + "}"),
        (
            "deep introspection",
            "{ __schema { types { fields { type { fields { type { fields {"
            " type { fields { name } } } } } } } } } }",
        ),
    ],
)
def test_a_bomb_is_refused_at_once(name, query):
    ask("{ __typename }")
    start = time.process_time()
    response = post(query)
    taken = time.process_time() - start
    assert response.status_code == 400, name
    assert "data" not in response.json()
    assert taken < 1.0


def test_introspection_and_every_example_stay_within_the_limits():
    ask(get_introspection_query(descriptions=True, input_value_deprecation=True))
    for query in example_queries():
        assert post(query).status_code == 200
