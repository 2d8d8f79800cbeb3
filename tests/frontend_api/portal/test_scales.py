"""Colour scales: every number has one level, and the legend says which."""

import pytest

from frontend_api.portal.scales import (
    count_scale,
    out_of_hundred,
    similarity_level,
    similarity_steps,
)


def test_small_numbers_have_a_level_each():
    scale = count_scale([0, 1, 3])

    assert [scale.level(number) for number in range(4)] == [0, 1, 2, 3]
    assert [step.label for step in scale.steps("geen")] == ["geen", "1", "2", "3"]


@pytest.mark.parametrize("most", [6, 7, 8, 23, 100, 12_345])
def test_large_numbers_share_levels_without_a_hole(most):
    scale = count_scale([0, most])

    levels = [scale.level(number) for number in range(most + 1)]
    assert levels == sorted(levels)
    assert set(levels) == {0, 1, 2, 3, 4, 5}
    assert scale.upper[-1] == most
    assert len(scale.steps("geen")) == 6


def test_without_numbers_there_is_still_a_scale():
    assert count_scale([]).level(0) == 0


@pytest.mark.parametrize(
    ("similarity", "level", "shown"),
    [(1.0, 5, 100), (0.9, 5, 90), (0.899, 4, 89), (0.7, 3, 70), (0.29, 1, 29), (0.0, 1, 0)],
)
def test_a_similarity_agrees_with_its_legend(similarity, level, shown):
    assert similarity_level(similarity) == level
    assert out_of_hundred(similarity) == shown


def test_the_legend_of_similarities_begins_with_the_most_alike():
    assert [(step.level, step.label) for step in similarity_steps()] == [
        (5, "90 of meer"),
        (4, "80 tot 90"),
        (3, "70 tot 80"),
        (2, "60 tot 70"),
        (1, "minder dan 60"),
    ]
