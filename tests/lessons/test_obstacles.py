import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from lessons.models import LessonPage, Recommendation
from lessons.obstacles import obstacles
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db

EMAIL = "Mail naar iemand@example.org."


def refused(lesson: LessonPage) -> dict[str, list[str]]:
    """Publish as a script would; return what was in the way, by field."""
    with pytest.raises(ValidationError) as refusal:
        lesson.save_revision().publish()
    return dict(refusal.value.message_dict)


def test_a_script_cannot_publish_what_names_a_person():
    lesson = make_lesson(published=False, core=EMAIL, recommendations=[Recommendation(text=EMAIL)])

    found = refused(lesson)

    assert sorted(found) == [NON_FIELD_ERRORS, "core"]
    assert found["core"] == [
        "Dit lijkt op een e-mailadres. Haal het eruit, of noem in plaats daarvan een rol. (ie…rg)"
    ]
    lesson.refresh_from_db()
    assert lesson.live is False
    assert lesson.first_published_at is None


def test_a_script_cannot_change_a_public_lesson_into_one_that_names_a_person():
    lesson = make_lesson()
    core = lesson.core
    lesson.core = EMAIL

    with pytest.raises(ValidationError) as refusal:
        lesson.save()

    assert list(refusal.value.message_dict) == ["core"]
    lesson.refresh_from_db()
    assert lesson.core == core


def test_every_obstacle_of_one_field_is_told():
    lesson = make_lesson(published=False, core=f"{EMAIL} Bel 06-12345678.", context=[])

    found = refused(lesson)

    assert sorted(found) == ["context", "core"]
    assert len(found["core"]) == 2


def test_what_is_lacking_comes_before_what_must_go():
    lesson = make_lesson(published=False, title=EMAIL, core="")

    assert [(found.field, found.is_about_privacy) for found in obstacles(lesson)] == [
        ("core", False),
        ("title", True),
    ]
