"""The reports of what is searched for."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse
from django.utils import timezone

from search.models import QueryCount
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db

USED = "search_used_queries:index"
EMPTY = "search_empty_queries:index"


def count(wording, times, empty=0, days_ago=0):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    QueryCount.objects.create(
        day=day,
        fingerprint=f"code-{wording}",
        wording=wording,
        times=times,
        times_without_result=empty,
    )


def rows(client, name, **query):
    found = client.get(reverse(name), query).context["object_list"]
    return [(row["wording"], row["total"], row["empty"]) for row in found]


def test_counts_of_all_days_add_up_the_highest_first(reviewer):
    count("steungezin", 2, days_ago=1)
    count("steungezin", 3)
    count("buurtgezin", 4, empty=4)
    count("oma", 9, empty=1, days_ago=40)

    assert rows(reviewer, USED) == [("oma", 9, 1), ("steungezin", 5, 0), ("buurtgezin", 4, 4)]
    assert rows(reviewer, EMPTY) == [("buurtgezin", 4, 4), ("oma", 9, 1)]
    assert rows(reviewer, USED, days="30") == [("steungezin", 5, 0), ("buurtgezin", 4, 4)]


def test_what_is_rare_in_the_period_is_not_shown(reviewer):
    count("steungezin", 2)
    count("steungezin", 5, days_ago=20)

    assert rows(reviewer, USED, days="7") == []
    assert rows(reviewer, USED, days="30") == [("steungezin", 7, 0)]


def test_what_is_not_shown_is_told_as_a_number(reviewer):
    QueryCount.objects.create(day=timezone.localdate(), fingerprint="code", times=2)
    QueryCount.objects.create(day=timezone.localdate(), fingerprint="", times=7)

    page = reviewer.get(reverse(USED)).content.decode()

    assert "2 keer een zeldzame formulering en 7 keer een formulering die niet is bewaard" in page


def test_a_wording_leads_to_the_workbench_and_to_a_synonym(reviewer):
    count("oma & opa", 3, empty=3)

    page = reviewer.get(reverse(EMPTY))

    links = {
        urlparse(column.get_link_url(row, {})).path: parse_qs(
            urlparse(column.get_link_url(row, {})).query
        )
        for row in page.context["object_list"]
        for column in page.context["table"].columns.values()
        if hasattr(column, "get_link_url")
    }
    assert links == {
        reverse("search_workbench:index"): {"q": ["oma & opa"]},
        reverse("wagtailsnippets_search_synonymgroup:add"): {"synonyms": ["oma & opa"]},
    }


def test_a_report_can_be_taken_along(reviewer):
    count("oma", 3, empty=1)

    exported = b"".join(reviewer.get(reverse(USED), {"export": "csv"}).streaming_content)

    assert exported.decode("utf-8-sig").splitlines() == [
        "Formulering,Keer gevraagd,Waarvan zonder resultaat",
        "oma,3,1",
    ]


@pytest.mark.parametrize("name", [USED, EMPTY])
def test_region_editors_do_not_see_what_is_searched_for(people: People, name):
    users = (people.reviewer, people.administrator, people.editor)

    assert [logged_in(user).get(reverse(name)).status_code for user in users] == [200, 200, 302]


def test_the_menu_shows_what_a_role_may_use(people: People):
    def menu(user):
        page = logged_in(user).get(reverse("wagtailadmin_home")).content.decode()
        return [name for name in MENU if f'"name": "{name}"' in page]

    assert menu(people.reviewer) == menu(people.administrator) == list(MENU)
    assert menu(people.editor) == []


MENU = (
    "search-workbench",
    "search-synonyms",
    "search-pins",
    "search-empty-queries",
    "search-used-queries",
)
