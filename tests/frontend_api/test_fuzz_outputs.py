"""Whatever is asked of whichever output: no exception, nothing hidden, and errors in their form.

A few hundred requests run with every test; ``make test-fuzz-api`` asks 20,000.
"""

from __future__ import annotations

import json
import os
from collections import Counter

import pytest
from django.db import transaction
from django.test import Client, override_settings

from frontend_api.clients import keys
from frontend_api.graphql.answering import checked_question
from frontend_api.graphql.schema import schema
from frontend_api.models import PartnerClient, Scope
from tests.contract.canaries import SECRET, plant
from tests.frontend_api.fuzzing import Fuzzer
from tests.planting import rolled_back

REQUESTS = int(os.environ.get("TEST_REQUESTS", "150"))
FIRST = int(os.environ.get("TEST_FIRST", "0"))

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted_fuzzer(django_db_setup, django_db_blocker, tmp_path_factory):
    """Plant the secrets once."""
    index = tmp_path_factory.mktemp("index")
    with rolled_back(django_db_blocker), override_settings(SEARCH_INDEX_DIR=index):
        planted = plant()
        partner = PartnerClient.objects.create(
            name="Partner", organization="-", scopes=list(Scope.values)
        )
        answer = Client().post(
            "/graphql/",
            json.dumps(
                {"query": "{ lessons(first: 1) { pageInfo { endCursor } } changes { cursor } }"}
            ),
            content_type="application/json",
        ).json()["data"]  # fmt: skip
        names = [
            answer["lessons"]["pageInfo"]["endCursor"],
            answer["changes"]["cursor"],
            *(str(lesson.uuid) for lesson in (*planted.public, *planted.hidden)),
            *(f"http://testserver/id/les/{lesson.uuid}" for lesson in planted.hidden),
            *(lesson.slug for lesson in planted.public),
        ]
        yield Fuzzer(schema.graphql_schema, names, keys.issue(partner).text)


@pytest.fixture
def fuzzer(planted_fuzzer, db, settings):
    return planted_fuzzer


def sent(asked):
    headers = {name: value for name, value in asked.headers.items() if name != "Content-Type"}
    given = {"headers": headers}
    if asked.body is not None:
        given |= {"data": asked.body, "content_type": asked.headers["Content-Type"]}
    return Client().generic(asked.method, asked.address, **given)


def check(asked, response):
    """Assert what holds for every answer."""
    body = response.getvalue().decode()
    # What a feed asks is said by the feed, and chosen by who made it.
    shown = body.replace(f"q={SECRET}verlopen", "").replace("kanarie-pilot", "")
    assert SECRET not in shown
    assert response.status_code < 500 or (asked.address, response.status_code)[1] == 501
    if asked.is_graphql and response.status_code != 204 and body:
        check_graphql(json.loads(body), response.status_code)
    elif response.status_code in {400, 401, 403, 409, 413, 415} and asked.method != "HEAD":
        assert body.strip()
        if asked.address == "/feeds/":
            check_errors(json.loads(body)["errors"])


def check_graphql(answer, status):
    assert set(answer) <= {"data", "errors", "extensions"}
    assert ("data" in answer) == (status == 200 and "extensions" in answer)
    check_errors(answer.get("errors", []))
    assert status != 400 or answer["errors"]


def check_errors(errors):
    for error in errors:
        assert error["message"]
        assert error["extensions"]["code"] != "INTERNAL", error
        assert error["extensions"]["place"] is not None, error


def test_any_request_gets_an_answer_or_a_clear_refusal(fuzzer):
    seen: Counter[tuple[str, int]] = Counter()
    faults = []
    for number in range(FIRST, FIRST + REQUESTS):
        asked = fuzzer.asked(number)
        try:
            with transaction.atomic():
                response = sent(asked)
            check(asked, response)
        except Exception as error:  # noqa: BLE001  # every one is a fault, and the next is asked
            faults.append(f"TEST_FIRST={number} TEST_REQUESTS=1: {asked}\n{error!r:.600}")
        else:
            seen[asked.address[1:7].partition("?")[0], response.status_code] += 1

    assert faults == [], "\n\n".join(faults[:20])
    if REQUESTS >= 150 and FIRST == 0:
        assert seen["graphq", 200] > REQUESTS / 20
        assert len(seen) > 12


def test_questions_are_made_anew_from_their_number(fuzzer):
    assert fuzzer.asked(7) == fuzzer.asked(7)
    assert len({fuzzer.asked(number).address for number in range(60)}) > 20


def test_most_questions_are_valid(fuzzer):
    """Otherwise only the reading of questions is tried."""
    questions = [
        json.loads(asked.body)["query"]
        for asked in map(fuzzer.asked, range(200))
        if asked.is_graphql and asked.body and asked.body.startswith(b'{"query": "{')
    ]
    valid = 0
    for question in questions:
        try:
            checked_question(question)
        except Exception:  # noqa: BLE001  # how many are refused is what is asked
            continue
        valid += 1
    assert valid > len(questions) / 3
