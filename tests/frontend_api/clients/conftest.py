"""A partner with a key, and a clock that stands still in the middle of a minute."""

from __future__ import annotations

import time

import pytest

from frontend_api.clients import keys
from frontend_api.models import PartnerClient

NOON = 1_800_000_000 + 10
"""Ten seconds into a minute."""


@pytest.fixture
def partner(db):
    return PartnerClient.objects.create(name="Kennisbank", organization="Voorbeeldbureau")


@pytest.fixture
def issued(partner):
    return keys.issue(partner)


@pytest.fixture
def clock(monkeypatch):
    """Let the test say what time it is, for what limits by the minute."""
    now = [float(NOON)]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now
