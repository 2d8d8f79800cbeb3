import pytest
import structlog
from graphql import GraphQLError

from frontend_api.graphql import errors
from lessons import selectors
from lessons.selectors import UnknownCode
from search.service import QueryError
from tests.frontend_api.graphql.asking import error_of, post

SECRET = "geheime titel van een concept"


def located(cause):
    """Return the error as graphql-core makes it of what a resolver raised."""
    return GraphQLError(str(cause), path=["lessons", 0, "title"], original_error=cause)


@pytest.mark.parametrize(
    "cause",
    [
        RuntimeError(SECRET),
        KeyError(SECRET),
        GraphQLError(SECRET),
        TypeError(f"Cannot return null for {SECRET}"),
    ],
)
def test_what_was_not_meant_for_outside_is_masked_and_logged(cause):
    with structlog.testing.capture_logs() as logs:
        answer = errors.formatted(located(cause))

    assert SECRET not in str(answer)
    assert answer["message"] == errors.MASKED_MESSAGE
    assert answer["extensions"] == {"code": "INTERNAL", "place": "lessons.0.title"}
    assert [(entry["event"], entry["path"], entry["exc_info"]) for entry in logs] == [
        ("graphql_field_failed", "lessons.0.title", cause)
    ]


def test_an_error_of_search_tells_code_place_and_what_is_accepted():
    answer = errors.formatted(
        located(QueryError("Kies een fase.", code="X", place="filter.phase", accepted=("a", "b")))
    )
    assert answer["message"] == "Kies een fase."
    assert answer["extensions"] == {"code": "X", "place": "filter.phase", "accepted": ["a", "b"]}


def test_a_long_list_of_accepted_codes_is_left_out():
    accepted = [str(number) for number in range(errors.MAX_ACCEPTED + 1)]
    answer = errors.formatted(located(UnknownCode("gemeente", "x", accepted)))
    assert answer["extensions"] == {"code": "UNKNOWN_TERM", "place": "filter.gemeente"}


@pytest.mark.django_db
def test_a_failing_field_leaves_the_rest_of_the_answer(monkeypatch):
    def fail(code):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(selectors, "gemeente", fail)

    response = post('{ gemeente(code: "GM0014") { name } vocabulary(code: "phase") { code } }')

    assert response.status_code == 200
    assert response.json()["data"] == {"gemeente": None, "vocabulary": {"code": "phase"}}
    assert SECRET not in response.content.decode()


@pytest.mark.django_db
def test_a_variable_left_without_a_value_is_the_partners_error():
    error = error_of(
        'query($code: String = "phase") { vocabulary(code: $code) { code } }', code=None
    )
    assert (error["code"], error["place"]) == ("INVALID_QUERY", "vocabulary")
