"""On the shipped tables: what people who know the places expect, and how firm it is."""

import numpy as np
import pytest

from lessons.comparability.quality import (
    class_agreement,
    explained,
    isolations,
    rank_of,
    stability,
)
from lessons.comparability.report import PAGE, with_measured


@pytest.mark.parametrize(
    ("one", "other"), [("Heerlen", "Kerkrade"), ("Deventer", "Hengelo"), ("Nunspeet", "Elburg")]
)
def test_known_pairs_are_within_the_ten_nearest_of_each_other(shipped, one, other):
    places = shipped.names.index(one), shipped.names.index(other)
    assert rank_of(shipped.distances, *places) <= 10
    assert rank_of(shipped.distances, *reversed(places)) <= 10


@pytest.mark.parametrize(
    ("column", "times"), [("grootteklasse_2025", 1.5), ("stedelijkheid_2024", 2)]
)
def test_classes_of_cbs_agree_more_within_the_ten_nearest_than_by_chance(shipped, column, times):
    found = class_agreement(shipped.distances, shipped.figure(column))
    assert found.nearest > times * found.chance


def test_lists_stay_when_one_trait_is_left_out(shipped):
    for found in stability(shipped.profiles):
        assert found.rank_correlation > 0.9, found
        assert found.kept > 0.6, found


def test_those_known_to_be_unlike_any_other_are_found_isolated(shipped):
    ratios = {place.code: place.ratio for place in isolations(shipped.profiles)}
    names = dict(zip(shipped.names, shipped.profiles.codes, strict=True))
    unlike = ("Amsterdam", "Urk", "Ameland", "Schiermonnikoog", "Vlieland", "Terschelling")
    assert all(ratios[names[name]] >= 2 for name in unlike)
    assert ratios[names["Deventer"]] < 1.2
    assert sum(ratio >= 2 for ratio in ratios.values()) < 0.05 * 342


def test_context_explains_little_of_the_use_of_care(shipped):
    assert 0.1 < explained(shipped.profiles, shipped.figure("pct_jeugdzorg_2022")) < 0.5


def test_class_agreement_of_places_in_two_clusters_is_full():
    points = np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, *range(100, 111)])
    distances = np.abs(points[:, None] - points[None, :])
    found = class_agreement(distances, (points > 50).astype(float))
    assert found.nearest == 1
    assert found.chance == pytest.approx(10 / 21)


def test_the_page_holds_what_is_measured():
    page = PAGE.read_text(encoding="utf-8")
    assert with_measured(page) == page, "run: manage.py report_comparability --write"
