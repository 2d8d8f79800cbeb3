"""Groups of synonyms in the CMS: who keeps them, and what is refused with which words."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from search import service
from search.editing.synonym_lists import group_url, prefilled_url
from search.loading_synonyms import read_groups
from search.models import SynonymGroup
from search.query import LessonQuery
from tests.factories import make_lesson
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_search_synonymgroup:list"
ADD = "wagtailsnippets_search_synonymgroup:add"
DELETE = "wagtailsnippets_search_synonymgroup:delete"


def posted(preferred="vrijwilliger", **fields):
    return {"preferred": preferred, "synonyms": "helpende buren", "is_active": "on", **fields}


def refused(client, url=None, **fields):
    """Return what the form says about each field that it refuses."""
    response = client.post(url or reverse(ADD), posted(**fields))
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_a_reviewer_adds_changes_and_deletes_and_the_next_search_knows(reviewer):
    make_lesson(title="Zoek vrijwilligers")

    def found(text):
        return [hit.card.title for hit in service.search(LessonQuery(text=text)).hits]

    reviewer.post(reverse(ADD), posted())
    group = SynonymGroup.objects.get()
    assert found("helpende buren") == ["Zoek vrijwilligers"]

    reviewer.post(group_url(group), posted(synonyms="barmhartige samaritaan"))
    assert found("helpende buren") == []
    assert found("barmhartige samaritaan") == ["Zoek vrijwilligers"]

    reviewer.post(reverse(DELETE, args=[group.pk]))
    assert found("barmhartige samaritaan") == []
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["wagtail.create", "wagtail.edit", "wagtail.delete"]


def test_the_list_can_be_searched_by_any_name_and_filtered(reviewer):
    SynonymGroup.objects.create(preferred="vrijwilliger", everyday_words="helpende buur")
    SynonymGroup.objects.create(preferred="pleegouder", synonyms="pleegmoeder", is_active=False)

    def shown(**query):
        rows = reviewer.get(reverse(LIST), query).context["page_obj"].object_list
        return [group.preferred for group in rows]

    assert shown(q="buur") == ["vrijwilliger"]
    assert shown(is_active="false") == ["pleegouder"]
    assert shown() == ["pleegouder", "vrijwilliger"]


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"synonyms": ""}, "synonyms", "Geef minstens één andere naam"),
        ({"synonyms": "buur\nbuur"}, "synonyms", "‘buur’ staat er twee keer."),
        (
            {"synonyms": "buur", "narrower": "BUUR!"},
            "narrower",
            "‘BUUR!’ en ‘buur’ zijn voor de zoekfunctie hetzelfde.",
        ),
        ({"synonyms": "Vrijwilliger"}, "synonyms", "‘Vrijwilliger’ en ‘vrijwilliger’"),
        ({"abbreviations": "?!"}, "abbreviations", "‘?!’ heeft geen woord waarop gezocht wordt."),
        ({"synonyms": "in de"}, "synonyms", "‘in de’ heeft geen woord waarop gezocht wordt."),
        ({"narrower": "a b c d e f g h i"}, "narrower", "hoogstens 120 letters en 8 woorden"),
        (
            {"synonyms": "\n".join(f"w{number}" for number in range(101))},
            "synonyms",
            "Een groep heeft hoogstens 100 namen; splits haar.",
        ),
    ],
)
def test_what_search_can_do_nothing_with_is_refused(reviewer, fields, field, message):
    errors = refused(reviewer, **fields)

    assert list(errors) == [field]
    assert message in str(errors[field])
    assert not SynonymGroup.objects.exists()


def test_a_word_that_one_group_leaves_alone_is_used_by_no_other(reviewer):
    SynonymGroup.objects.create(preferred="pleegouder", synonyms="pleegmoeder", unexpanded="PO")

    errors = refused(reviewer, abbreviations="po")
    assert "aangemerkt als te breed of dubbelzinnig" in str(errors["abbreviations"])

    errors = refused(reviewer, unexpanded="Pleegmoeder")
    assert "in gebruik in de groep ‘pleegouder’" in str(errors["unexpanded"])

    reviewer.post(reverse(ADD), posted(abbreviations="po", is_active=""))
    assert SynonymGroup.objects.get(preferred="vrijwilliger").abbreviations == "po"


def test_what_lessenbank_is_shipped_with_keeps_the_rules():
    groups = read_groups()
    for group in groups:
        group.save()

    for group in groups:
        group.full_clean()


def test_a_form_is_filled_in_from_its_address_and_saves_nothing(reviewer):
    group = SynonymGroup.objects.create(preferred="vrijwilliger", synonyms="buur")

    new = reviewer.get(prefilled_url({"preferred": "", "synonyms": "oma & opa"}))
    known = reviewer.get(prefilled_url({"synonyms": "buur\nbuurvrouw"}, group))

    assert new.context["form"]["synonyms"].value() == "oma & opa"
    assert known.context["form"]["synonyms"].value() == "buur\nbuurvrouw"
    assert known.context["form"]["preferred"].value() == "vrijwilliger"
    assert SynonymGroup.objects.get().synonyms == "buur"


def test_region_editors_have_no_part_in_it(people: People):
    group = SynonymGroup.objects.create(preferred="vrijwilliger", synonyms="buur")
    client = logged_in(people.editor)

    for url in (reverse(LIST), reverse(ADD), group_url(group)):
        assert client.get(url).status_code == 302
    client.post(group_url(group), posted(synonyms="iets anders"))

    assert SynonymGroup.objects.get().synonyms == "buur"


def test_administrators_keep_the_list_too(people: People):
    response = logged_in(people.administrator).get(reverse(ADD))

    assert response.status_code == 200
