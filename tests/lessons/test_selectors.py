import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from cms.models import CustomDocument, CustomImage
from lessons import selectors
from lessons.models import (
    Adoption,
    ChangeNote,
    FamilyForm,
    LessonRelation,
    LessonSource,
    Phase,
)
from lessons.withdrawing import withdraw
from tests.factories import (
    make_content_page,
    make_former_gemeente,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
    story,
)

pytestmark = pytest.mark.django_db


def hide_draft():
    return make_lesson(published=False)


def hide_unpublished():
    lesson = make_lesson()
    lesson.unpublish()
    return lesson


def hide_withdrawn():
    lesson = make_lesson()
    withdraw(lesson, reason="incorrect")
    return lesson


def hide_private():
    lesson = make_lesson()
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    return lesson


def hide_in_private_section():
    lesson = make_lesson()
    PageViewRestriction.objects.create(page=lesson.get_parent(), restriction_type="login")
    return lesson


def hide_scheduled():
    lesson = make_lesson(published=False, go_live_at=timezone.now() + datetime.timedelta(days=1))
    lesson.get_latest_revision().publish()
    return lesson


def hide_expired_before_the_scheduler_came_by():
    lesson = make_lesson()
    type(lesson).objects.filter(pk=lesson.pk).update(
        expire_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    return lesson


HIDDEN = [
    hide_draft,
    hide_unpublished,
    hide_withdrawn,
    hide_private,
    hide_in_private_section,
    hide_scheduled,
    hide_expired_before_the_scheduler_came_by,
]


@pytest.mark.parametrize("hide", HIDDEN)
def test_what_is_not_public_comes_out_of_no_selector(hide):
    lesson = hide()

    assert selectors.public_lesson_pks() == []
    assert selectors.still_public([lesson.pk]) == frozenset()
    assert selectors.indexable_lessons([lesson.pk]) == []
    assert not isinstance(selectors.lesson(uuid=str(lesson.uuid)), selectors.LessonDetail)
    assert not isinstance(selectors.lesson(slug=lesson.slug), selectors.LessonDetail)


@pytest.mark.parametrize("hide", HIDDEN)
def test_public_lesson_does_not_name_a_hidden_one(hide):
    hidden = hide()
    relation = LessonRelation(kind="confirms", target=hidden)
    # The private section of one case would hide this lesson too.
    section = make_section(make_jeugdregio("JZ02", "Friesland"))

    lesson = make_lesson(section, relations=[relation])

    assert selectors.lesson(uuid=str(lesson.uuid)).relations == ()


def test_unpublished_change_of_a_public_lesson_is_not_shown():
    lesson = make_lesson(core="De kern van nu.")
    lesson.core = "De kern van straks."
    lesson.save_revision()

    assert selectors.lesson(uuid=str(lesson.uuid)).card.core == "De kern van nu."


def test_merged_term_is_shown_and_found_as_its_successor():
    old, new = make_term(Phase, "oude-fase", "Oude fase"), make_term(Phase, "nieuwe-fase", "Nieuw")
    lesson = make_lesson(phases=[old])
    old.replaced_by = new
    old.save()

    (record,) = selectors.indexable_lessons([lesson.pk])

    assert [term.label for term in record.card.phases] == ["Nieuw"]
    assert record.facets["phase"] == ("nieuwe-fase",)
    assert selectors.resolve_code("phase", "oude-fase") == "nieuwe-fase"


def test_term_is_found_under_its_broader_term():
    broad = make_term(FamilyForm, "pleeggezin")
    narrow = make_term(FamilyForm, "netwerkpleeggezin", broader=broad)
    lesson = make_lesson(family_forms=[narrow])

    (record,) = selectors.indexable_lessons([lesson.pk])

    assert record.facets["familyForm"] == ("netwerkpleeggezin", "pleeggezin")
    assert [term.code for term in record.card.family_forms] == ["netwerkpleeggezin"]


def test_lesson_is_found_under_the_jeugdregio_of_each_gemeente():
    friesland = make_jeugdregio("JZ02", "Friesland")
    gemeenten = [make_gemeente(), make_gemeente("GM0080", "Leeuwarden", friesland)]
    lesson = make_lesson(gemeenten=gemeenten)

    (record,) = selectors.indexable_lessons([lesson.pk])

    assert record.facets["jeugdregio"] == ("JZ01", "JZ02")


def divided_haaren():
    oisterwijk = make_gemeente("GM0824", "Oisterwijk")
    make_former_gemeente(
        "GM0788", "Haaren", oisterwijk, make_gemeente("GM0865", "Vught"), ended_on="2021-01-01"
    )


def test_a_former_gemeente_stands_for_its_successor_and_says_so():
    make_former_gemeente("GM0381", "Bussum", make_gemeente("GM1942", "Gooise Meren"))

    found = selectors.gemeente("GM0381")

    assert (found.code, found.name) == ("GM1942", "Gooise Meren")
    assert found.notice == (
        "GM0381 (Bussum) bestaat niet meer sinds 1 januari 2019 en hoort nu bij Gooise Meren."
    )
    assert selectors.gemeente("GM1942").notice == ""
    assert selectors.resolve_code("gemeente", "GM0381") == "GM1942"
    assert selectors.gemeente("GM9999") is None


def test_a_divided_gemeente_stands_for_its_main_successor_and_names_all():
    divided_haaren()

    found = selectors.gemeente("GM0788")
    table = selectors.facet_tables(["gemeente"])["gemeente"]

    assert found.notice == (
        "GM0788 (Haaren) bestaat niet meer sinds 1 januari 2021 en is verdeeld over Oisterwijk "
        "en Vught; dit is Oisterwijk."
    )
    assert table.current("GM0788") == "GM0824"
    assert table.all_current("GM0788") == ("GM0824", "GM0865")
    assert table.all_current("GM0824") == ("GM0824",)
    assert table.all_current("GM9999") == ()
    assert list(table.labels) == ["GM0824", "GM0865"]


@pytest.mark.parametrize(
    ("period", "edition"),
    [
        ({"period_from": 2019, "period_to": 2021}, 2020),
        ({"period_from": 2026}, 2025),
        ({"period_from": 2022, "period_to": None}, 2020),
        ({"period_from": 2023}, 2025),
        ({"period_from": None, "period_is_unknown": True}, 2025),
    ],
)
def test_a_lesson_keeps_the_profile_of_its_period(period, edition, django_assert_num_queries):
    gemeente = make_gemeente()
    for year in (2020, 2025):
        gemeente.profiles.create(edition=year, figures={f"inwoners_{year}": year})
    nameless = make_gemeente("GM0037", "Stadskanaal")
    card = selectors.lesson(
        uuid=str(make_lesson(gemeenten=[gemeente, nameless], **period).uuid)
    ).card

    with django_assert_num_queries(1):
        (found,) = selectors.period_profiles([card])[card.uuid]

    assert (found.gemeente.code, found.edition) == ("GM0014", edition)
    assert found.figures == {f"inwoners_{edition}": edition}
    assert found.for_year == (card.period.to_year or card.period.from_year)


def test_former_gemeenten_come_by_name_with_their_successors():
    divided_haaren()
    make_former_gemeente("GM0381", "Bussum", make_gemeente("GM1942", "Gooise Meren"))

    found = selectors.former_gemeenten()

    assert [(one.code, [place.name for place in one.successors]) for one in found] == [
        ("GM0381", ["Gooise Meren"]),
        ("GM0788", ["Oisterwijk", "Vught"]),
    ]


def test_unknown_code_tells_what_is_accepted():
    make_term(Phase, "uitvoering")

    with pytest.raises(selectors.UnknownCode) as error:
        selectors.resolve_code("phase", "bestaat-niet")

    assert error.value.accepted == ("uitvoering",)


def test_pilot_that_is_not_public_is_not_named():
    lesson = make_lesson(pilot=make_pilot(published=False))

    detail = selectors.lesson(uuid=str(lesson.uuid))

    assert detail.card.pilot is None
    assert selectors.pilots() == ()


def test_pilot_that_will_expire_is_not_stored_in_the_index():
    pilot = make_pilot(expire_at=timezone.now() + datetime.timedelta(days=1))
    lesson = make_lesson(pilot=pilot)

    (record,) = selectors.indexable_lessons([lesson.pk])

    assert record.card.pilot is None
    assert record.facets["pilot"] == ()
    assert selectors.lesson(uuid=str(lesson.uuid)).card.pilot is not None


def rich_lesson():
    image = CustomImage.objects.create(
        title="Foto", description="Een huis", file=get_test_image_file()
    )
    document = CustomDocument.objects.create(title="Plan", file=ContentFile(b"x", "plan.pdf"))
    page = make_content_page("Uitleg")
    lesson = make_lesson(
        gemeenten=[make_gemeente()],
        family_forms=[make_term(FamilyForm, "gezinshuis")],
        pilot=make_pilot(),
        relations=[LessonRelation(kind="confirms", target=make_lesson())],
        change_notes=[ChangeNote(date=datetime.date(2026, 2, 1), text="Cijfer hersteld.")],
        sources=[LessonSource(title="Plan van aanpak", document=document)],
        explanation=[
            ("paragraph", f'<p>Zie de <a linktype="page" id="{page.pk}">uitleg</a>.</p>'),
            ("quote", {"text": "Het <b>werkt</b>.", "role": "pleegouder"}),
            ("figure", {"value": "8", "meaning": "gezinnen", "sample": "n = 10", "source": ""}),
            ("picture", {"image": image, "caption": "Het huis"}),
            ("document", document),
        ],
        money_band="up_to_50k",
        money_amount=44000,
        works_if=[("condition", "Er is een vast aanspreekpunt.")],
    )
    Adoption.objects.create(
        lesson=lesson,
        jeugdregio=make_jeugdregio(),
        decision="applied",
        reason="Past bij ons.",
        decided_on=datetime.date(2026, 3, 1),
    )
    return lesson


def test_lesson_with_everything_takes_twelve_queries(django_assert_num_queries):
    lesson = rich_lesson()
    selectors.lesson(uuid=str(lesson.uuid))  # scales the picture, once

    with django_assert_num_queries(12):
        detail = selectors.lesson(uuid=str(lesson.uuid))

    (explanation,) = [section for section in detail.story if section.part == "explanation"]
    assert '<a href="http://testserver/uitleg/" rel="noopener">uitleg</a>' in explanation.html
    assert "Het &lt;b&gt;werkt&lt;/b&gt;." in explanation.html
    assert "8 gezinnen (n = 10)" in explanation.text
    assert [picture.alt for picture in explanation.pictures] == ["Een huis"]
    assert [attachment.title for attachment in explanation.attachments] == ["Plan"]
    assert detail.sources[0].attachment.title == "Plan"
    assert [relation.is_incoming for relation in detail.relations] == [False]
    assert [adoption.decision for adoption in detail.adoptions] == ["applied"]
    assert [means.figure for means in detail.means] == [44000]
    assert detail.works_if == ("Er is een vast aanspreekpunt.",)


def test_number_of_queries_to_index_does_not_grow_with_the_lessons(django_assert_num_queries):
    pks = [make_lesson(gemeenten=[make_gemeente()]).pk for _ in range(3)]

    with django_assert_num_queries(7):
        records = selectors.indexable_lessons(pks)

    assert [record.pk for record in records] == pks


def test_script_in_a_stored_paragraph_does_not_come_out():
    lesson = make_lesson(result=story('Goed<script>alert(1)</script><img src=x onerror="x">'))

    detail = selectors.lesson(uuid=str(lesson.uuid))

    assert [section.html for section in detail.story if section.part == "result"] == ["<p>Goed</p>"]


def test_malformed_uuid_is_unknown():
    assert selectors.lesson(uuid="geen-uuid") is None


def test_preview_shows_a_draft_that_lacks_almost_everything():
    section = make_section(make_jeugdregio())
    draft = section.add_child(instance=type(make_lesson())(title="Nog leeg", live=False))

    detail = selectors.preview_lesson(draft)

    assert detail.card.title == "Nog leeg"
    assert detail.story == ()


def test_story_keeps_its_order_and_leaves_out_empty_parts():
    lesson = make_lesson(trigger=story("Een motie."))

    detail = selectors.lesson(uuid=str(lesson.uuid))

    assert [section.part for section in detail.story] == [
        "context",
        "trigger",
        "approach",
        "result",
    ]
