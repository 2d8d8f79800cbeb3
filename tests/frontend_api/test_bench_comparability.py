"""The measurement runs on the real API and fails when a bar is missed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from frontend_api.management.commands import bench_comparability
from tests.factories import make_gemeente

pytestmark = pytest.mark.django_db


def bench() -> list[str]:
    printed = StringIO()
    call_command("bench_comparability", times=1, stdout=printed)
    return printed.getvalue().splitlines()


@pytest.fixture
def places() -> None:
    """Have the gemeente that is asked for, and another."""
    for code, inhabitants in (("GM0150", 104_000), ("GM0164", 83_000)):
        make_gemeente(code, code).profiles.create(
            edition=2025, figures={"inwoners_2025": inhabitants, "oad_2024": 1000 + inhabitants}
        )


def test_tells_each_median_with_its_bar(places, monkeypatch):
    monkeypatch.setattr(bench_comparability, "LIST_BAR", 1e9)
    monkeypatch.setattr(bench_comparability, "MATRIX_BAR", 1e9)

    plain, matrix, listed = bench()

    assert plain.startswith("de kleinste vraag aan de API: ")
    assert matrix.startswith("342 bij 342 afstanden met eigen gewichten: ")
    assert listed.endswith(": gehaald)")


def test_fails_when_a_bar_is_missed(places, monkeypatch):
    monkeypatch.setattr(bench_comparability, "LIST_BAR", 0.0)

    with pytest.raises(CommandError, match="Niet elke lat is gehaald"):
        bench()


def test_asks_for_the_tables_first():
    with pytest.raises(CommandError, match="Draai eerst make run"):
        bench()
