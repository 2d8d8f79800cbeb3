"""Plain records are read at once; the answer is the one that graphql-core gives by itself."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import ExecutionContext, execute_sync, parse

from frontend_api.graphql.answering import Execution
from frontend_api.graphql.context import RequestContext
from frontend_api.graphql.plain_fields import PlainFieldsContext
from frontend_api.graphql.schema import schema
from lessons.models import Gemeente, Jeugdregio
from search.service import LessonQuery, search
from tests.factories import make_gemeente, make_lesson, make_pilot

pytestmark = pytest.mark.django_db

QUESTIONS = [
    # Plain lists in lists, an alias, a fragment, a field asked twice, the name of a type.
    """{ lessons { facets { vocabulary label terms { code naam: label count ...more } }
         nodes { title phases { code label } ontwikkelpunt { __typename code } } } }
       fragment more on FacetTerm { code count }""",
    # Known by reference beside a lesson: the rest is read from the tables of the request.
    "{ lessons { nodes { jeugdregio { code name url } gemeenten { code name provincie } } } }",
    "{ lessons { nodes { partners { role roleLabel partner { code definition } } } } }",
    # Null where nothing is known, and a choice as its name.
    """{ lessons { nodes { kind period { fromYear toYear note }
         sources { title page publisher } } } }""",
    "{ ontwikkelpunten { code label definition alternativeLabels replacedBy { code } } }",
    "{ gemeenten { code name } jeugdregios { code gemeenten { name } } pilots { title slug } }",
    # Records in records in lists: all on the card at once, and with one field that is not there.
    """{ lessons(query: "plaats") { pageInfo { hasNextPage endCursor } edges { cursor pinned
         highlights { field html } comparison { band }
         node { __typename uuid title jeugdregio { code } pilot { title slug }
                partners { role partner { __typename code } } period { fromYear } } } } }""",
    "{ lessons { edges { node { title pilot { slug } licence { code } worksIf } } } }",
    """{ lessons(viewpoint: {place: "GM0014"}) { edges { comparison { similarity band
         place { code } reasons { __typename text } } } viewpoint { name } } }""",
]


def answered(question: str, way: type[ExecutionContext]) -> tuple[Any, Any]:
    result = execute_sync(
        schema.graphql_schema,
        parse(question),
        context_value=RequestContext(deadline=float("inf")),
        execution_context_class=way,
    )
    return result.data, result.errors


class Usual(ExecutionContext):
    """Carries a question out as graphql-core does."""


@pytest.fixture
def lessons(db: None) -> None:
    pilot = make_pilot()
    make_lesson(pilot=pilot, gemeenten=[make_gemeente(), make_gemeente("GM0106", "Assen")])
    make_lesson(title="Zonder plaats", period_note="")
    search(LessonQuery())


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_the_same_as_field_by_field(lessons: None, question: str) -> None:
    data, errors = answered(question, Usual)

    assert (errors, answered(question, Execution)) == (None, (data, None))


def test_a_list_of_plain_records_is_read_at_once(
    lessons: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def execute_field(self: Any, parent_type: Any, *arguments: Any) -> Any:
        asked.append(parent_type.name)
        return ExecutionContext.execute_field(self, parent_type, *arguments)

    monkeypatch.setattr(PlainFieldsContext, "execute_field", execute_field, raising=False)

    data, _errors = answered("{ gemeenten { code name } }", PlainFieldsContext)

    assert [each["code"] for each in data["gemeenten"]] == ["GM0106", "GM0014"]
    assert asked == ["Query"]

    asked.clear()
    answered(
        "{ lessons { edges { node { title partners { role partner { label } } } } } }",
        PlainFieldsContext,
    )

    assert asked == ["Query", "LessonConnection"]


def test_a_value_that_is_promised_and_missing_is_the_same_error(lessons: None) -> None:
    class Lost:
        code = None
        name = "Groningen"

    field = schema.graphql_schema.query_type.fields["gemeenten"]
    usual, field.resolve = field.resolve, lambda *_given: [Lost()]
    try:
        slow, fast = (answered("{ gemeenten { code name } }", way) for way in (Usual, Execution))
    finally:
        field.resolve = usual

    assert Gemeente.objects.exists()
    assert Jeugdregio.objects.exists()
    assert fast[0] == slow[0]
    assert [error.message for error in fast[1]] == [error.message for error in slow[1]]
    assert [error.path for error in fast[1]] == [["gemeenten", 0, "code"]]
