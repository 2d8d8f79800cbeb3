import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from cms.models import CustomDocument, CustomImage
from lessons.models import (
    Adoption,
    Audience,
    ChangeNote,
    LessonRelation,
    LessonSource,
    Phase,
    Recommendation,
)
from lessons.withdrawing import withdraw
from tests.factories import (
    make_content_page,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_term,
)
from tests.frontend_api.graphql.asking import ask, error_of
from tests.frontend_api.graphql.questions import EVERYTHING

pytestmark = pytest.mark.django_db

BY_UUID = "query($uuid: ID) { lesson(uuid: $uuid) { ... on Lesson { FIELDS } } }"
ALL_OF_ONE = BY_UUID.replace("FIELDS", EVERYTHING)
IDENTITY = "{ lesson(%s) { __typename uuid uri } }"


def rich_lesson():
    """Return a lesson that has something in every field."""
    image = CustomImage.objects.create(
        title="Foto", description="Een huis", file=get_test_image_file()
    )
    document = CustomDocument.objects.create(title="Plan", file=ContentFile(b"x", "plan.pdf"))
    about = make_content_page("Uitleg")
    lesson = make_lesson(
        title="Vraag wie het gezin vertrouwt",
        gemeenten=[make_gemeente("GM0014", "Groningen"), make_gemeente("GM0037", "Stadskanaal")],
        pilot=make_pilot(),
        kind="dead_end",
        explanation=[
            ("paragraph", '<p>Het <b>team</b> vroeg het.</p><script>alert("x")</script>'),
            ("paragraph", f'<p>Zie de <a linktype="page" id="{about.pk}">uitleg</a>.</p>'),
            ("picture", {"image": image, "caption": "Het huis"}),
            ("document", document),
        ],
        works_if=[("condition", "Er is tijd.")],
        does_not_work_if=[("condition", "Er is haast.")],
        money_band="up_to_10k",
        money_amount=4000,
        recommendations=[
            Recommendation(
                text="Begin klein.",
                audience=make_term(Audience, "raadsleden", "Raadsleden"),
                phase=make_term(Phase, "borging", "Borging"),
                is_interpretation=True,
            )
        ],
        sources=[LessonSource(title="Verslag", document=document, page="p. 3")],
        change_notes=[ChangeNote(date=datetime.date(2026, 2, 1), text="Bedrag verbeterd.")],
        relations=[LessonRelation(target=make_lesson(title="Oudere les"), kind="refines")],
    )
    Adoption.objects.create(
        lesson=lesson,
        jeugdregio=make_jeugdregio("JZ08", "Flevoland"),
        decision="adapted",
        reason="Past bij ons.",
        decided_on=datetime.date(2026, 3, 1),
    )
    return lesson


def test_a_lesson_tells_everything_with_twelve_queries(django_assert_num_queries):
    lesson = rich_lesson()
    ask(ALL_OF_ONE, uuid=str(lesson.uuid))  # scales the picture, once

    with django_assert_num_queries(12):
        found = ask(ALL_OF_ONE, uuid=str(lesson.uuid))["lesson"]

    explanation = found["story"][-1]
    assert found["kind"] == "DEAD_END"
    assert found["scope"] == "REGIONAL"
    assert [place["name"] for place in found["gemeenten"]] == ["Groningen", "Stadskanaal"]
    assert found["partners"][0]["role"] == "LEAD"
    assert [part["part"] for part in found["story"]] == [
        "CONTEXT",
        "APPROACH",
        "RESULT",
        "EXPLANATION",
    ]
    assert explanation["html"].startswith("<p>Het <b>team</b> vroeg het.</p>")
    assert '<a href="http://testserver/uitleg/" rel="noopener">uitleg</a>' in explanation["html"]
    assert "script" not in explanation["html"]
    assert explanation["text"].splitlines()[0] == "Het team vroeg het."
    assert explanation["pictures"][0]["alt"] == "Een huis"
    assert found["recommendations"] == [
        {
            "text": "Begin klein.",
            "isInterpretation": True,
            "audience": {"code": "raadsleden", "label": "Raadsleden"},
            "phase": {"code": "borging", "label": "Borging"},
        }
    ]
    assert (found["means"][0]["kind"], found["means"][0]["band"]) == ("MONEY", "UP_TO_10K")
    assert found["means"][0]["figure"] == 4000
    assert found["sources"][0]["url"] is None
    assert found["sources"][0]["attachment"]["title"] == "Plan"
    assert found["relations"][0]["kind"] == "REFINES"
    assert found["relations"][0]["lesson"]["title"] == "Oudere les"
    assert found["adoptions"][0]["decision"] == "ADAPTED"
    assert found["changeNotes"] == [{"date": "2026-02-01", "text": "Bedrag verbeterd."}]
    assert found["licence"]["code"] == lesson.licence
    assert found["interpretationNote"] is None


