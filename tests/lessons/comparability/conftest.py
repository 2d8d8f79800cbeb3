"""The shipped tables, compared once for all tests that only look at them."""

from __future__ import annotations

import pytest

from lessons.comparability.report import ShippedPlaces


@pytest.fixture(scope="session")
def shipped() -> ShippedPlaces:
    """Return the gemeenten and jeugdregio's of the shipped tables; no database."""
    return ShippedPlaces()
