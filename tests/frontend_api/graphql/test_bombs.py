"""What is made to cost much is refused before it does."""

import time

import pytest
from django.test import Client

from tests.frontend_api.graphql.asking import ask
from tests.frontend_api.graphql.bombs import BOMBS

pytestmark = pytest.mark.django_db


def send(bomb):
    return Client().post("/graphql/", bomb.body, content_type="application/json")


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_a_bomb_is_refused_at_once(bomb):
    ask("{ __typename }")
    start = time.process_time()
    response = send(bomb)
    taken = time.process_time() - start

    assert response.status_code == bomb.status
    assert {error["extensions"]["code"] for error in response.json()["errors"]} <= bomb.codes
    assert not response.json().get("data")
    assert len(response.content) < 20_000
    assert taken < 1.0
