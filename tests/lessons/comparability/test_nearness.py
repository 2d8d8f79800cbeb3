import numpy as np
import pytest

from lessons.comparability.nearness import (
    Nearness,
    mean_distances_to_nearest,
    mean_of_nearest,
    typical_distance,
)


def nearness(distances, candidates):
    return Nearness(mean_of_nearest(candidates), typical_distance(distances))


def line(*positions):
    points = np.array(positions, dtype=float)
    return np.abs(points[:, None] - points[None, :])


def test_the_mean_is_over_the_nearest_five_or_those_there_are():
    assert mean_distances_to_nearest(line(0, 1, 2, 3, 4, 5, 99))[0] == 3
    assert mean_distances_to_nearest(line(0, 1, 4)).tolist() == [2.5, 2.0, 3.5]
    assert np.isnan(mean_distances_to_nearest(line(0))).all()


def test_places_that_cannot_be_compared_do_not_count():
    distances = line(0, 1, 4)
    distances[2] = distances[:, 2] = np.nan
    np.testing.assert_array_equal(mean_distances_to_nearest(distances), [1, 1, np.nan])


def test_a_place_is_isolated_from_twice_the_usual_distance():
    distances = line(0, 1, 2, 3, 4, 5, 6, 30)
    far = nearness(distances, np.sort(distances[7])[1:])
    near = nearness(distances, np.sort(distances[3])[1:])
    assert far.is_isolated
    assert not near.is_isolated


def test_a_narrow_choice_does_not_make_the_far_look_near():
    distances = line(0, 1, 2, 3, 4, 5, 6, 30)
    assert nearness(distances, distances[0, [7]]).is_isolated


def test_with_nobody_left_a_place_is_isolated():
    found = nearness(line(0, 1), np.array([]))
    assert (found.ratio, found.is_isolated) == (float("inf"), True)


def test_places_that_are_all_alike_are_not_isolated():
    assert nearness(line(1, 1, 1), np.zeros(2)).ratio == pytest.approx(1)
