"""What goes out compressed is what was asked, whatever the client can read."""

import gzip
import json

import brotli
import pytest
from backports import zstd

from tests.factories import make_home

pytestmark = pytest.mark.django_db

READERS = {"zstd": zstd.decompress, "br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", READERS)
def test_a_page_is_a_fraction_of_its_size_and_reads_the_same(client, encoding):
    make_home()
    plain = client.get("/zoeken/").content

    answer = client.get("/zoeken/", headers={"accept-encoding": encoding})

    assert answer["Content-Encoding"] == encoding
    assert "accept-encoding" in answer["Vary"].casefold()
    assert READERS[encoding](answer.content) == plain
    assert len(answer.content) < len(plain) / 2


@pytest.mark.parametrize("kind", ["application/json", "application/graphql-response+json"])
def test_an_answer_of_the_api_is_compressed_under_both_of_its_types(client, kind):
    question = "{ __schema { types { name description } } }"

    answer = client.get(
        "/graphql/", {"query": question}, headers={"accept": kind, "accept-encoding": "br"}
    )

    assert answer["Content-Encoding"] == "br"
    assert answer["Content-Type"].startswith(kind)
    assert "data" in json.loads(brotli.decompress(answer.content))


def test_who_accepts_nothing_gets_plain_text(client):
    answer = client.get("/graphql/", {"query": "{ __typename }"}, headers={"accept-encoding": ""})

    assert "Content-Encoding" not in answer
    assert answer.json()["data"] == {"__typename": "Query"}
