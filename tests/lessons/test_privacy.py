import pytest

from lessons.models import LessonPage, Recommendation
from lessons.privacy import privacy_findings
from tests.factories import story

# 111222333 passes the check of eleven that every BSN passes; nobody has it.
NUMBER_OF_NOBODY = "111222333"


def kinds(**fields):
    return [(finding.field, finding.kind) for finding in privacy_findings(LessonPage(**fields))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Kind {NUMBER_OF_NOBODY} ging naar huis.", "bsn"),
        ("Bel 06-12345678 voor meer.", "phone"),
        ("Bel +31 6 1234 5678.", "phone"),
        ("Mail naar iemand@example.org.", "email"),
        ("Rekening NL91 ABNA 0417 1643 00.", "iban"),
        ("Het meisje is geboren op 12 mei 2014.", "birth_date"),
        ("Zij woont op 1234 AB 12.", "address"),
    ],
)
def test_what_points_at_a_person_is_found_once(text, kind):
    assert kinds(core=text) == [("core", kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Het leverde 476.000 euro op, met 22.741 kinderen in 2018-2019.",
        "Van 235 naar 100 plaatsen in 2024.",
        "De wet van 1 juli 2018 geldt voor jongeren van 18+.",
        "123456789 keer vermenigvuldigd",
    ],
)
def test_ordinary_numbers_are_left_alone(text):
    assert kinds(core=text) == []


def test_every_part_of_the_text_is_checked():
    fields = {
        "title": "Mail a@example.org",
        "context": story("Mail b@example.org"),
        "works_if": [("condition", "Mail c@example.org")],
        "money_note": "Mail d@example.org",
        "recommendations": [Recommendation(text="Mail e@example.org")],
    }

    assert kinds(**fields) == [
        (field, "email")
        for field in ("title", "context", "works_if", "money_note", "recommendations")
    ]


def test_excerpt_hides_most_of_what_was_found():
    (finding,) = privacy_findings(LessonPage(core=f"Kind {NUMBER_OF_NOBODY}"))

    assert finding.excerpt == "11…33"
