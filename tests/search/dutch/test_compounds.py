import pytest

from search.dutch.compounds import parts
from search.dutch.stems import stem


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pleeggezinnen", "pleeg gezin"),
        ("jeugdhulpregio", "jeugd hulp regio"),
        ("netwerkpleegzorg", "netwerk pleeg zorg pleegzorg"),
        ("gezinshuisouder", "gezin huis ouder"),
        ("wachtlijsten", "wacht lijst"),
        ("kinderrechter", "kind rechter"),
        ("samenwerkingsafspraken", "samenwerking afspraak"),
    ],
)
def test_known_parts_are_found(word, expected):
    assert {stem(part) for part in expected.split()} <= parts(word)


@pytest.mark.parametrize("word", ["besparing", "ouders", "kinderen", "gezin", "werkelijk", "zus"])
def test_a_simple_word_has_no_parts(word):
    assert parts(word) == frozenset()
