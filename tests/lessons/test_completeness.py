import pytest
from django.core.exceptions import ValidationError

from lessons.completeness import REQUIREMENTS, completeness_percentage, missing_for_publication
from lessons.models import LessonPage
from tests.factories import make_jeugdregio, make_lesson, make_section, story

pytestmark = pytest.mark.django_db


def missing_fields(lesson):
    return [item.field for item in missing_for_publication(lesson)]


def test_lesson_of_the_factory_lacks_nothing():
    lesson = make_lesson()

    assert missing_fields(lesson) == []
    assert completeness_percentage(lesson) == 100


def test_empty_draft_lacks_all_but_what_has_a_default():
    lesson = LessonPage()

    assert missing_fields(lesson) == [
        requirement.field
        for requirement in REQUIREMENTS
        if requirement.field not in {"kind", "licence"}
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"core": ""}, "core"),
        ({"context": []}, "context"),
        ({"approach": story("")}, "approach"),
        ({"result": []}, "result"),
        ({"ontwikkelpunt": None}, "ontwikkelpunt"),
        ({"evidence_level": None}, "evidence_level"),
        ({"jeugdregio": None}, "jeugdregio"),
        ({"period_from": None}, "period_from"),
        ({"last_reviewed": None}, "last_reviewed"),
        ({"next_review": None}, "next_review"),
        ({"attribution": ""}, "attribution"),
        ({"contact_role": ""}, "contact_role"),
        ({"privacy_declared": False}, "privacy_declared"),
        ({"phases": []}, "phases"),
        ({"partner_roles": []}, "partner_roles"),
        ({"recommendations": []}, "recommendations"),
    ],
)
def test_each_required_part_is_named_and_stops_publication(changes, field):
    lesson = make_lesson(published=False, **changes)

    assert missing_fields(lesson) == [field]
    with pytest.raises(ValidationError):
        lesson.get_latest_revision().publish()
    lesson.refresh_from_db()
    assert lesson.live is False


def test_national_lesson_needs_no_jeugdregio():
    lesson = make_lesson(make_section(None), published=False)

    assert lesson.jeugdregio is None
    assert missing_fields(lesson) == []


def test_unknown_period_is_accepted_when_said():
    lesson = make_lesson(published=False, period_from=None, period_is_unknown=True)

    assert missing_fields(lesson) == []


def test_incomplete_lesson_is_saved_as_draft():
    section = make_section(make_jeugdregio())

    draft = section.add_child(instance=LessonPage(title="Alleen een titel", live=False))

    assert LessonPage.objects.get(pk=draft.pk).title == "Alleen een titel"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 101}, "title"),
        ({"period_from": 2024, "period_to": 2020}, "period_to"),
        ({"period_from": 1800}, "period_from"),
    ],
)
def test_wrong_value_is_refused_at_its_field(changes, field):
    with pytest.raises(ValidationError) as error:
        make_lesson(**changes)

    assert list(error.value.message_dict) == [field]
