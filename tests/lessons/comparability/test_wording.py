import pytest

from lessons.comparability.nearness import Nearness
from lessons.comparability.traits import TRAITS
from lessons.comparability.wording import notice_text, reason_text, unknown_text

BY_CODE = {trait.code.value: trait for trait in TRAITS}


@pytest.mark.parametrize(
    ("code", "own", "other", "difference", "text"),
    [
        ("inhabitants", 41_873, 44_310, 0.1, "bijna evenveel inwoners: 41.900 en 44.300"),
        ("inhabitants", 971, 1_217, 0.3, "iets meer inwoners: 971 en 1.217"),
        ("address_density", 818, 2_412.4, 1.5, "veel stedelijker: 818 en 2.412 adressen per km²"),
        ("address_density", 818, 350, -1, "minder stedelijk: 818 en 350 adressen per km²"),
        ("aged_0_19", 21.98, 20.04, -0.5,
         "iets minder jeugd van 0 tot en met 19 jaar: 22,0% en 20,0%"),
        ("with_children", 32, 32.1, 0, "bijna evenveel huishoudens met kinderen: 32,0% en 32,1%"),
        ("income", 34.55, 36.1, 0.75, "hoger inkomen: € 34.600 en € 36.100"),
        ("assistance", 30.6, 12, -1.6, "veel minder bijstand: 31 en 12 per 1.000 inwoners"),
        ("social_rent", 28, 35, 0.8, "meer corporatiewoningen: 28,0% en 35,0%"),
        ("higher_educated", 35.12, 30, -0.9, "minder hoogopgeleiden: 35,1% en 30,0%"),
    ],
)  # fmt: skip
def test_a_reason_says_how_much_and_gives_both_figures(code, own, other, difference, text):
    assert reason_text(BY_CODE[code], own, other, difference) == text


def test_what_is_not_known_is_named():
    assert unknown_text(BY_CODE["income"], ["Urk", "Rozendaal"]) == (
        "telt niet mee: mediaan gestandaardiseerd inkomen, niet bekend van Urk en Rozendaal"
    )


def notice(own, missing=(), counting=8):
    return notice_text("gemeente", "Urk", Nearness(own, 0.1), missing, counting)


def test_nothing_is_said_when_there_is_nothing_to_say():
    assert notice(0.19) == ""


def test_a_list_in_which_nobody_is_near_says_so():
    assert notice(0.397) == (
        "Geen gemeente in deze lijst lijkt echt op Urk: de meest vergelijkbare staan 4,0 keer zo "
        "ver weg als gewoonlijk. Let op de verschillen."
    )


def test_an_empty_list_and_missing_figures_are_told():
    assert notice(float("nan"), [BY_CODE["income"]]) == (
        "Geen enkele gemeente voldoet aan de gekozen voorwaarden. Van Urk is niet bekend: mediaan "
        "gestandaardiseerd inkomen. Dat telt niet mee."
    )
    assert notice(float("nan"), TRAITS) == (
        "Van Urk zijn geen cijfers bekend; daarom is er niets te vergelijken."
    )
