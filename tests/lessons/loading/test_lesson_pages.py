from __future__ import annotations

import datetime
import shutil
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from lessons.choices import LessonKind, LessonScope
from lessons.completeness import missing_for_publication
from lessons.loading.lesson_collection import read_collection
from lessons.loading.lesson_files import LESSONS_DIR
from lessons.loading.lesson_pages import lesson_uuid, load_lessons
from lessons.loading.problems import LoadingError
from lessons.models import LessonPage, LoadedItem
from lessons.privacy import privacy_findings
from lessons.selectors import public_lesson_pks
from lessons.withdrawing import withdraw
from search.models import OutboxEntry
from tests.lessons.loading.conftest import Change


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LESSONS_DIR, tmp_path / "lessons"))


def shipped() -> list[LessonPage]:
    return list(LessonPage.objects.filter(pk__in=public_lesson_pks()))


def by_code(code: str) -> LessonPage:
    return LessonPage.objects.get(uuid=lesson_uuid(code))


def test_at_least_fifty_lessons_are_public(content: str) -> None:
    assert len(public_lesson_pks()) >= 50


def test_every_lesson_meets_the_bar_without_personal_data(content: str) -> None:
    for lesson in shipped():
        assert missing_for_publication(lesson) == [], lesson
        assert privacy_findings(lesson) == [], lesson


def test_every_lesson_has_the_address_of_a_source_and_says_what_is_reading(content: str) -> None:
    for lesson in shipped():
        assert all(source.url for source in lesson.sources.all()), lesson
        assert lesson.sources.count() >= 1, lesson
        assert lesson.interpretation_note, lesson


def test_all_kinds_are_among_them(content: str) -> None:
    kinds = Counter(lesson.kind for lesson in shipped())

    assert set(LessonKind.values) == set(kinds)
    assert kinds[LessonKind.OBSTACLE] >= 10


def test_a_lesson_stands_in_the_section_of_its_jeugdregio(content: str) -> None:
    for lesson in shipped():
        section = lesson.get_parent().specific
        assert section.jeugdregio_id == lesson.jeugdregio_id, lesson
        wider = {LessonScope.NATIONAL, LessonScope.SUPRAREGIONAL}
        assert (lesson.jeugdregio_id is None) == (lesson.scope in wider), lesson


@pytest.mark.parametrize(
    ("code", "publishers"),
    [
        ("L20", "Skipr en Sociaal Domein Midden-Limburg West"),
        ("L57", "NH Nieuws, Blik op Nieuws en Reformatorisch Dagblad"),
    ],
)
def test_who_is_to_be_named_reads_as_a_sentence(content: str, code: str, publishers: str) -> None:
    assert by_code(code).attribution == f"Redactie Lessenbank, op basis van {publishers}"


def test_a_lesson_is_as_its_file_says(content: str) -> None:
    lesson = by_code("L01")

    assert lesson.title == "Zet kosten en vermeden kosten naast elkaar"
    assert lesson.slug == "kosten-en-baten-naast-elkaar"
    assert lesson.ontwikkelpunt.code == "informele-steun"
    assert [phase.code for phase in lesson.phases.all()] == ["uitvoering", "borging"]
    assert [gemeente.code for gemeente in lesson.gemeenten.all()] == ["GM1690"]
    assert [(row.partner.code, row.role) for row in lesson.partner_roles.all()] == [
        ("buurtgezinnen", "executor"),
        ("gemeente", "funder"),
    ]
    assert (lesson.evidence_level.code, lesson.own_figures) == ("gemeten", True)
    assert (lesson.period_from, lesson.period_to) == (2021, 2022)
    assert lesson.money_amount == 44000
    assert len(lesson.result) == 1
    assert lesson.result[0].value.source.count("<p>") == 2
    assert lesson.attribution == "Redactie Lessenbank, op basis van RTV Drenthe"
    assert lesson.contact_role == "redactie Lessenbank"
    assert lesson.next_review == datetime.date(2027, 11, 21)
    assert [row.audience.code for row in lesson.recommendations.all()] == [
        "beleidsmakers",
        "raadsleden",
    ]


def test_relations_lead_to_the_other_lesson(content: str) -> None:
    relations = by_code("L17").relations.all()

    assert [(row.kind, row.target) for row in relations] == [
        ("refines", by_code("L14").page_ptr.specific),
        ("refines", by_code("L16").page_ptr.specific),
    ]


