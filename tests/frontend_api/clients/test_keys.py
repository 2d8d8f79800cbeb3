"""Keys: what is kept of them, and which are let in."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from frontend_api.clients import keys
from frontend_api.clients.keys import InvalidKeyError, known_key
from frontend_api.models import PartnerKey

pytestmark = pytest.mark.django_db


def fault_of(text):
    with pytest.raises(InvalidKeyError) as caught:
        known_key(text)
    return str(caught.value)


def test_a_key_has_a_form_that_scanners_know_and_only_its_hash_is_kept(issued):
    assert re.fullmatch(r"lb_[0-9a-f]{8}_[0-9a-f]{64}", issued.text)

    (row,) = PartnerKey.objects.values_list()
    secret = issued.text.rpartition("_")[2]
    assert all(secret not in str(value) for value in row)
    assert str(issued.key) == f"lb_{issued.text[3:11]}_…"


def test_a_new_key_holds_for_a_year(issued, partner):
    assert issued.key.expires_on == timezone.localdate() + datetime.timedelta(days=365)
    known = known_key(issued.text)
    assert (known.pk, known.client_pk) == (issued.key.pk, partner.pk)


def test_a_known_key_takes_no_query(issued, django_assert_num_queries):
    known_key(issued.text)

    with django_assert_num_queries(0):
        known_key(issued.text)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: "lb_00000000" + text[11:],
    ],
)
def test_another_secret_or_prefix_is_not_known(issued, damage):
    known_key(issued.text)

    assert fault_of(damage(issued.text)).startswith("Deze sleutel is niet bekend.")


@pytest.mark.parametrize("text", ["", "lb_", "geheim", "LB_" + "0" * 73, "lb_00000000_0"])
def test_what_is_no_key_is_refused_without_a_query(text, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert fault_of(text).startswith("Dit is geen sleutel van de Lessenbank")


def test_a_revoked_key_is_refused_at_once(issued):
    known_key(issued.text)

    keys.revoke(issued.key)

    assert fault_of(issued.text).startswith("Deze sleutel is ingetrokken.")


def test_a_revoked_key_is_refused_within_seconds_where_nobody_heard_of_it(issued, monkeypatch):
    known_key(issued.text)
    # As another process does: no signal reaches this one.
    PartnerKey.objects.update(revoked_at=timezone.now())
    assert known_key(issued.text).pk == issued.key.pk

    late = keys.time.monotonic() + keys.SECONDS_BELIEVED + 0.1
    monkeypatch.setattr(keys.time, "monotonic", lambda: late)

    assert fault_of(issued.text).startswith("Deze sleutel is ingetrokken.")


def test_a_key_holds_through_its_last_day(issued):
    issued.key.expires_on = timezone.localdate()
    issued.key.save()
    assert known_key(issued.text).pk == issued.key.pk

    issued.key.expires_on -= datetime.timedelta(days=1)
    issued.key.save()

    assert fault_of(issued.text).startswith("Deze sleutel is verlopen.")


def test_a_key_that_is_believed_ends_with_its_day(issued, monkeypatch):
    known_key(issued.text)
    monkeypatch.setattr(
        "frontend_api.models.clients.timezone.localdate",
        lambda: issued.key.expires_on + datetime.timedelta(days=1),
    )

    assert fault_of(issued.text).startswith("Deze sleutel is verlopen.")


def test_the_keys_of_a_client_out_of_use_are_refused(issued, partner):
    known_key(issued.text)

    partner.is_active = False
    partner.save()

    assert fault_of(issued.text).startswith("Deze afnemer is niet meer in gebruik.")


def test_a_replaced_key_and_its_successor_both_hold_for_a_while(issued):
    successor = keys.rotate(issued.key)

    issued.key.refresh_from_db()
    assert issued.key.expires_on == timezone.localdate() + keys.OVERLAP
    assert known_key(issued.text).pk == issued.key.pk
    assert known_key(successor.text).pk == successor.key.pk


def test_replacing_never_lengthens_a_key(issued):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    issued.key.expires_on = tomorrow
    issued.key.save()

    keys.rotate(issued.key)

    issued.key.refresh_from_db()
    assert issued.key.expires_on == tomorrow
