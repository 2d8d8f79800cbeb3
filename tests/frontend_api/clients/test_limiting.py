"""Limits: what a lease costs, what all leases let through together, and what is told."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import RequestFactory

from frontend_api.clients import limiting
from frontend_api.clients.limiting import Quota, anonymous_quota, take
from frontend_api.models import RequestQuota

pytestmark = pytest.mark.django_db

HUNDRED = Quota("client-1", 100, "partner")
LEASE = 5


def granted(quota, times):
    return sum(take(quota).is_granted for _number in range(times))


def asked(address="192.0.2.1", **headers):
    return RequestFactory().get("/graphql/", REMOTE_ADDR=address, headers=headers)


def test_who_asks_little_is_never_written_down(clock, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert granted(HUNDRED, LEASE) == LEASE

    assert not RequestQuota.objects.exists()


def test_a_request_within_a_lease_takes_no_query(clock, django_assert_num_queries):
    granted(HUNDRED, LEASE)
    with django_assert_num_queries(2):
        # The lease, and once a minute the rows of minutes that are over.
        take(HUNDRED)

    with django_assert_num_queries(0):
        granted(HUNDRED, LEASE - 1)
    with django_assert_num_queries(1):
        take(HUNDRED)


def test_exactly_the_limit_is_let_through_and_asking_on_takes_no_query(
    clock, django_assert_num_queries
):
    assert granted(HUNDRED, 101) == 100

    with django_assert_num_queries(0):
        assert granted(HUNDRED, 50) == 0


@pytest.mark.parametrize("limit", [1, 3, 19, 20, 47])
def test_a_limit_that_is_no_multiple_of_a_lease_holds_too(clock, limit):
    assert granted(Quota("client-2", limit, "partner"), limit + 10) == limit


def test_what_others_took_counts(clock):
    RequestQuota.objects.create(subject="client-1", minute=clock[0] // 60, taken=93)

    # One lease on credit, before this process asked what others took; and the rest of 93 + 5.
    assert granted(HUNDRED, 50) == LEASE + 2


def test_the_next_minute_begins_anew_and_forgets_the_one_before_the_last(clock):
    granted(HUNDRED, 101)
    clock[0] += 120

    assert granted(HUNDRED, 101) == 100
    assert {row.minute for row in RequestQuota.objects.all()} == {clock[0] // 60}


def test_the_headers_tell_the_limit_what_is_left_and_for_how_long(clock):
    first = take(HUNDRED)
    assert first.headers == {
        "RateLimit-Policy": '"partner";q=100;w=60',
        "RateLimit": '"partner";r=99;t=50',
    }

    granted(HUNDRED, 42)
    assert take(HUNDRED).remaining == 56
    granted(HUNDRED, 56)
    assert take(HUNDRED).headers["RateLimit"] == '"partner";r=0;t=50'


def test_a_database_that_fails_stops_nobody(clock, monkeypatch):
    def fail(*_args):
        raise DatabaseError("locked")

    monkeypatch.setattr(limiting, "_add", fail)

    assert granted(HUNDRED, 300) == 300


def test_an_address_is_kept_as_a_hash_of_this_minute_only(clock, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 20
    quota = anonymous_quota(asked())
    granted(quota, 5)

    (row,) = RequestQuota.objects.all()
    assert (row.subject, len(row.subject)) == (quota.subject, 32)
    assert anonymous_quota(asked()).subject == quota.subject
    assert anonymous_quota(asked("192.0.2.2")).subject != quota.subject
    clock[0] += 60
    assert anonymous_quota(asked()).subject != quota.subject
    settings.SECRET_KEY = "y" * 50
    clock[0] -= 60
    assert anonymous_quota(asked()).subject != quota.subject


def test_the_addresses_of_one_ipv6_line_share_a_limit(clock, settings):
    settings.API_ANONYMOUS_PER_MINUTE = 20

    same = {anonymous_quota(asked(f"2001:db8:0:1::{host}")).subject for host in (1, 2)}

    assert len(same) == 1
    assert anonymous_quota(asked("2001:db8:0:2::1")).subject not in same


def test_a_limit_of_zero_is_none(settings):
    settings.API_ANONYMOUS_PER_MINUTE = 0

    assert anonymous_quota(asked()) is None
