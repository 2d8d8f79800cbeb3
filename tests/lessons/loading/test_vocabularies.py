from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lessons.loading.problems import LoadingError
from lessons.loading.publishing import Counts
from lessons.loading.vocabularies import VOCABULARIES_DIR, load_vocabularies, read_vocabularies
from lessons.models import VOCABULARIES, Audience, FamilyForm, Ontwikkelpunt, Partner
from search.models import OutboxEntry
from tests.factories import forget_base
from tests.lessons.loading.conftest import Change
from tests.planting import rolled_back


@pytest.fixture(scope="module")
def loaded_terms(django_db_setup: None, django_db_blocker: Any) -> Iterator[Counts]:
    """Load the shipped terms once; return what was counted."""
    with rolled_back(django_db_blocker):
        forget_base()
        yield load_vocabularies(read_vocabularies())


@pytest.fixture
def terms(loaded_terms: Counts, db: None) -> Counts:
    """Have the shipped terms; return what was counted while they were loaded."""
    return loaded_terms


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VOCABULARIES_DIR, tmp_path / "vocabularies"))


def test_loads_the_five_ontwikkelpunten_in_their_order(terms: Counts) -> None:
    assert list(Ontwikkelpunt.objects.values_list("order", "code")) == [
        (1, "verantwoordelijkheid"),
        (2, "ontwikkelruimte"),
        (3, "informele-steun"),
        (4, "ondersteuningsstructuur"),
        (5, "eenvoud"),
    ]
    assert Ontwikkelpunt.objects.get(code="eenvoud").label == (
        "Zorg voor eenvoud en duidelijkheid in regels en financiën"
    )


def test_every_term_has_a_definition(terms: Counts) -> None:
    for model in VOCABULARIES.values():
        assert not model._default_manager.filter(definition="").exists(), model


def test_a_netwerkpleeggezin_is_a_pleeggezin(terms: Counts) -> None:
    form = FamilyForm.objects.get(code="netwerkpleeggezin")
    assert form.broader is not None
    assert form.broader.code == "pleeggezin"
    assert "netwerkpleegzorg" in form.alternative_label_list


def test_a_second_load_changes_nothing(terms: Counts) -> None:
    assert load_vocabularies(read_vocabularies()) == Counts(kept=terms.created)


def test_leaves_what_an_editor_changed_alone(terms: Counts) -> None:
    Partner.objects.filter(code="nji").update(label="Het NJi")

    load_vocabularies(read_vocabularies())

    assert Partner.objects.get(code="nji").label == "Het NJi"


def test_does_not_bring_back_what_an_editor_deleted(terms: Counts) -> None:
    Audience.objects.get(code="onderzoekers").delete()

    load_vocabularies(read_vocabularies())

    assert not Audience.objects.filter(code="onderzoekers").exists()


def test_refreshing_makes_terms_equal_to_the_file_and_tells_the_index(terms: Counts) -> None:
    Partner.objects.filter(code="nji").update(label="Het NJi")

    counts = load_vocabularies(read_vocabularies(), refresh=True)

    assert Partner.objects.get(code="nji").label == "NJi"
    assert counts.changed == 1
    assert OutboxEntry.objects.count() == 0


FAULTS = [
    pytest.param("code: pleeggezin\n", "code: steungezin\n", "meer dan eens", id="twice"),
    pytest.param("broader: pleeggezin", "broader: huis", "'huis' is onbekend", id="broader"),
    pytest.param("label: Gezinshuis", "naam: Gezinshuis", "veld naam", id="unknown-field"),
    pytest.param("label: Gezinshuis", "label:", "term gezinshuis, veld label", id="no-label"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_tells_a_fault(files: Path, change: Change, old: str, new: str, message: str) -> None:
    change(files / "family_forms.yaml", old, new)

    with pytest.raises(LoadingError, match=message):
        read_vocabularies(files)
