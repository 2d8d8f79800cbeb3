import re

from lessons.choices import ComparisonTheme, ComparisonTrait
from lessons.comparability.distances import z_scores
from lessons.comparability.profiles import SHOWN_FIGURES, read_profiles
from lessons.comparability.traits import TRAITS
from lessons.loading.geography_columns import base_name
from lessons.loading.geography_tables import GEMEENTEN_FILE
from lessons.loading.tables import read_table

# How the head of the table names the sources that the traits name in full.
SOURCES = {
    "S": "CBS StatLine 70072ned (Regionale kerncijfers Nederland)",
    "S2": "CBS StatLine, Inkomen van huishoudens; regio",
    "N": "CBS Wijk- en Buurtkaart",
    "A": "CBS wijken en buurten (PDOK)",
}


def test_every_choice_is_a_trait_and_every_theme_has_one():
    assert [trait.code for trait in TRAITS] == list(ComparisonTrait)
    assert {trait.theme for trait in TRAITS} == set(ComparisonTheme)


def test_the_source_of_each_trait_is_that_of_the_shipped_table():
    table = read_table(GEMEENTEN_FILE, [])
    named = {
        base_name(name.removeprefix("column ")): re.split(r"[;,]", note)
        for name, note in table.notes.items()
        if name.startswith("column ")
    }
    stated = {}
    for trait in TRAITS:
        parts = (part.strip() for part in named[trait.figure])
        stated[trait.figure] = next(SOURCES[part] for part in parts if part in SOURCES)
    assert stated == {trait.figure: trait.source for trait in TRAITS}


TWO = {
    code: {f"{trait.figure}_2025": 10.0 + 5 * number for trait in TRAITS}
    for number, code in enumerate("ab")
}


def test_use_of_care_and_spending_are_no_part_of_a_comparison():
    assert {trait.figure for trait in TRAITS}.isdisjoint(SHOWN_FIGURES)
    shown = read_profiles({"a": TWO["a"] | {"pct_jeugdzorg_2022": 1}, "b": TWO["b"]})
    assert (z_scores(shown) == z_scores(read_profiles(TWO))).all()
