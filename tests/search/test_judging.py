"""The judged queries of the project, and what the loader refuses."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from lessons.loading.lesson_files import LESSONS_DIR
from lessons.loading.lesson_pages import lesson_uuid
from search.judging import (
    JUDGEMENTS_DIR,
    JudgedQuery,
    Judgement,
    JudgementsError,
    QueryKind,
    judged_lessons,
    load_judged_queries,
)


def test_every_kind_has_its_queries_and_a_third_is_aside():
    queries = load_judged_queries()

    assert Counter(query.kind.value for query in queries) == {
        "question": 18,
        "topic": 18,
        "compound_split": 18,
        "compound_joined": 18,
        "everyday_words": 18,
        "typing_error": 18,
        "abbreviation": 18,
        "place": 21,
        "approach_name": 18,
    }
    assert Counter(query.aside for query in queries) == {False: 110, True: 55}


def test_a_query_holds_its_text_and_its_judgements():
    query = next(query for query in load_judged_queries() if query.text == "hubhome")

    assert query == JudgedQuery(
        id="q156",
        kind=QueryKind.APPROACH_NAME,
        text="hubhome",
        aside=True,
        judgements=(
            Judgement("L34", str(lesson_uuid("L34")), 3, "Keuze van hubhome-pleegouders."),
            Judgement(
                "L32",
                str(lesson_uuid("L32")),
                2,
                "Constellatie van Mockingbird, zonder de rol te noemen.",
            ),
            Judgement("L33", str(lesson_uuid("L33")), 1, "Tweede constellatie van Mockingbird."),
        ),
    )
    assert query.grades == {
        str(lesson_uuid("L34")): 3,
        str(lesson_uuid("L32")): 2,
        str(lesson_uuid("L33")): 1,
    }


def test_the_lessons_are_those_that_are_shipped():
    shipped = {
        lesson["code"]: lesson["title"]
        for path in LESSONS_DIR.glob("*.yaml")
        for lesson in yaml.safe_load(path.read_text(encoding="utf-8"))
    }
    listed = yaml.safe_load((JUDGEMENTS_DIR / "lessons.yaml").read_text(encoding="utf-8"))

    assert {code: entry["title"] for code, entry in listed.items()} == shipped
    assert judged_lessons() == {code: str(lesson_uuid(code)) for code in shipped}


def test_every_lesson_answers_some_query_exactly():
    answering = {
        judgement.code
        for query in load_judged_queries()
        for judgement in query.judgements
        if judgement.grade == 3
    }

    assert answering == set(judged_lessons())


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Return a copy of the files, to be spoiled."""
    return shutil.copytree(JUDGEMENTS_DIR, tmp_path / "judgements")


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("L36:", "L99:", "q001: les 'L99' staat niet in lessons.yaml."),
        ("q001", "q002", "q002: dit nummer komt 2 keer voor."),
        (
            "aside: false",
            "aside: true",
            "q001: vraag 1 van haar soort hoort 'aside: false' te hebben; "
            "elke derde vraag staat apart.",
        ),
        (
            "kind: question",
            "kind: topic",
            "q001: soort 'topic' hoort niet in question.yaml.",
        ),
        (
            "Hoe voorkomen we dat pleegouders stoppen?",
            "Inkoop",
            "q001, q022: deze vragen hebben dezelfde tekst.",
        ),
        ("L36:", "L37:", "question.yaml, regel 6: 'L37' staat er 2 keer."),
        (
            "grade: 3",
            "grade: 4",
            "question.yaml, 0.judgements.L36.grade: Input should be less than or equal to 3.",
        ),
        (
            "grade: 3",
            "grade: 0",
            "question.yaml, 0.judgements.L36.grade: Input should be greater than or equal to 1.",
        ),
        (
            "  aside: false\n",
            "",
            "question.yaml, 0.aside: Field required.",
        ),
    ],
)
def test_a_fault_is_named(directory, old, new, fault):
    spoil(directory / "queries" / "question.yaml", old, new)

    with pytest.raises(JudgementsError) as caught:
        load_judged_queries(directory)

    assert caught.value.faults == (fault,)


def test_too_few_queries_of_a_kind_are_refused(directory):
    path = directory / "queries" / "question.yaml"
    queries = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(queries[:13]), encoding="utf-8")

    with pytest.raises(JudgementsError) as caught:
        load_judged_queries(directory)

    assert caught.value.faults == ("question.yaml: 13 vragen, minstens 14.",)


def test_a_missing_file_is_named(directory):
    (directory / "queries" / "place.yaml").unlink()

    with pytest.raises(JudgementsError, match=r"place\.yaml: niet te lezen"):
        load_judged_queries(directory)
