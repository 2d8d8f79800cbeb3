import pytest

from lessons.choices import ComparisonTheme, ComparisonTrait
from lessons.comparability.weighting import DEFAULT_WEIGHTING, InvalidComparison, weighting


def test_themes_weigh_alike_and_their_traits_share_the_weight():
    assert DEFAULT_WEIGHTING.of_traits == (1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)


def test_a_step_changes_the_weight_of_its_theme():
    found = weighting({"size": 4, "youth": 1, "living": 0})
    assert found.of_traits == (2.0, 1.0, 0.25, 0.25, 0.5, 0.5, 0.0, 0.0)


def test_a_trait_that_is_off_leaves_its_share_to_the_other_of_its_theme():
    assert weighting(off=["income"]).of_traits == (1.0, 1.0, 0.5, 0.5, 0.0, 1.0, 0.5, 0.5)


def fault(**arguments):
    with pytest.raises(InvalidComparison) as caught:
        weighting(**arguments)
    error = caught.value
    assert error.message
    return error.code, error.place, error.accepted


STEPS = ("0", "1", "2", "3", "4")


@pytest.mark.parametrize("step", [-1, 5, 2.5, True])
def test_a_weight_outside_the_five_steps_is_refused(step):
    assert fault(weights={"size": step}) == ("WEIGHT", "weights.size", STEPS)


def test_unknown_themes_and_traits_are_refused_with_those_that_there_are():
    themes, traits = tuple(ComparisonTheme.values), tuple(ComparisonTrait.values)
    assert fault(weights={"culture": 1}) == ("UNKNOWN_THEME", "weights", themes)
    assert fault(off=["income", "jeugdzorg"]) == ("UNKNOWN_TRAIT", "without", traits)


def test_something_must_count():
    themes, traits = tuple(ComparisonTheme.values), tuple(ComparisonTrait.values)
    assert fault(off=traits) == ("NOTHING_COUNTS", "without", traits)
    assert fault(weights=dict.fromkeys(themes, 0)) == ("NOTHING_COUNTS", "weights", themes)
    assert fault(weights=dict.fromkeys(themes[1:], 0), off=["inhabitants"])[0] == "NOTHING_COUNTS"
