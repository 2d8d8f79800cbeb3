"""The data behind the comparison, as files that others can read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pytest

from lessons.loading.geography import load_geography
from lessons.loading.geography_tables import read_geography
from lessons.models import Gemeente, GemeenteProfile
from tests.factories import make_former_gemeente
from tests.lessons.loading.conftest import rolled_back

pytestmark = pytest.mark.django_db

LIST = "/data/vergelijkbaarheid.csv"
TRAITS = "/data/kenmerken.csv"


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the shipped gemeenten once."""
    with rolled_back(django_db_blocker):
        load_geography(read_geography())
        yield


def read(response):
    """Return the notes above the table and its rows by column."""
    assert response.status_code == 200
    lines = b"".join(response.streaming_content).decode().splitlines()
    notes = [line[2:] for line in lines if line.startswith("#")]
    return notes, list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_all_traits_of_all_gemeenten_with_year_and_source(client):
    response = client.get(TRAITS)
    notes, rows = read(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert (len(rows), len(rows[0])) == (342, 12)
    assert rows[0]["gemeente"] == "GM0014"
    assert (rows[0]["naam"], rows[0]["inhabitants"]) == ("Groningen", "244441.0")
    assert (
        "kolom inhabitants: 2025; CBS StatLine 70072ned (Regionale kerncijfers Nederland); inwoners"
    ) in notes
    assert any(note.startswith("kolom youth_care_use: 2022; CBS ") for note in notes)
    assert "licentie: CC BY 4.0; bron: CBS. Een lege cel: niet bekend." in notes
    voorne = next(row for row in rows if row["gemeente"] == "GM1992")
    assert (voorne["higher_educated"], voorne["youth_care_use"]) == ("", "")


def test_all_traits_of_all_jeugdregios(client):
    _notes, rows = read(client.get(TRAITS, {"soort": "jeugdregio"}))
    assert (len(rows), rows[0]["jeugdregio"], rows[0]["inhabitants"]) == (42, "JZ01", "602833.0")


def test_those_most_like_a_gemeente_with_their_figures(client):
    notes, rows = read(client.get(LIST, {"gemeente": "GM0150"}))

    assert [row["naam"] for row in rows[:3]] == ["Deventer", "Hengelo", "Bergen op Zoom"]
    assert (rows[0]["gelijkenis"], rows[0]["inhabitants"]) == ("1", "104301.0")
    assert float(rows[1]["gelijkenis"]) == pytest.approx(0.949, abs=0.001)
    assert len(rows) == 101
    assert "gewichten: alle gelijk; zonder: niets" in notes
    assert not any("youth_care" in note for note in notes)


def test_weights_and_traits_switched_off_change_the_list_and_are_told(client):
    address = f"{LIST}?gemeente=GM0150&gewicht=size:4&gewicht=urbanity:0&zonder=income"
    notes, rows = read(client.get(address))

    assert "gewichten: size 4, urbanity 0; zonder: income" in notes
    assert "income" not in rows[0]
    assert "address_density" not in rows[0]


def test_the_whole_matrix(client):
    _notes, rows = read(client.get(LIST))

    assert len(rows) == 342
    values = {row["gemeente"]: row for row in rows}
    assert values["GM0150"]["GM0164"] == values["GM0164"]["GM0150"] == "0.9488"
    assert values["GM0150"]["GM0150"] == "1.0"


def test_the_matrix_of_jeugdregios_and_one_of_them(client):
    _notes, rows = read(client.get(LIST, {"soort": "jeugdregio"}))
    assert len(rows) == 42
    _notes, rows = read(client.get(LIST, {"jeugdregio": "JZ01"}))
    assert [row["naam"] for row in rows[:2]] == ["Groningen", "Zuid-Limburg"]


def test_a_former_code_gives_its_successor_and_says_so(client):
    notes, rows = read(client.get(LIST, {"gemeente": "GM0381"}))

    assert rows[0]["naam"] == "Gooise Meren"
    assert any(note.startswith("let op: GM0381 (Bussum) bestaat niet meer") for note in notes)


def test_an_unchanged_file_is_not_sent_again(client):
    first = client.get(LIST, {"gemeente": "GM0150"})
    again = client.get(LIST, {"gemeente": "GM0150"}, headers={"if-none-match": first["ETag"]})
    other = client.get(LIST, {"gemeente": "GM0164"}, headers={"if-none-match": first["ETag"]})
    GemeenteProfile.objects.filter(gemeente__code="GM0150").first().save()
    changed = client.get(LIST, {"gemeente": "GM0150"}, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, other.status_code, changed.status_code) == (304, 200, 200)
    assert first["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("gemeente=GM9999", 404, "gemeente: ‘GM9999’ bestaat niet."),
        ("jeugdregio=x", 404, "jeugdregio: ‘x’ bestaat niet."),
        ("gemeente=GM0014&jeugdregio=JZ01", 400, "jeugdregio: vraag één gemeente of"),
        ("gemeente=GM0014&soort=gemeente", 400, "soort: laat weg"),
        ("soort=provincie", 400, "soort: onbekend. Kies uit gemeente, jeugdregio."),
        ("plaats=GM0014", 400, "plaats: onbekend. Kies uit gemeente, "),
        ("gewicht=size", 400, "gewicht: schrijf thema:getal, zoals size:4."),
        ("gewicht=size:9", 400, "gewicht: 9 is geen gewicht."),
        ("gewicht=size:1&gewicht=size:2", 400, "gewicht: size staat er meer dan eens."),
        ("gewicht=geluk:1", 400, "gewicht: ‘geluk’ is geen thema"),
        ("zonder=geluk", 400, "zonder: ‘geluk’ is geen kenmerk"),
    ],
)
def test_a_fault_is_told_with_its_place(client, query, status, message):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == status
    assert response.content.decode().startswith(message)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_gemeente_without_figures_has_an_empty_list(client):
    Gemeente.objects.get(code="GM0014").profiles.all().delete()
    make_former_gemeente("GM9998", "Oudenland", Gemeente.objects.get(code="GM0014"))

    notes, rows = read(client.get(LIST, {"gemeente": "GM9998"}))

    assert rows == []
    assert any("geen cijfers bekend" in note for note in notes)
