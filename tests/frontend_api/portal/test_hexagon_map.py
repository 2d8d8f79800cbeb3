"""Maps of hexagons: where tiles stand in the picture, and what they bear."""

import pytest

from frontend_api.portal.hexagon_map import LARGE, SMALL, Look, hexagon_map, short_lines
from lessons.records import MapTile, PlaceRef


def tile(code, column, row):
    return MapTile(PlaceRef(code, f"Plaats {code}", ""), column, row, "")


def drawn(*tiles, size=SMALL):
    return hexagon_map(
        "proef",
        tiles,
        lambda each: Look(2, "7", "7 lessen"),
        lambda code: f"/{code}/",
        size=size,
        title="Kaart",
        description="Uitleg",
        steps=(),
        legend="Aantal",
    )


def test_tiles_follow_each_other_from_north_to_south_and_fit_in_the_picture():
    shown = drawn(tile("z", -3, 2), tile("a", 4, -5))

    assert [each.title for each in shown.tiles] == ["Plaats a: 7 lessen", "Plaats z: 7 lessen"]
    assert [each.url for each in shown.tiles] == ["/a/", "/z/"]
    for each in shown.tiles:
        assert 0 < each.x < shown.width
        assert 0 < each.y < shown.height


def test_odd_rows_lie_half_a_tile_to_the_right():
    even, odd = drawn(tile("a", 0, 0), tile("b", 0, -1)).tiles[::-1]

    assert odd.x - even.x == pytest.approx(SMALL.width / 2)


def test_only_large_tiles_bear_names():
    small, large = drawn(tile("a", 0, 0)), drawn(tile("a", 0, 0), size=LARGE)

    assert (small.is_named, small.tiles[0].name) == (False, ())
    assert [line.text for line in large.tiles[0].name] == ["Plaats a"]
    assert small.tiles[0].number.text == large.tiles[0].number.text == "7"


def test_a_map_without_places_is_empty():
    assert drawn().tiles == ()


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Twente", ("Twente",)),
        ("Midden-Limburg Oost", ("Midden-", "Limburg Oost")),
        ("Alkmaar (Noord-Kennemerland)", ("Alkmaar",)),
        ("Midden IJssel / Oost Veluwe", ("Midden IJssel",)),
        ("Haarlemmermeer", ("Haarlemmer-", "meer")),
        ("Kop van Noord-Holland", ("Kop van", "Noord-Holland")),
    ],
)
def test_a_name_fits_in_two_short_lines(name, lines):
    assert short_lines(name) == lines
