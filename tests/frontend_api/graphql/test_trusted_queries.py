"""A closed site answers only what an administrator let in."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from frontend_api import kept_answers
from frontend_api.graphql import persisted_queries
from frontend_api.models import PersistedQuery
from tests.frontend_api.graphql.asking import post

pytestmark = pytest.mark.django_db

TEXT = "query Naam { vocabularies { code } }"
HASH = persisted_queries.hash_of(TEXT)


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    persisted_queries.text_of.cache_clear()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "naam.graphql"
    path.write_text(f"{TEXT}\n")
    return path


def by_hash(sha256=HASH):
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": sha256}}
    return Client().get("/graphql/", {"extensions": json.dumps(extensions)})


def code_of(response):
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["code"], error["extensions"]["place"]


NOT_TRUSTED = (403, "NOT_TRUSTED", "query")


def test_a_closed_site_answers_what_was_let_in_and_nothing_else(settings, file):
    settings.GRAPHQL_TRUSTED_ONLY = True
    assert code_of(post(TEXT)) == NOT_TRUSTED
    assert code_of(by_hash()) == NOT_TRUSTED

    call_command("trust_queries", file)

    assert post(TEXT).status_code == 200
    assert post(f"\n{TEXT}  ").json()["data"] == by_hash().json()["data"]
    assert code_of(post("{ __typename }")) == NOT_TRUSTED
    assert code_of(post("{ __schema { types { name } } }")) == NOT_TRUSTED
    assert not PersistedQuery.objects.filter(is_trusted=False).exists()


def test_a_question_that_anybody_sent_is_not_let_in(settings):
    PersistedQuery.objects.create(pk=HASH, text=TEXT, used_on=datetime.date(2026, 1, 1))
    settings.GRAPHQL_TRUSTED_ONLY = True

    assert code_of(by_hash()) == NOT_TRUSTED


def test_an_open_site_answers_everything_also_what_was_let_in(file):
    call_command("trust_queries", file)

    assert by_hash().status_code == post("{ __typename }").status_code == 200


def test_letting_in_twice_changes_nothing_and_taking_away_holds(file, settings, capsys):
    settings.GRAPHQL_TRUSTED_ONLY = True
    call_command("trust_queries", file)
    call_command("trust_queries", file)
    call_command("trust_queries", "--list")
    call_command("trust_queries", "--remove", HASH, "0" * 64)
    kept_answers.clear()

    assert capsys.readouterr().out.splitlines() == [
        "1 toegelaten, 0 was dat al.",
        "0 toegelaten, 1 was dat al.",
        f"{HASH}  {TEXT}",
        "1 van 2 niet meer toegelaten.",
    ]
    assert code_of(by_hash()) == NOT_TRUSTED


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{ lesen { title } }", "query:1:3: Cannot query field 'lesen'"),
        ("{ lessons {", "query:1:12: Syntax Error"),
        ("query A { pilots { slug } } query B { pilots { slug } }", "operationName: "),
        ("mutation { x }", "query"),
        ("", "query:1:1: Syntax Error"),
    ],
)
def test_what_is_no_question_is_refused_with_the_place_and_nothing_is_let_in(
    file, tmp_path, text, fault
):
    wrong = tmp_path / "fout.graphql"
    wrong.write_text(text)

    with pytest.raises(CommandError) as refused:
        call_command("trust_queries", file, wrong)

    assert f"{wrong}: {fault}" in str(refused.value)
    assert not PersistedQuery.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"weg\.graphql is niet te lezen"):
        call_command("trust_queries", tmp_path / "weg.graphql")
    with pytest.raises(CommandError, match="Noem een of meer bestanden"):
        call_command("trust_queries")


def test_what_was_let_in_never_makes_room(monkeypatch, file):
    monkeypatch.setattr(persisted_queries, "MOST_QUERIES", 2)
    call_command("trust_queries", file)
    PersistedQuery.objects.update(used_on=datetime.date(2000, 1, 1))

    for number in range(5):
        text = f"query Q{number} {{ __typename }}"
        persisted_queries.keep(text, persisted_queries.hash_of(text))

    assert PersistedQuery.objects.filter(pk=HASH, is_trusted=True).exists()
    assert PersistedQuery.objects.filter(is_trusted=False).count() <= 2


def test_sending_a_trusted_question_leaves_it_trusted(file):
    call_command("trust_queries", file)

    persisted_queries.keep(TEXT, HASH)

    assert PersistedQuery.objects.get(pk=HASH).is_trusted


def test_graphiql_says_so(settings, client):
    said = "Deze site beantwoordt alleen vragen die de beheerder heeft toegelaten"
    assert said not in client.get("/graphiql/").content.decode()

    settings.GRAPHQL_TRUSTED_ONLY = True

    assert said in client.get("/graphiql/").content.decode()
