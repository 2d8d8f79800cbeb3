"""A lesson with everything, one that was replaced, and terms and places with a history."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import override_settings
from rdflib import Graph

from lessons.models import (
    FamilyForm,
    LessonPage,
    LessonPartner,
    LessonRelation,
    LessonSource,
    Ontwikkelpunt,
    Partner,
    Phase,
    PilotPage,
)
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import (
    make_former_gemeente,
    make_gemeente,
    make_lesson,
    make_pilot,
    make_term,
)
from tests.planting import rolled_back

BASE = "http://testserver"
FORMATS = {"text/turtle; charset=utf-8": "turtle", "application/ld+json": "json-ld"}


@dataclass(frozen=True)
class Planted:
    """What was planted."""

    lesson: LessonPage
    replaced: LessonPage
    pilot: PilotPage


def parsed(response: HttpResponse) -> Graph:
    """Return the triples of a document; nothing is fetched for it."""
    assert response.status_code in {200, 410}, response.content
    content = response.content.decode()
    if "json" in response["Content-Type"]:
        assert not isinstance(json.loads(content)["@context"], str)
    return graph_of(content, FORMATS[response["Content-Type"]])


def graph_of(content: str, form: str) -> Graph:
    """Return the triples of a text."""
    with warnings.catch_warnings():
        # rdflib reads JSON-LD by way of a class that it no longer wants others to use.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=content, format=form)


@pytest.fixture(scope="package")
def planted_data(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Planted]:
    """Plant once for all tests of this folder, which only read or roll back."""
    index = tmp_path_factory.mktemp("index")
    with (
        rolled_back(django_db_blocker),
        override_settings(SEARCH_INDEX_DIR=index, BASE_URL=BASE),
    ):
        _terms()
        make_former_gemeente("GM0381", "Bussum", make_gemeente("GM1942", "Gooise Meren"))
        pilot = make_pilot()
        successor = make_lesson(title="Zo doen we het nu")
        replaced = make_lesson(title="Geheim geworden titel", core="Geheim geworden kern.")
        withdraw(replaced, reason="replaced", replacement=successor, explanation="Zie <daar>.")
        yield Planted(_lesson(pilot, successor), replaced, pilot)


@pytest.fixture
def planted(planted_data: Planted, db: None, settings: Any) -> Planted:
    """Return what was planted."""
    settings.BASE_URL = BASE
    return planted_data


def _terms() -> None:
    make_term(
        Phase,
        "borging",
        "Borging",
        alternative_labels="verankeren\nvastleggen",
        definition="Wat werkt, blijft.",
        source="https://example.org/fasen|{2018}?q=a b".replace(" ", "%20"),
        order=9,
    )
    make_term(Phase, "verankering", "Verankering", replaced_by=make_term(Phase, "borging"))
    Phase.objects.filter(code="verankering").update(is_retired=True)
    make_term(Phase, "proef", "Proef", is_retired=True)
    broad = make_term(FamilyForm, "pleeggezin", "Pleeggezin")
    make_term(FamilyForm, "deeltijdpleeggezin", "Deeltijdpleeggezin", broader=broad)


def _lesson(pilot: PilotPage, other: LessonPage) -> LessonPage:
    nji = make_term(Partner, "nji", "NJi")
    vng = make_term(Partner, "vng", "VNG")
    lesson = make_lesson(
        title="Vraag het </script><b>gezin</b> & de buurt",
        core="Wie het gezin vraagt, vindt hulp.",
        kind="dead_end",
        pilot=pilot,
        gemeenten=[make_gemeente()],
        phases=[make_term(Phase, "borging")],
        other_ontwikkelpunten=[make_term(Ontwikkelpunt, "eenvoud", "Eenvoud")],
        family_forms=[make_term(FamilyForm, "deeltijdpleeggezin")],
        partner_roles=[
            LessonPartner(partner=nji, role="lead"),
            LessonPartner(partner=vng, role="funder"),
        ],
        sources=[
            LessonSource(
                title="Verslag", publisher="VNG", url="https://example.org/verslag", page="12"
            ),
            LessonSource(title="Gesprek"),
        ],
        relations=[LessonRelation(kind="confirms", target=other)],
        period_from=2022,
        period_to=2024,
        licence="CC-BY-SA-4.0",
    )
    Feed.objects.create(title="Alle lessen", slug="alle", description="Alles.")
    Feed.objects.create(title="Borging", slug="borging", description="", query="phase=borging")
    service.rebuild()
    return lesson
