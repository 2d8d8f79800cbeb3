"""Whatever is asked, in whatever form: an answer or a clear refusal, and never an exception.

A few hundred cases run with every test; ``make test-fuzz`` asks for very many more.
"""

from __future__ import annotations

import base64
import json
import logging
import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from lessons.models import FamilyForm, Phase
from lessons.selectors import FACETS
from search import service
from search.parameters import ORDER_WORDS
from search.service import LessonOrder, LessonQuery, LessonResults, QueryError
from tests.factories import make_gemeente, make_lesson, make_term

CASES = int(os.environ.get("TEST_CASES", "60"))

pytestmark = pytest.mark.django_db

fuzzed = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

WORDS = st.sampled_from(
    [
        "pleegzorg",
        "gezin",
        "wachtlijst",
        "het",
        "18+",
        "'s",
        "café",
        "uit huis plaatsing",
        "pleegzrog",
    ]
)
SIGNS = st.text(alphabet="\"-+*:/\\()[]{}^~ '’&|!?<>%;,.\0\n\t", max_size=12)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(WORDS, SIGNS), max_size=12).map(" ".join),
    st.text(min_size=380, max_size=430),
    st.sampled_from(
        ["a" * 400, "é" * 400, "-" * 400, '"' * 399, "pleeg " * 66, "\ud800", "🙂" * 50]
    ),
)
CODES = st.one_of(
    st.sampled_from(["uitvoering", "pleeggezin", "GM0014", "JZ01", "lesson", "local", ""]),
    st.text(max_size=20),
)
FILTERS = st.dictionaries(
    st.one_of(st.sampled_from(FACETS), st.text(max_size=10)),
    st.lists(CODES, max_size=3).map(tuple),
    max_size=3,
)
YEARS = st.one_of(st.none(), st.integers(1990, 2030), st.integers(-(2**70), 2**70))
CURSORS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.tuples(
        st.one_of(st.sampled_from([order.value for order in LessonOrder]), st.text(max_size=5)),
        st.one_of(st.floats(), st.integers(), st.text(max_size=30), st.none()),
        st.integers(-5, 2**40),
        st.integers(-5, 2**40),
    ).map(lambda parts: base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")),
)
QUERIES = st.builds(
    LessonQuery,
    text=TEXTS,
    filters=FILTERS,
    period_from=YEARS,
    period_to=YEARS,
    order=st.sampled_from([order for order in LessonOrder if order is not LessonOrder.NEAREST]),
    first=st.one_of(st.integers(1, 100), st.integers(-(2**40), 2**40)),
    after=CURSORS,
    facets=st.one_of(st.just(FACETS), st.lists(st.sampled_from(FACETS), max_size=4).map(tuple)),
    with_highlights=st.booleans(),
)


@pytest.fixture
def lessons() -> None:
    """Make a few lessons with terms and places, and the index."""
    phase = make_term(Phase, "uitvoering")
    form = make_term(FamilyForm, "pleeggezin", "Pleeggezin")
    for title in ("Pleegzorg bij het gezin", "Wachtlijst voor 18+", "Café voor pleegouders"):
        make_lesson(title=title, phases=[phase], family_forms=[form], gemeenten=[make_gemeente()])
    service.rebuild()


@pytest.fixture(autouse=True)
def no_exception_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail when anything was logged as an error, by structlog or by Python's own logging."""
    with capture_logs() as logs:
        yield
    wrong: list[Any] = [entry for entry in logs if entry["log_level"] in {"error", "critical"}]
    wrong += [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert wrong == []


def refused_or(ask: Callable[..., Any], *arguments: Any) -> Any:
    """Return the answer, or the refusal of a question with a fault."""
    try:
        return ask(*arguments)
    except QueryError as refusal:
        return refusal


def test_the_service_answers_or_refuses_any_query(lessons):
    @fuzzed
    @given(query=QUERIES)
    def ask(query):
        answer = refused_or(service.search, query)
        if isinstance(answer, LessonResults):
            assert len(answer.hits) <= min(query.first, answer.total)
            assert answer.notices == () or answer.way_out is not None
        else:
            assert all((answer.code, answer.place, answer.message))

    ask()


def test_suggestions_answer_any_text(lessons):
    @fuzzed
    @given(text=TEXTS, first=st.integers(-3, 25))
    def ask(text, first):
        answer = refused_or(service.suggest, text, first)
        if isinstance(answer, QueryError):
            assert answer.code in {"PAGE_SIZE", "TEXT_TOO_LONG"}
        else:
            assert len(answer) <= first

    ask()


GRAPHQL = """
query ($query: String, $phase: [String!], $order: LessonOrder, $first: Int, $after: String,
       $from: Int, $text: String!, $number: Int) {
  lessons(query: $query, orderBy: $order, first: $first, after: $after,
          filter: {phase: $phase, period: {fromYear: $from}}) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor highlights { field html } node { title } }
    facets { vocabulary terms { code count } }
    notices
    suggestion
  }
  suggestions(text: $text, first: $number) { kind code label foundBy url }
}
"""


def test_graphql_answers_any_variables(lessons):
    client = Client(raise_request_exception=True)
    anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, CODES)

    @fuzzed
    @given(
        query=st.one_of(TEXTS, anything),
        phase=st.one_of(st.lists(CODES, max_size=3), anything),
        order=st.one_of(st.sampled_from(["RELEVANCE", "NEWEST", "TITLE", "ADOPTED"]), anything),
        first=st.one_of(st.integers(1, 100), anything),
        after=st.one_of(CURSORS, anything),
        year=st.one_of(YEARS, anything),
        number=st.one_of(st.integers(1, 20), anything),
    )
    def ask(query, phase, order, first, after, year, number):
        variables = {
            "query": query, "phase": phase, "order": order, "first": first, "after": after,
            "from": year, "text": query, "number": number,
        }  # fmt: skip
        body = json.dumps({"query": GRAPHQL, "variables": variables})
        response = client.post("/graphql/", body, content_type="application/json")

        assert response.status_code in {200, 400}
        answer = response.json()
        assert "errors" in answer or answer["data"]["lessons"]["totalCount"] >= 0
        codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
        assert "INTERNAL" not in codes
        assert "INTERNAL_SERVER_ERROR" not in codes

    ask()


PARAMETERS = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from([*FACETS, "q", "van", "tot", "sorteer", "na", "vanuit"]),
            st.text(max_size=8),
        ),
        st.one_of(TEXTS, CODES, st.sampled_from([*ORDER_WORDS, "2024"])),
    ),
    max_size=5,
)


@pytest.mark.parametrize("address", ["/zoeken/", "/zoeken/suggesties/"])
def test_pages_answer_any_parameters(lessons, address):
    client = Client(raise_request_exception=True)

    @fuzzed
    @given(parameters=PARAMETERS)
    def ask(parameters):
        asked = urlencode(
            [(name, value.encode("utf-8", "surrogatepass")) for name, value in parameters],
            encoding="utf-8",
            errors="surrogatepass",
        )
        assert client.get(f"{address}?{asked}").status_code in {200, 400}

    ask()
