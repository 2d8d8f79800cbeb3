"""Gemeenten and jeugdregio's can be looked at in the CMS, and changed by nobody there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import make_gemeente, make_jeugdregio
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["gemeente", "jeugdregio"])
def test_a_reviewer_looks_at_the_list_and_the_item(people: People, model: str) -> None:
    item = make_gemeente() if model == "gemeente" else make_jeugdregio()
    client = logged_in(people.reviewer)

    listed = client.get(reverse(f"wagtailsnippets_lessons_{model}:list"))
    inspected = client.get(reverse(f"wagtailsnippets_lessons_{model}:inspect", args=[item.pk]))

    assert item.name in listed.content.decode()
    assert item.name in inspected.content.decode()


@pytest.mark.parametrize("role", ["reviewer", "administrator"])
@pytest.mark.parametrize("model", ["gemeente", "jeugdregio"])
def test_nobody_adds_changes_or_deletes(people: People, role: str, model: str) -> None:
    item = make_gemeente() if model == "gemeente" else make_jeugdregio()
    client = logged_in(getattr(people, role))
    namespace = f"wagtailsnippets_lessons_{model}"

    for url in (
        reverse(f"{namespace}:add"),
        reverse(f"{namespace}:edit", args=[item.pk]),
        reverse(f"{namespace}:delete", args=[item.pk]),
    ):
        assert client.post(url, {"name": "Anders", "code": "X"}).status_code == 302

    item.refresh_from_db()
    assert item.name == "Groningen"
