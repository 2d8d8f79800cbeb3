from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext
from wagtail.search.backends import get_search_backend

from lessons.loading.geography import load_geography
from lessons.loading.geography_tables import read_geography
from lessons.loading.problems import LoadingError
from lessons.models import Gemeente, GemeenteProfile, Jeugdregio
from search.models import OutboxEntry
from tests.factories import make_gemeente, make_jeugdregio, make_lesson
from tests.lessons.loading.conftest import Change

Tables = tuple[Path, Path]


def load(tables: Tables) -> str:
    printed = StringIO()
    call_command(
        "load_geography",
        gemeenten=tables[0],
        jeugdregios=tables[1],
        stdout=printed,
    )
    return printed.getvalue()


def test_loads_342_gemeenten_in_42_jeugdregios(geography: None) -> None:
    assert Gemeente.objects.count() == 342
    assert Jeugdregio.objects.count() == 42
    assert GemeenteProfile.objects.count() == 342


def test_a_gemeente_has_its_names_place_and_figures(geography: None) -> None:
    gemeente = Gemeente.objects.select_related("jeugdregio").get(code="GM0518")
    figures = gemeente.profiles.get().figures

    assert (gemeente.name, gemeente.cbs_name) == ("Den Haag", "'s-Gravenhage")
    assert gemeente.tooi_uri == "https://identifier.overheid.nl/tooi/id/gemeente/gm0518"
    assert (gemeente.provincie_code, gemeente.provincie) == ("PV28", "Zuid-Holland")
    assert gemeente.jeugdregio.code == "JZ24"
    assert gemeente.profiles.get().edition == 2025
    assert figures["stedelijkheid_2024"] == 1
    assert "lat" not in figures


def test_a_figure_that_the_source_lacks_is_absent(geography: None) -> None:
    voorne = Gemeente.objects.get(code="GM1992").profiles.get().figures

    assert "pct_jeugdzorg_2022" not in voorne
    assert "inwoners_2025" in voorne


def test_a_second_load_changes_nothing(geography: None, tables: Tables) -> None:
    before = list(Gemeente.objects.values_list()), list(GemeenteProfile.objects.values_list())

    printed = load(tables)

    after = list(Gemeente.objects.values_list()), list(GemeenteProfile.objects.values_list())
    assert after == before
    assert printed == (
        "Jeugdregio's: 42, niets veranderd.\n"
        "Gemeenten: 342, niets veranderd.\n"
        "Profielen 2025: 342, niets veranderd.\n"
        "Vroegere gemeenten: 84, niets veranderd.\n"
    )


