import json

import pytest
from django.test import Client

from frontend_api.graphql import limits
from tests.frontend_api.graphql.asking import post

pytestmark = pytest.mark.django_db

QUESTION = "{ __typename }"


def send(body, content_type="application/json", **headers):
    return Client().post("/graphql/", body, content_type=content_type, headers=headers)


def the_error(response):
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["code"], error["extensions"]["place"]


def test_a_question_in_json_is_answered():
    response = post(QUESTION)
    assert response.status_code == 200
    assert response.json() == {
        "data": {"__typename": "Query"},
        "extensions": {"cost": {"requested": 1, "budget": limits.BUDGET}},
    }
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_a_question_in_the_address_is_answered():
    question = "query Q($code: String!) { vocabulary(code: $code) { code } }"
    parameters = {"query": question, "variables": '{"code": "phase"}', "operationName": "Q"}
    response = Client().get("/graphql/", parameters)
    assert response.json()["data"] == {"vocabulary": {"code": "phase"}}


def test_the_newer_media_type_is_given_to_who_asks_for_it():
    response = send(json.dumps({"query": QUESTION}), accept="application/graphql-response+json")
    assert response["Content-Type"] == "application/graphql-response+json; charset=utf-8"


def test_an_answer_sets_no_cookie_and_needs_no_token():
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/graphql/", json.dumps({"query": QUESTION}), content_type="application/json"
    )
    assert response.status_code == 200
    assert not response.cookies
    assert response["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("{", "body"),
        (b"\xff\xfe", "body"),
        ("[" * 50_000, "body"),
    ],
)
def test_what_is_no_json_is_refused(body, place):
    assert the_error(send(body)) == (400, "INVALID_JSON", place)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([{"query": QUESTION}], "body"),
        ("query", "body"),
        ({}, "query"),
        ({"query": "  "}, "query"),
        ({"query": 3}, "query"),
        ({"query": QUESTION, "variables": [1]}, "variables"),
        ({"query": QUESTION, "operationName": 1}, "operationName"),
    ],
)
def test_json_of_another_shape_is_refused(body, place):
    assert the_error(send(json.dumps(body))) == (400, "INVALID_REQUEST", place)


def test_an_address_without_a_question_is_refused():
    assert the_error(Client().get("/graphql/")) == (400, "INVALID_REQUEST", "query")


def test_variables_in_the_address_that_are_no_json_are_refused():
    response = Client().get("/graphql/", {"query": QUESTION, "variables": "{"})
    assert the_error(response) == (400, "INVALID_JSON", "variables")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_another_body_type_is_refused(content_type):
    assert the_error(send("query={__typename}", content_type)) == (
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "Content-Type",
    )


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_method_is_refused(method):
    response = getattr(Client(), method)("/graphql/")
    assert the_error(response) == (405, "METHOD_NOT_ALLOWED", "method")
    assert response["Allow"] == "GET, POST, OPTIONS"


def test_a_body_that_is_too_large_is_refused():
    response = send(json.dumps({"query": QUESTION + " " * 100_000}))
    assert the_error(response) == (413, "REQUEST_TOO_LARGE", "body")


def test_a_question_with_a_typing_error_tells_where():
    response = post("{ lessons { totalCount }")
    assert the_error(response) == (400, "INVALID_QUERY", "query:1:25")
    assert "data" not in response.json()


def test_an_unknown_field_is_named_with_what_was_meant():
    response = post("{ lesons { totalCount } }")
    assert the_error(response) == (400, "INVALID_QUERY", "query:1:3")
    assert response.json()["errors"][0]["message"] == (
        "Cannot query field 'lesons' on type 'Query'. Did you mean 'lessons' or 'lesson'?"
    )


def test_a_variable_of_the_wrong_type_is_refused():
    response = post("query Q($first: Int) { lessons(first: $first) { totalCount } }", first="x")
    assert the_error(response) == (400, "INVALID_QUERY", "query:1:9")


def test_several_questions_need_the_name_of_one():
    document = "query A { __typename } query B { __typename }"
    assert the_error(post(document)) == (400, "OPERATION_NAME", "operationName")
    response = send(json.dumps({"query": document, "operationName": "B"}))
    assert response.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_there_is_nothing_to_change_or_to_follow(kind):
    assert the_error(post(kind + " { lessons }")) == (400, "READ_ONLY", "query")


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud800", "%", "'", "../x", "a" * 300])
def test_no_odd_text_breaks_a_lookup(odd):
    question = """query Q($text: String!, $slug: String) {
        gemeente(code: $text) { name } jeugdregio(code: $text) { name } pilot(slug: $text) { slug }
        term(vocabulary: $text, code: $text) { code } vocabulary(code: $text) { code }
        page(slug: $slug) { slug } lesson(slug: $slug) { uuid } gemeenten(search: $text) { name }
    }"""
    variables = f'{{"text": "{odd}", "slug": "{odd}"}}'
    body = f'{{"query": {json.dumps(question)}, "variables": {variables}}}'

    answer = send(body).json()

    faults = {(*error["path"], error["extensions"]["code"]) for error in answer["errors"]}
    assert faults == {("gemeente", "UNKNOWN_PLACE"), ("jeugdregio", "UNKNOWN_PLACE")}
    assert {name: value for name, value in answer["data"].items() if value} == {}


def test_odd_text_can_be_repeated_in_a_message():
    question = "query Q($text: String) { gemeenten(provincie: $text) { name } }"
    body = '{"query": ' + json.dumps(question) + ', "variables": {"text": "\\ud800"}}'
    assert the_error(send(body)) == (200, "UNKNOWN_TERM", "provincie")