def test_the_story_can_be_limited_to_some_parts():
    lesson = make_lesson()
    question = BY_UUID.replace("FIELDS", "story(parts: [RESULT, CONTEXT]) { part }")

    found = ask(question, uuid=str(lesson.uuid))

    assert found["lesson"]["story"] == [{"part": "CONTEXT"}, {"part": "RESULT"}]


def test_a_term_beside_a_lesson_can_be_read_in_full_with_one_query_more(
    django_assert_num_queries,
):
    lesson = make_lesson()
    shown = BY_UUID.replace("FIELDS", "evidenceLevel { label }")
    full = BY_UUID.replace(
        "FIELDS", "evidenceLevel { label definition isRetired broader { code } }"
    )

    with django_assert_num_queries(9):
        ask(shown, uuid=str(lesson.uuid))
    with django_assert_num_queries(10):
        found = ask(full, uuid=str(lesson.uuid))

    assert found["lesson"]["evidenceLevel"] == {
        "label": "Eén ervaring",
        "definition": None,
        "isRetired": False,
        "broader": None,
    }


def test_a_lesson_is_found_by_each_of_its_identities():
    lesson = make_lesson()
    identity = {
        "__typename": "Lesson",
        "uuid": str(lesson.uuid),
        "uri": f"{settings.BASE_URL}/id/les/{lesson.uuid}",
    }

    for argument in (
        f'uuid: "{lesson.uuid}"',
        f'uuid: "{str(lesson.uuid).upper()}"',
        f'uri: "{identity["uri"]}"',
        f'slug: "{lesson.slug}"',
    ):
        assert ask(IDENTITY % argument) == {"lesson": identity}


def test_what_does_not_exist_is_null():
    assert ask(IDENTITY % f'uuid: "{uuid4()}"') == {"lesson": None}
    assert ask(IDENTITY % 'slug: "er-is-niets"') == {"lesson": None}


@pytest.mark.parametrize(
    ("arguments", "code", "place"),
    [
        ('uuid: "1234"', "INVALID_UUID", "uuid"),
        ('uri: "https://example.org/id/les/1"', "INVALID_URI", "uri"),
        (f'uri: "{settings.BASE_URL}/id/les/1234"', "INVALID_URI", "uri"),
        ('slug: "a", uuid: "b"', "ONE_ARGUMENT", "lesson"),
        ("slug: null", "ONE_ARGUMENT", "lesson"),
    ],
)
def test_an_identity_that_cannot_be_one_is_an_error(arguments, code, place):
    error = error_of(IDENTITY % arguments)
    assert (error["code"], error["place"]) == (code, place)


def test_a_withdrawn_lesson_tells_why_and_what_replaces_it():
    lesson, better = make_lesson(title="Geheim"), make_lesson(title="Betere les")
    withdraw(lesson, reason="replaced", explanation="Zie de nieuwe les.", replacement=better)

    found = ask(
        """query($uuid: ID) { lesson(uuid: $uuid) {
            __typename uuid uri
            ... on WithdrawnLesson {
                reason reasonLabel explanation withdrawnOn replacement { uuid title url }
            }
        } }""",
        uuid=str(lesson.uuid),
    )["lesson"]

    assert found["__typename"] == "WithdrawnLesson"
    assert found["uuid"] == str(lesson.uuid)
    assert found["reason"] == "REPLACED"
    assert found["explanation"] == "Zie de nieuwe les."
    assert found["replacement"]["title"] == "Betere les"
    assert "Geheim" not in str(found)


def hide_draft():
    return make_lesson(published=False)


def hide_unpublished():
    lesson = make_lesson()
    lesson.unpublish()
    return lesson


def hide_private():
    lesson = make_lesson()
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    return lesson


@pytest.mark.parametrize("hide", [hide_draft, hide_unpublished, hide_private])
def test_what_is_not_public_does_not_exist(hide):
    lesson = hide()

    assert ask(IDENTITY % f'uuid: "{lesson.uuid}"') == {"lesson": None}
    assert ask(IDENTITY % f'slug: "{lesson.slug}"') == {"lesson": None}
    assert ask("{ lessons { totalCount } }") == {"lessons": {"totalCount": 0}}
