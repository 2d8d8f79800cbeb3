"""Former gemeenten: the shipped table, its checks, and what a merger does to lessons."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lessons import selectors
from lessons.loading.geography import load_geography
from lessons.loading.geography_tables import (
    FORMER_FILE,
    GEMEENTEN_FILE,
    JEUGDREGIOS_FILE,
    read_geography,
)
from lessons.loading.problems import LoadingError
from lessons.models import Adoption, Gemeente, Succession
from search.models import OutboxEntry
from tests.factories import make_gemeente, make_jeugdregio, make_lesson
from tests.lessons.loading.conftest import Change, rolled_back

CBS_COUNTS = {
    "2014-01-01": 403, "2015-01-01": 393, "2016-01-01": 390, "2017-01-01": 388,
    "2018-01-01": 380, "2019-01-01": 355, "2020-01-01": 355, "2021-01-01": 352,
    "2022-01-01": 345, "2022-03-24": 344, "2023-01-01": 342, "2026-01-01": 342,
}  # fmt: skip

# New codes with their first day, in the same register as the end dates.
FORMED = {
    "GM1930": "2015-01-01", "GM1931": "2015-01-01", "GM1940": "2015-07-01",
    "GM1942": "2016-01-01", "GM1945": "2016-01-01", "GM1948": "2017-01-01",
    "GM1949": "2018-01-01", "GM1950": "2018-01-01", "GM1952": "2018-01-01",
    "GM1954": "2019-01-01", "GM1959": "2019-01-01", "GM1960": "2019-01-01",
    "GM1961": "2019-01-01", "GM1963": "2019-01-01", "GM1966": "2019-01-01",
    "GM1969": "2019-01-01", "GM1970": "2019-01-01", "GM1978": "2019-01-01",
    "GM1979": "2021-01-01", "GM1980": "2022-01-01", "GM1982": "2022-01-01",
    "GM1991": "2022-01-01", "GM1992": "2023-01-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded_places(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the shipped tables once; each test rolls back what it changes."""
    with rolled_back(django_db_blocker):
        load_geography(read_geography())
        yield


@pytest.fixture
def geography(loaded_places: None, db: None) -> None:
    """Have the shipped gemeenten, former ones and jeugdregio's."""


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """Return a copy of the shipped table, to be spoiled."""
    path = tmp_path / "former_gemeenten.csv"
    path.write_text(FORMER_FILE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def read(path: Path):
    return read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE, path)


def successors_of(name: str) -> list[str]:
    rows = Succession.objects.filter(former_name=name).order_by("-is_main", "successor__name")
    return list(rows.values_list("successor__name", flat=True))


def test_replaying_the_table_gives_the_numbers_that_cbs_counted() -> None:
    lines = FORMER_FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    ended = {row["gm_code"]: row["opgeheven_op"] for row in rows}
    codes = {row.code for row in read_geography().gemeenten} | ended.keys()

    counted = {
        day: sum(FORMED.get(code, "") <= day < ended.get(code, "9999") for code in codes)
        for day in CBS_COUNTS
    }

    assert counted == CBS_COUNTS


def test_84_former_gemeenten_lead_to_gemeenten_of_today(geography: None) -> None:
    assert Succession.objects.values("former_code").distinct().count() == 84
    assert Succession.objects.filter(is_main=True).count() == 84
    per_year = Counter(day.year for day in Succession.objects.filter(is_main=True).values_list(
        "ended_on", flat=True
    ))  # fmt: skip
    assert per_year == {
        2015: 13, 2016: 5, 2017: 3, 2018: 11, 2019: 34, 2021: 4, 2022: 11, 2023: 3
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "successors"),
    [
        ("Bussum", ["Gooise Meren"]),
        ("De Friese Meren", ["De Fryske Marren"]),
        ("Weesp", ["Amsterdam"]),
        # By way of a gemeente that ended itself.
        ("Ubbergen", ["Berg en Dal"]),
        # Divided.
        ("Maasdonk", ["'s-Hertogenbosch", "Oss"]),
        ("Littenseradiel", ["Súdwest-Fryslân", "Leeuwarden", "Waadhoeke"]),
        ("Winsum", ["Het Hogeland", "Westerkwartier"]),
        ("Haaren", ["Oisterwijk", "Boxtel", "Tilburg", "Vught"]),
    ],
)
def test_a_former_gemeente_is_followed(geography: None, name: str, successors: list[str]) -> None:
    assert successors_of(name) == successors


def test_a_second_load_writes_nothing(geography: None) -> None:
    before = list(Succession.objects.values_list())

    report = load_geography(read_geography())

    assert list(Succession.objects.values_list()) == before
    assert (report.former.total, report.former.created, report.former.changed) == (84, 0, 0)


def test_a_newer_table_changes_what_differs(geography: None, former: Path, change: Change) -> None:
    kept = Succession.objects.get(former_name="Bussum").pk
    change(former, "GM0424,Muiden,2016-01-01,GM1942,,R", "GM0424,Muiden,2016-01-01,GM0402,GM1942,R")

    report = load_geography(read(former))

    assert successors_of("Muiden") == ["Hilversum", "Gooise Meren"]
    assert (report.former.created, report.former.changed, report.former.removed) == (0, 1, 0)
    assert Succession.objects.get(former_name="Bussum").pk == kept


