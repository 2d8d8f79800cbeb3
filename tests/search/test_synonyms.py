"""Synonyms from the database, as the next search sees them."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from lessons.models import FamilyForm
from search import service
from search.loading_synonyms import load_groups, read_groups
from search.models import SynonymGroup
from search.query import LessonQuery
from search.word_lists import current_word_lists
from tests.factories import (
    make_former_gemeente,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_section,
    make_term,
)

pytestmark = pytest.mark.django_db


def titles(text):
    return [hit.card.title for hit in service.search(LessonQuery(text=text)).hits]


def test_a_change_of_the_list_counts_from_the_next_search_on():
    make_lesson(title="Zoek vrijwilligers")
    assert titles("helpende buren") == []

    group = SynonymGroup.objects.create(preferred="vrijwilliger", synonyms="helpende buren")
    assert titles("helpende buren") == ["Zoek vrijwilligers"]

    group.is_active = False
    group.save()
    assert titles("helpende buren") == []


def test_labels_of_terms_and_of_terms_merged_into_them_are_names_of_each_other():
    current = make_term(FamilyForm, "gezinshuis", "Gezinshuis", alternative_labels="GHZ")
    make_term(FamilyForm, "leefgezin", "Leefgezin", replaced_by=current, is_retired=True)
    make_lesson(title="Over een gezinshuis")

    assert titles("ghz") == titles("leefgezin") == ["Over een gezinshuis"]


def test_a_gemeente_finds_what_its_jeugdregio_learned_and_a_provincie_its_gemeenten():
    region = make_jeugdregio("JZ02", "Haaglanden")
    gemeente = make_gemeente("GM0603", "Rijswijk", region)
    gemeente.provincie = "Zuid-Holland"
    gemeente.save()
    make_lesson(make_section(region), title="Van de regio")
    make_lesson(title="Van de gemeente", gemeenten=[gemeente])

    assert titles("Rijswijk") == ["Van de gemeente", "Van de regio"]
    assert titles('"Zuid-Holland"') == ["Van de gemeente"]
    assert "Van de gemeente" in titles("Haaglanden")


def test_a_former_gemeente_leads_to_those_that_its_area_went_to():
    oisterwijk, vught = make_gemeente("GM0824", "Oisterwijk"), make_gemeente("GM0865", "Vught")
    make_lesson(title="Uit Oisterwijk", gemeenten=[oisterwijk])
    make_lesson(title="Uit Vught", gemeenten=[vught])
    make_lesson(title="Elders", gemeenten=[make_gemeente("GM0757", "Boxtel")])
    make_former_gemeente("GM0788", "Haaren", oisterwijk, vught)
    make_former_gemeente("GM0846", "Sint-Oedenrode", vught)
    make_former_gemeente("GM0009", "Ten Boer", oisterwijk)

    assert sorted(titles("Haaren")[:2]) == ["Uit Oisterwijk", "Uit Vught"]
    assert titles("sint oedenrode")[0] == "Uit Vught"
    assert titles("Ten Boer")[0] == "Uit Oisterwijk"


def test_a_former_name_is_no_form_of_a_word():
    groningen = make_gemeente()
    make_lesson(title="Uit Groningen", gemeenten=[groningen])
    make_former_gemeente("GM0017", "Haren", groningen)
    make_former_gemeente("GM0425", "Naarden", groningen)

    synonyms = current_word_lists().synonyms

    assert [span for span, _others in synonyms.matches(["naar", "haar", "haren"])] == [slice(2, 3)]
    assert "naarden" in synonyms
    assert titles("Haren")[0] == titles("Naarden")[0] == "Uit Groningen"


def test_exact_wording_leads():
    SynonymGroup.objects.create(preferred="steungezin", synonyms="buurtgezin")
    make_lesson(title="Een buurtgezin")
    make_lesson(title="Een steungezin")

    assert titles("buurtgezinnen") == ["Een buurtgezin", "Een steungezin"]
    assert titles("steungezinnen") == ["Een steungezin", "Een buurtgezin"]


def test_the_shipped_list_is_read_whole_and_loaded_once():
    groups = read_groups()

    assert load_groups(groups) == len(groups)
    assert load_groups(read_groups()) == 0
    assert "UHP" in SynonymGroup.objects.get(preferred="uithuisplaatsing").other_names
    assert not SynonymGroup.objects.filter(abbreviations__contains="PO\n").exists()
    assert "uhp" in current_word_lists().synonyms


def test_loading_leaves_what_an_editor_changed(capsys):
    SynonymGroup.objects.create(preferred="uithuisplaatsing", synonyms="eigen keuze")

    call_command("load_synonyms")

    assert SynonymGroup.objects.get(preferred="uithuisplaatsing").synonyms == "eigen keuze"
    assert "groepen nieuw" in capsys.readouterr().out


def test_a_file_of_another_form_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("preferred,kind,term\na,vreemd,b\n")

    with pytest.raises(CommandError, match="Regel 2"):
        call_command("load_synonyms", file=path)
