"""The workbench: why an answer is as it is, and what a change would do, with nothing written."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import query_log, trying
from search.editing.synonym_lists import group_url
from search.judging import JudgedQuery, Judgement, QueryKind
from search.models import Pin, PinnedQuery, QueryCount, SynonymGroup, WordListVersion
from tests.factories import make_gemeente, make_jeugdregio, make_lesson
from tests.lessons.editing.people import People, logged_in

pytestmark = pytest.mark.django_db

WORKBENCH = "search_workbench:index"
JUDGED = "search_workbench:judged"


@pytest.fixture
def shown(reviewer):
    """Return a function that asks the workbench and returns what its page shows."""

    def ask(name=WORKBENCH, **query):
        response = reviewer.get(reverse(name), query)
        assert response.status_code == 200
        return response.context

    return ask


def titles(context, which="before"):
    """Return the lessons of one of the two rankings."""
    hits = [getattr(row, which) for row in context["rows"]]
    return [hit.card.title for hit in hits if hit]


def test_a_ranking_says_which_word_stands_where_and_in_which_form(shown):
    make_lesson(title="Xylofoon", core="Wie fluit, speelt ook fluiten en een xylofoon.")

    row = shown(q="de xylofonen fluiten onbestaand")["rows"][0]

    assert row.sentences == (
        "‘xylofonen’ in een andere vorm, ‘Xylofoon’, in: titel, kern",
        "‘fluiten’ letterlijk in: kern",
    )
    assert row.missing == "onbestaand"


def test_the_reading_tells_what_is_made_of_a_question(shown):
    region = make_jeugdregio("JZ05", "Haaglanden")
    make_gemeente("GM0603", "Rijswijk", region)
    group = SynonymGroup.objects.create(preferred="xylofoon", synonyms="slagwerk")
    make_lesson(title="Xylofoon en uithuisplaatsing")

    context = shown(q='wat is slagwerk bij uithuisplaatsng in Rijswijk "heel precies" -niet')

    reading = context["reading"]
    assert reading.words == ("slagwerk", "uithuisplaatsng", "rijswijk")
    assert reading.skipped == ("wat", "is", "bij", "in")
    assert (reading.phrases, reading.excluded) == (("heel precies",), ("niet",))
    assert reading.groups == (group,)
    assert reading.places == ("Rijswijk (gemeente in Haaglanden)",)
    assert "‘slagwerk’ ook als ‘xylofoon’ (andere naam)" in context["readings"]
    assert "‘uithuisplaatsng’ gelezen als ‘uithuisplaatsing’ (typefout)" in context["readings"]


def test_a_group_is_tried_beside_the_answer_as_it_is(shown):
    make_lesson(title="Xylofoon")
    make_lesson(title="Slagwerk")

    context = shown(q="xylofoon", preferred="xylofoon", synonyms="slagwerk")

    assert titles(context) == ["Xylofoon"]
    assert titles(context, "after") == ["Xylofoon", "Slagwerk"]
    assert [row.movement for row in context["rows"]] == ["zelfde plaats", "nieuw"]
    assert "‘xylofoon’ ook als ‘slagwerk’ (andere naam); staat in: titel" in (
        context["rows"][1].sentences
    )
    assert not SynonymGroup.objects.exists()
    saving = urlparse(context["save_group_url"])
    assert parse_qs(saving.query) == {"preferred": ["xylofoon"], "synonyms": ["slagwerk"]}


def test_a_change_of_a_group_stands_in_the_place_of_what_it_was(shown):
    group = SynonymGroup.objects.create(preferred="xylofoon", synonyms="slagwerk")
    make_lesson(title="Xylofoon")
    make_lesson(title="Slagwerk")

    context = shown(q="xylofoon", group=group.pk, preferred="xylofoon", synonyms="klankstaaf")

    assert titles(context) == ["Xylofoon", "Slagwerk"]
    assert titles(context, "after") == ["Xylofoon"]
    assert [hit.card.title for hit in context["comparison"].gone] == ["Slagwerk"]
    group.refresh_from_db()
    assert group.synonyms == "slagwerk"


def test_words_for_a_name_that_has_a_group_are_tried_within_that_group(shown):
    group = SynonymGroup.objects.create(preferred="xylofoon", synonyms="slagwerk")
    make_lesson(title="Slagwerk")
    make_lesson(title="Klankstaaf")

    context = shown(q="xylofoon", preferred="Xylofoon", synonyms="klankstaaf")

    assert titles(context) == ["Slagwerk"]
    assert sorted(titles(context, "after")) == ["Klankstaaf", "Slagwerk"]
    assert urlparse(context["save_group_url"]).path == group_url(group)
    assert parse_qs(urlparse(context["save_group_url"]).query) == {
        "preferred": ["xylofoon"],
        "synonyms": ["slagwerk\nklankstaaf"],
    }


def test_a_group_that_breaks_a_rule_says_so_and_is_not_tried(shown):
    make_lesson(title="Xylofoon")

    context = shown(q="xylofoon", preferred="xylofoon", synonyms="buur\nbuur")

    assert context["group"].errors == {"synonyms": ["‘buur’ staat er twee keer."]}
    assert not context["has_change"]
    assert titles(context) == ["Xylofoon"]


def test_lessons_are_tried_on_top_of_those_that_are_there(shown):
    make_lesson(title="Xylofoon")
    present, tried = make_lesson(title="Vast"), make_lesson(title="Proef")
    draft = make_lesson(title="Concept", published=False)
    question = PinnedQuery.objects.create(wordings="xylofoon")
    Pin.objects.create(question=question, lesson=present, reason="Kernles")

    context = shown(q="xylofoon", pin=[tried.pk, draft.pk])

    assert titles(context) == ["Vast", "Xylofoon"]
    assert titles(context, "after") == ["Proef", "Vast", "Xylofoon"]
    assert [row.movement for row in context["rows"]] == [
        "nieuw",
        "1 plaats lager",
        "1 plaats lager",
    ]
    assert context["pins"].has_refused
    assert Pin.objects.count() == 1


def test_a_filter_narrows_both_answers_down(shown):
    make_lesson(title="Xylofoon")
    make_lesson(title="Slagwerk", kind="dead_end")

    context = shown(q="xylofoon", kind="dead_end", preferred="xylofoon", synonyms="slagwerk")

    assert (titles(context), titles(context, "after")) == ([], ["Slagwerk"])


def test_trying_writes_nothing_and_counts_nothing(shown):
    lesson = make_lesson(title="Xylofoon")
    shown(q="xylofoon")
    mark = WordListVersion.objects.get().token

    with CaptureQueriesContext(
        connection,
    ) as queries:
        shown(q="xylofoon", preferred="xylofoon", synonyms="slagwerk", pin=lesson.pk)

    verbs = {query["sql"].lstrip("(").split()[0] for query in queries}
    assert verbs - {"SAVEPOINT", "RELEASE"} == {"SELECT"}
    assert WordListVersion.objects.get().token == mark
    query_log.write()
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize("query", [{"q": ""}, {"q": "x" * 401}, {"q": "x", "kind": "onbekend"}])
def test_a_question_with_a_fault_is_asked_again(shown, query):
    context = shown(**query)

    assert context["question"].errors
    assert "comparison" not in context


@pytest.fixture
def judged(monkeypatch):
    """Three judged queries: the change touches the first and the last, which is set aside."""
    best, other = make_lesson(title="Slagwerk"), make_lesson(title="Trompet")

    def query(number, text, lesson, *, aside=False):
        judgement = Judgement(code="L", uuid=str(lesson.uuid), grade=3, reason="Precies dit.")
        return JudgedQuery(number, QueryKind.TOPIC, text, aside, (judgement,))

    queries = (
        query("q001", "xylofoon", best),
        query("q002", "trompet", other),
        query("q003", "een xylofoon", best, aside=True),
    )
    monkeypatch.setattr(trying, "_judged_queries", lambda: queries)


def test_the_judged_queries_are_measured_without_and_with_the_change(shown, judged, monkeypatch):
    context = shown(JUDGED, q="xylofoon", preferred="xylofoon", synonyms="slagwerk")

    everything, *kinds = context["kinds"]
    assert (everything.queries, everything.before, everything.after) == (3, 1 / 3, 1.0)
    assert [(kind.label, kind.queries, kind.after) for kind in kinds] == [("onderwerp", 3, 1.0)]
    assert [(row.change.query.text, row.change.gain) for row in context["changed"]] == [
        ("xylofoon", 1.0)
    ]


def test_a_script_gets_the_measurement_alone(reviewer, judged):
    query = {"q": "xylofoon", "preferred": "xylofoon", "synonyms": "slagwerk"}

    piece = reviewer.get(reverse(JUDGED), query, headers={"x-requested-with": "XMLHttpRequest"})

    assert piece.content.decode().lstrip().startswith("<table")
    assert "1 beoordeelde vraag verandert" in piece.content.decode()


def test_reviewers_and_administrators_have_a_workbench_and_region_editors_none(people: People):
    statuses = [
        logged_in(user).get(reverse(name)).status_code
        for user in (people.reviewer, people.administrator, people.editor)
        for name in (WORKBENCH, JUDGED)
    ]

    assert statuses == [200, 200, 200, 200, 302, 302]