BUSSUM = "GM0381,Bussum,2016-01-01,GM1942,,R"
FAULTS = [
    pytest.param("GM381,Bussum,2016-01-01,GM1942,,R", "gm_code", "geen geldige code", id="code"),
    pytest.param("GM0424,Bussum,2016-01-01,GM1942,,R", "gm_code", "staat ook in rij", id="twice"),
    pytest.param("GM0014,Bussum,2016-01-01,GM1942,,R", "gm_code", "gemeente van nu", id="current"),
    pytest.param("GM0381,,2016-01-01,GM1942,,R", "naam", "mag niet leeg", id="name"),
    pytest.param("GM0381,Bussum,1-1-2016,GM1942,,R", "opgeheven_op", "geen datum", id="date"),
    pytest.param("GM0381,Bussum,2016-01-01,GM9999,,R", "opvolger", "geen gemeente van nu", id="x"),
    pytest.param("GM0381,Bussum,2016-01-01,,,R", "opvolger", "een lege cel", id="no-successor"),
    pytest.param("GM0381,Bussum,2016-01-01,GM1942,GM1942,R", "ook_naar", "dan eens", id="part"),
    pytest.param("GM0381,Bussum,2016-01-01,GM0424,,R", "opvolger", "zelf al opgeheven", id="ended"),
    pytest.param("GM0381,Bussum,2016-01-01,GM0381,,R", "opvolger", "zelf al opgeheven", id="self"),
    pytest.param("GM0381,Bussum,2016-01-01,GM1942,,", "bron", "mag niet leeg", id="source"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "message"), FAULTS)
def test_tells_row_and_column_of_a_fault(
    former: Path, change: Change, row: str, column: str, message: str
) -> None:
    line = change(former, BUSSUM, row)

    with pytest.raises(LoadingError) as refused:
        read(former)

    told = [str(problem) for problem in refused.value.problems]
    place = f"former_gemeenten.csv, rij {line}, kolom {column}: "
    if row.startswith("GM0424"):
        place = place.replace(str(line), str(line + 1))
    assert any(one.startswith(place) and message in one for one in told), told


def test_a_fault_changes_nothing(geography: None, former: Path, change: Change) -> None:
    before = list(Succession.objects.values_list())
    change(former, "GM1942,,R", "GM9999,,R")
    change(former, "GM0424,Muiden", "GM424,Muiden")

    with pytest.raises(LoadingError) as refused:
        load_geography(read(former))

    assert len(refused.value.problems) == 2
    assert list(Succession.objects.values_list()) == before


def test_refuses_a_table_without_a_column(former: Path, change: Change) -> None:
    change(former, "opvolger,ook_naar,bron", "opvolgster,ook_naar,bron")
    change(former, "# column opvolger:", "# column opvolgster:")

    with pytest.raises(LoadingError, match="kolom opvolger: deze kolom ontbreekt"):
        read(former)


def add_to(former: Path, row: str) -> None:
    text = former.read_text(encoding="utf-8").replace("# rows: 84", "# rows: 85")
    former.write_text(f"{text}{row}\n", encoding="utf-8")


def test_lessons_of_a_merged_gemeente_move_to_its_successor(geography: None, former: Path) -> None:
    old = make_gemeente("GM9998", "Oudenland", make_jeugdregio("JZ01"))
    groningen = Gemeente.objects.get(code="GM0014")
    lesson = make_lesson(gemeenten=[old, groningen])
    lesson.save_revision()
    draft = make_lesson(slug="andere-les")
    draft.gemeenten = [old]
    draft.save_revision()
    adoption = Adoption.objects.create(
        lesson=lesson,
        jeugdregio=groningen.jeugdregio,
        gemeente=old,
        decided_on=datetime.date(2026, 1, 1),
    )
    OutboxEntry.objects.all().delete()
    add_to(former, "GM9998,Oudenland,2026-01-01,GM0014,,R")

    load_geography(read(former))

    lesson.refresh_from_db()
    assert [place.code for place in lesson.gemeenten.all()] == ["GM0014"]
    draft.refresh_from_db()
    newest = draft.get_latest_revision_as_object()
    assert [place.code for place in newest.gemeenten.all()] == ["GM0014"]
    adoption.refresh_from_db()
    assert adoption.gemeente == groningen
    assert not Gemeente.objects.filter(code="GM9998").exists()
    assert lesson.pk in OutboxEntry.objects.values_list("lesson_pk", flat=True)
    assert selectors.gemeente("GM9998").code == "GM0014"


def test_lessons_of_a_divided_gemeente_are_for_people_to_place(
    geography: None, former: Path
) -> None:
    old = make_gemeente("GM9998", "Oudenland", make_jeugdregio("JZ01"))
    make_lesson(title="Zet kosten naast elkaar", gemeenten=[old])
    add_to(former, "GM9998,Oudenland,2026-01-01,GM0014,GM0037,R")

    with pytest.raises(LoadingError) as refused:
        load_geography(read(former))

    assert str(refused.value).endswith("Wijs daar eerst een andere aan, van GM0014, GM0037.")
    assert Gemeente.objects.filter(code="GM9998").exists()
    assert not Succession.objects.filter(former_code="GM9998").exists()
