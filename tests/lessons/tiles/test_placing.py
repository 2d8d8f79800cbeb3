"""Tiles: one for each place, as near as they can be together."""

import itertools

import numpy as np
import pytest

from lessons.tiles.placing import Grid, displacements, place, projected

UTRECHT, AMERSFOORT, ZEIST = (52.09, 5.12), (52.16, 5.39), (52.09, 5.23)


def test_a_place_alone_stands_on_the_tile_that_it_lies_in():
    assert place([(52.1, 5.3)], Grid(10)) == [(0, 0)]


def test_places_that_coincide_get_tiles_beside_each_other():
    tiles = place([ZEIST] * 7, Grid(10))

    middle = np.mean([Grid(10).middle(tile) for tile in tiles], axis=0)
    assert len(set(tiles)) == 7
    assert np.linalg.norm(middle - projected([ZEIST])[0]) < 10


def test_no_other_choice_of_tiles_is_nearer():
    rng = np.random.default_rng(4)
    places = [(52 + north, 5 + east) for north, east in rng.random((5, 2)) * 0.4]
    grid = Grid(20)
    tiles = place(places, grid)

    def cost(choice):
        return float((displacements(places, choice, grid) ** 2).sum())

    around = {
        (column + right, row + down)
        for column, row in tiles
        for right, down in itertools.product((-1, 0, 1), repeat=2)
    }
    best = min(cost(choice) for choice in itertools.permutations(sorted(around)[:9], 5))
    assert cost(tiles) <= best + 1e-9


def test_a_taken_tile_is_left_free():
    alone = place([UTRECHT], Grid(10))

    assert place([UTRECHT], Grid(10), taken=alone) != alone


def test_nothing_to_place_gives_nothing():
    assert place([], Grid(10)) == []


@pytest.mark.parametrize(("one", "other"), [((52.1, 5.3), (52.2, 5.3)), (UTRECHT, AMERSFOORT)])
def test_north_is_up_and_east_is_right(one, other):
    first, second = projected([one, other])

    assert second[1] < first[1]
    assert second[0] >= first[0]