def test_a_second_load_writes_nothing(
    geography: None, tables: Tables, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    tables_read = read_geography(*tables)

    with django_assert_max_num_queries(9) as queries:
        load_geography(tables_read)

    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert OutboxEntry.objects.count() == 0


def test_new_places_are_found_in_the_choosers_of_the_cms(geography: None) -> None:
    found = get_search_backend().autocomplete("Zwartewa", Gemeente)

    assert [gemeente.name for gemeente in found] == ["Zwartewaterland"]


def test_a_changed_name_reaches_the_search_index(
    geography: None, tables: Tables, change: Change
) -> None:
    gemeente = Gemeente.objects.get(code="GM1690")
    lesson = make_lesson(gemeenten=[gemeente])
    OutboxEntry.objects.all().delete()
    change(tables[0], ",De Wolden,De Wolden,", ",De Wolden,De Nieuwe Wolden,")

    printed = load(tables)

    gemeente.refresh_from_db()
    assert gemeente.name == "De Nieuwe Wolden"
    assert "Gemeenten: 342, 1 gewijzigd." in printed
    assert list(OutboxEntry.objects.values_list("lesson_pk", flat=True)) == [lesson.pk]


def test_a_newer_edition_adds_profiles_and_keeps_the_old_ones(
    geography: None, tables: Tables
) -> None:
    for path in tables:
        text = path.read_text().replace("edition: 2025", "edition: 2026")
        path.write_text(text.replace("_2025", "_2026"))

    load(tables)

    profiles = Gemeente.objects.get(code="GM0014").profiles
    assert list(profiles.values_list("edition", flat=True)) == [2026, 2025]
    assert profiles.get(edition=2026).figures["inwoners_2026"] == 244441


FAULTS = [
    pytest.param("GM1690,De Wolden", "G1690,De Wolden", "gm_code", "geen geldige code", id="code"),
    pytest.param("GM1690,De Wolden", "GM0014,De Wolden", "gm_code", "staat ook in", id="twice"),
    pytest.param(
        ",JZ04,Drenthe,100.0,53.0",
        ",JZ99,Drenthe,100.0,53.0",
        "jeugdregio_code_2025",
        "JZ99 staat niet in jeugdregios.csv",
        id="unknown-region",
    ),
    pytest.param(
        ",JZ04,Drenthe,100.0,53.0",
        ",JZ01,Groningen,100.0,53.0",
        None,
        "hoort in gemeenten.csv bij JZ01",
        id="other-region",
    ),
    pytest.param("243768,244441", "243768,veel", "inwoners_2025", "geen getal", id="number"),
    pytest.param("243768,244441", "243768,", "inwoners_2025", "mag niet leeg", id="empty"),
    pytest.param("99.4,53.214,", "99.4,35.214,", "lat", "ligt niet tussen", id="outside-nl"),
    pytest.param("17.85,26.8", "178.5,26.8", "pct_0_19_2025", "ligt niet tussen", id="percentage"),
    pytest.param("/gemeente/gm0014", "/gemeente/gm0015", "tooi_uri", "eigen code", id="tooi"),
]


@pytest.mark.parametrize(("old", "new", "column", "message"), FAULTS)
def test_tells_row_and_column_of_a_fault_and_changes_nothing(
    db: None, tables: Tables, change: Change, old: str, new: str, column: str | None, message: str
) -> None:
    line = change(tables[0], old, new)

    with pytest.raises(CommandError) as refused:
        load(tables)

    told = str(refused.value)
    assert refused.value.returncode == 1
    assert message in told
    if column:
        assert f"gemeenten.csv, rij {line}, kolom {column}: " in told
    assert "er is niets veranderd" in told
    assert not Gemeente.objects.exists()
    assert not Jeugdregio.objects.exists()


def test_tells_every_fault_at_once(db: None, tables: Tables, change: Change) -> None:
    change(tables[0], "243768,244441", "243768,veel")
    change(tables[0], "52.3753,5.2329", "52.3753,oost")
    change(tables[1], "JZ03,", "JZ3,")

    with pytest.raises(LoadingError) as refused:
        read_geography(*tables)

    places = {problem.place.rsplit("kolom ")[-1] for problem in refused.value.problems}
    assert {"inwoners_2025", "lon", "jeugdregio_code"} <= places


FAULTS_OF_FORM = [
    pytest.param("# rows: 342", "# rows: 341", "volgens de kop 341", id="rows"),
    pytest.param(
        "# total inwoners_2025: 18044027",
        "# total inwoners_2025: 1",
        "volgens de kop 1",
        id="total",
    ),
    pytest.param("# edition: 2025\n", "", "de regel '# edition: ...' ontbreekt", id="edition"),
    pytest.param("# licence: ", "# ", "de regel '# licence: ...' ontbreekt", id="licence"),
    pytest.param("# column lat: ", "# ", "kolom lat: jaar en bron ontbreken", id="column-source"),
    pytest.param(",lat,lon,", ",breedte,lon,", "kolom lat: deze kolom ontbreekt", id="column"),
    pytest.param("GM0014,Groningen,", "GM0014,", "cellen, verwacht", id="cells"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS_OF_FORM)
def test_tells_a_fault_of_form(
    tables: Tables, change: Change, old: str, new: str, message: str
) -> None:
    change(tables[0], old, new)

    with pytest.raises(LoadingError, match=message):
        read_geography(*tables)


FAULTS_BETWEEN = [
    pytest.param(
        "JZ03,Kop van Noord-Holland,4,",
        "JZ03,Kop van Noord-Holland,5,",
        "er staan 4 codes",
        id="count",
    ),
    pytest.param(",168868,", ",168869,", "de gemeenten tellen op tot 168868", id="sum"),
    pytest.param("GM0400;GM0441", "GM0441", "GM0400 staat bij geen enkele regio", id="nowhere"),
    pytest.param("GM0400;GM0441", "GM0400;GM0014;GM0441", "GM0014 staat ook bij JZ01", id="in-two"),
    pytest.param("JZ03,Kop van Noord-Holland", "JZ03,Kop", "heet JZ03 'Kop'", id="name"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS_BETWEEN)
def test_tells_where_the_tables_disagree(
    tables: Tables, change: Change, old: str, new: str, message: str
) -> None:
    change(tables[1], old, new)

    with pytest.raises(LoadingError, match=message):
        read_geography(*tables)


def test_refuses_a_file_that_is_not_there(tables: Tables) -> None:
    with pytest.raises(LoadingError, match=r"nergens\.csv: het bestand is niet te lezen"):
        read_geography(tables[0].with_name("nergens.csv"), tables[1])


def test_refuses_semicolons_between_columns(tables: Tables) -> None:
    tables[0].write_text("gm_code;naam\nGM0014;Groningen\n")

    with pytest.raises(LoadingError, match="scheid de kolommen met een komma"):
        read_geography(*tables)


def test_reads_a_file_saved_by_a_spreadsheet(tables: Tables) -> None:
    text = tables[0].read_text(encoding="utf-8")
    tables[0].write_text(text, encoding="utf-8-sig", newline="\r\n")

    assert len(read_geography(*tables).gemeenten) == 342


def test_keeps_a_gemeente_that_a_lesson_needs(geography: None, tables: Tables) -> None:
    old = make_gemeente("GM9999", "Oudenland", make_jeugdregio("JZ01"))
    make_lesson(title="Zet kosten naast elkaar", gemeenten=[old])

    with pytest.raises(CommandError) as refused:
        load(tables)

    assert "GM9999 (Oudenland) ontbreekt" in str(refused.value)
    assert "'Zet kosten naast elkaar'" in str(refused.value)
    assert Gemeente.objects.filter(code="GM9999").exists()


def test_removes_a_gemeente_that_nothing_needs(geography: None, tables: Tables) -> None:
    make_gemeente("GM9999", "Oudenland", make_jeugdregio("JZ01"))

    printed = load(tables)

    assert not Gemeente.objects.filter(code="GM9999").exists()
    assert "Gemeenten: 342, 1 verwijderd." in printed
