"""A uuid in 22 letters, and back."""

from uuid import uuid4

import pytest

from frontend_api.selections.short_ids import short_id, uuid_of

UUID = "0cd28705-1224-5f18-8f2e-cb3fd92de80a"


def test_a_uuid_becomes_22_letters_that_stand_for_it_alone():
    assert short_id(UUID) == "DNKHBRIkXxiPLss_2S3oCg"
    assert uuid_of("DNKHBRIkXxiPLss_2S3oCg") == UUID
    for uuid in map(str, (uuid4() for _ in range(50))):
        assert uuid_of(short_id(uuid)) == uuid


@pytest.mark.parametrize("given", [UUID, UUID.upper(), UUID.replace("-", "")])
def test_the_uuid_itself_is_read_too(given):
    assert uuid_of(given) == UUID


@pytest.mark.parametrize(
    "given", ["", "x", "é" * 22, "a" * 21, "a" * 23, "<script>alert(1)</scr", "!" * 22]
)
def test_what_is_no_uuid_stands_for_nothing(given):
    assert uuid_of(given) is None