def test_no_lesson_claims_to_come_from_a_pilot(content: str) -> None:
    assert not LessonPage.objects.filter(pilot__isnull=False).exists()


def test_publishing_tells_the_search_index(content: str) -> None:
    noted = set(OutboxEntry.objects.values_list("lesson_pk", flat=True))

    assert set(public_lesson_pks()) <= noted


def test_a_published_lesson_has_a_revision_and_no_draft_beside_it(content: str) -> None:
    for lesson in shipped():
        assert lesson.live_revision_id is not None
        assert not lesson.has_unpublished_changes


def test_a_second_load_changes_nothing(content: str) -> None:
    def state() -> list[tuple[object, ...]]:
        return list(
            LessonPage.objects.order_by("pk").values_list(
                "pk", "last_published_at", "latest_revision_created_at", "latest_revision_id"
            )
        )

    before, noted = state(), OutboxEntry.objects.count()
    printed = StringIO()

    call_command("load_content", stdout=printed)

    assert state() == before
    assert OutboxEntry.objects.count() == noted
    assert printed.getvalue() == (
        "Begrippen: 86 ongewijzigd.\n"
        "Pagina's: 49 ongewijzigd.\n"
        "Pilots: 5 ongewijzigd.\n"
        "Lessen: 59 ongewijzigd.\n"
    )


def test_a_lesson_that_an_editor_deleted_or_withdrew_stays_so(content: str) -> None:
    by_code("L02").delete()
    withdraw(by_code("L03"), reason="outdated")

    load_lessons(read_collection())
    load_lessons(read_collection(), refresh=True)

    assert not LessonPage.objects.filter(uuid=lesson_uuid("L02")).exists()
    assert not by_code("L03").live


def test_refreshing_publishes_only_what_differs(content: str) -> None:
    lesson = by_code("L01")
    published = dict(LessonPage.objects.values_list("uuid", "last_published_at"))
    lesson.core = "Iets anders."
    lesson.save()

    counts = load_lessons(read_collection(), refresh=True)

    after = dict(LessonPage.objects.values_list("uuid", "last_published_at"))
    assert counts.changed == 1
    assert by_code("L01").core.startswith("De Wolden zette de kosten")
    assert {uuid for uuid in after if after[uuid] != published[uuid]} == {lesson.uuid}


def test_tells_progress(content: str) -> None:
    assert "  lessen gepubliceerd: 10 van 59\n" in content
    assert "  lessen gepubliceerd: 59 van 59\n" in content
    assert "Lessen: 59 nieuw.\n" in content


FAULTS = [
    pytest.param(
        "phases: [uitvoering, borging]",
        "phases: [later]",
        "les L01, veld phases: 'later' is onbekend",
        id="code",
    ),
    pytest.param(
        "gemeenten: [GM1690]",
        "gemeenten: [GM0014]",
        "les L01, veld gemeenten: GM0014 ligt in JZ01, niet in JZ04",
        id="place",
    ),
    pytest.param(
        "jeugdregio: JZ04\n", "\n", "les L01, veld jeugdregio: dit veld ontbreekt", id="no-region"
    ),
    pytest.param("code: L02", "code: L01", "les L01, veld code: 'L01' staat ook bij", id="twice"),
    pytest.param(
        "period: {from: 2021, to: 2022}",
        "period: {to: 2022}",
        "les L01, period, veld from",
        id="period",
    ),
    pytest.param("role: executor", "role: boss", "les L01, partners 1, veld role", id="role"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_tells_file_lesson_and_field_of_a_fault(
    content: str, files: Path, change: Change, old: str, new: str, message: str
) -> None:
    change(files / "steungezinnen.yaml", old, new)

    with pytest.raises(LoadingError, match=message):
        read_collection(lessons_dir=files)


def test_a_lesson_with_personal_data_is_not_published(
    content: str, files: Path, change: Change
) -> None:
    by_code("L01").delete()
    LoadedItem.objects.filter(key="lesson:L01").delete()
    change(files / "steungezinnen.yaml", "De gemeente besloot", "Bel 0612345678. De gemeente")

    with pytest.raises(LoadingError, match="les L01, veld result"):
        load_lessons(read_collection(lessons_dir=files))

    assert not LessonPage.objects.filter(uuid=lesson_uuid("L01")).exists()
