"""The shipped table of tiles, and what stands in for it when places changed."""

from lessons.loading.geography_tables import GEMEENTEN_FILE, JEUGDREGIOS_FILE, read_geography
from lessons.tiles.table import TILES_FILE, shipped_tiles, tile_table, tiles_of


def test_the_shipped_table_is_what_the_command_writes():
    assert TILES_FILE.read_text(encoding="utf-8") == tile_table()


def test_every_place_has_a_tile_of_its_own():
    geography = read_geography(GEMEENTEN_FILE, JEUGDREGIOS_FILE)
    tiles = shipped_tiles()

    assert tiles["gemeente"].keys() == {row.code for row in geography.gemeenten}
    assert tiles["jeugdregio"].keys() == {row.code for row in geography.jeugdregios}
    assert len(set(tiles["gemeente"].values())) == 342
    assert len(set(tiles["jeugdregio"].values())) == 42


def test_neighbours_stand_where_one_expects_them():
    tiles = shipped_tiles()["gemeente"]
    groningen, maastricht, amsterdam, enschede = (
        tiles[code] for code in ("GM0014", "GM0935", "GM0363", "GM0153")
    )

    assert groningen[1] < amsterdam[1] < maastricht[1]
    assert amsterdam[0] < groningen[0] < enschede[0] + 4


def test_a_gemeente_that_is_newer_than_the_table_gets_the_nearest_free_tile():
    tiles = tiles_of("gemeente", {"GM0014": (53.2, 6.6), "GM9999": (53.2, 6.6)})

    column, row = tiles["GM0014"]
    assert tiles["GM0014"] == shipped_tiles()["gemeente"]["GM0014"]
    assert tiles["GM9999"] != tiles["GM0014"]
    assert abs(tiles["GM9999"][0] - column) + abs(tiles["GM9999"][1] - row) <= 4
