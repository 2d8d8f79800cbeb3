"""The phases of a pilot on a line, with their lessons."""

import datetime

import pytest

from frontend_api.portal.pilot_timeline import pilot_timeline
from lessons import selectors
from lessons.models import Phase, PilotPhase
from tests.factories import make_lesson, make_pilot, make_term

pytestmark = pytest.mark.django_db


def make_dated_pilot():
    pilot = make_pilot("pilot-een")
    rows = (
        ("aanmelding", None, datetime.date(2018, 9, 24)),
        ("uitvoering", datetime.date(2019, 1, 7), datetime.date(2019, 12, 20)),
        ("delen", datetime.date(2020, 11, 17), None),
        ("borging", None, None),
    )
    pilot.phase_dates = [
        PilotPhase(phase=make_term(Phase, code), starts_on=start, ends_on=end, sort_order=order)
        for order, (code, start, end) in enumerate(rows)
    ]
    pilot.save()
    return pilot


def test_the_phases_say_what_is_known_of_when():
    make_dated_pilot()

    steps = pilot_timeline(selectors.pilot("pilot-een")).steps

    assert [(step.label, step.dates, step.has_dates) for step in steps] == [
        ("Aanmelding", "tot en met 24 september 2018", True),
        ("Uitvoering", "7 januari 2019 tot en met 20 december 2019", True),
        ("Delen", "vanaf 17 november 2020", True),
        ("Borging", "datum niet bekend", False),
    ]


def test_a_lesson_stands_at_each_of_its_phases_and_others_apart(client):
    pilot = make_dated_pilot()
    uitvoering, borging = make_term(Phase, "uitvoering"), make_term(Phase, "borging")
    make_lesson(title="In twee fasen", pilot=pilot, phases=[uitvoering, borging])
    make_lesson(title="In geen van deze", pilot=pilot, phases=[make_term(Phase, "selectie")])
    make_lesson(title="Van elders", phases=[uitvoering])

    timeline = pilot_timeline(selectors.pilot("pilot-een"))

    at = {step.label: [card.title for card in step.lessons] for step in timeline.steps}
    assert at == {
        "Aanmelding": [],
        "Uitvoering": ["In twee fasen"],
        "Delen": [],
        "Borging": ["In twee fasen"],
    }
    assert [card.title for card in timeline.others] == ["In geen van deze"]
    assert timeline.total == 2
    page = client.get(pilot.url).content.decode()
    assert page.count("In twee fasen") == 2
    assert page.count('class="timeline__step ') == 4


def test_of_many_lessons_a_phase_shows_five_and_leads_to_all():
    pilot = make_dated_pilot()
    for _ in range(6):
        make_lesson(pilot=pilot, phases=[make_term(Phase, "uitvoering")])

    step = pilot_timeline(selectors.pilot("pilot-een")).steps[1]

    assert (len(step.lessons), step.total) == (5, 6)
    assert step.url == "/zoeken/?phase=uitvoering&pilot=pilot-een"
