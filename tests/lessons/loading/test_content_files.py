from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lessons.loading.content_files import Entry, read_entries, read_entry
from lessons.loading.problems import LoadingError, Problem


@pytest.fixture
def problems() -> list[Problem]:
    return []


def entry(problems: list[Problem], **values: Any) -> Entry:
    return Entry("proef.yaml", "les L01", values, problems)


def told(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def test_reads_texts_numbers_flags_and_dates(problems: list[Problem]) -> None:
    item = entry(problems, title=" Titel ", year=2021, own=True, day=date(2026, 11, 21))

    assert item.text("title") == "Titel"
    assert item.number("year") == 2021
    assert item.flag("own") is True
    assert item.date("day") == date(2026, 11, 21)
    assert problems == []


def test_tells_file_item_and_field_of_a_missing_text(problems: list[Problem]) -> None:
    entry(problems).text("core")

    assert told(problems) == ["proef.yaml, les L01, veld core: dit veld ontbreekt of is leeg."]


def test_tells_a_text_that_is_too_long(problems: list[Problem]) -> None:
    entry(problems, core="x" * 281).text("core", max_length=280)

    assert told(problems) == ["proef.yaml, les L01, veld core: 281 tekens, hoogstens 280."]


def test_tells_an_unknown_code_with_the_known_ones(problems: list[Problem]) -> None:
    entry(problems, kind="success").code("kind", ["lesson", "obstacle"])

    assert told(problems) == [
        "proef.yaml, les L01, veld kind: 'success' is onbekend; bekend zijn: lesson, obstacle."
    ]


def test_tells_a_field_that_nobody_reads(problems: list[Problem]) -> None:
    item = entry(problems, title="Titel", tilte="Titel")
    item.text("title")

    item.finish()

    assert told(problems) == ["proef.yaml, les L01, veld tilte: dit veld is onbekend."]


def test_tells_a_value_of_another_type(problems: list[Problem]) -> None:
    item = entry(problems, title=2021, year="2021", own="ja", day="morgen", phases="borging")

    item.text("title")
    item.number("year")
    item.flag("own")
    item.date("day")
    item.texts("phases")

    assert [problem.place.rsplit(" ")[-1] for problem in problems] == [
        "title",
        "year",
        "own",
        "day",
        "phases",
    ]


def test_tells_an_address_that_is_none(problems: list[Problem]) -> None:
    entry(problems, url="javascript:alert(1)").url("url")

    assert "geen adres van een webpagina" in told(problems)[0]


def test_names_the_place_in_a_list(problems: list[Problem]) -> None:
    (source,) = entry(problems, sources=[{"title": ""}]).entries("sources")
    source.text("title")

    assert told(problems) == [
        "proef.yaml, les L01, sources 1, veld title: dit veld ontbreekt of is leeg."
    ]


def test_tells_the_line_of_broken_yaml(tmp_path: Path) -> None:
    path = tmp_path / "kapot.yaml"
    path.write_text("title: goed\ncore: [niet af\n")

    with pytest.raises(LoadingError, match=r"kapot\.yaml, regel \d: geen geldige YAML"):
        read_entry(path, [])


def test_refuses_a_file_that_is_no_list(tmp_path: Path, problems: list[Problem]) -> None:
    path = tmp_path / "lijst.yaml"
    path.write_text("title: geen lijst\n")

    assert list(read_entries(path, problems)) == []
    assert told(problems) == ["lijst.yaml: het bestand moet een lijst zijn."]
