"""The question of a feed: what an editor may paste, and what is kept of it."""

from __future__ import annotations

import pytest

from lessons.models import Phase
from search.feeds.questions import mark_of, question, stored_form
from search.models import SynonymGroup
from search.query import LessonQuery, QueryError
from tests.factories import make_term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def phase():
    """Make the phase that the questions name."""
    return make_term(Phase, "uitvoering")


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("", ""),
        ("https://lessenbank.example/zoeken/", ""),
        ("https://lessenbank.example/zoeken/?phase=uitvoering&q=thuis", "q=thuis&phase=uitvoering"),
        ("?phase=uitvoering", "phase=uitvoering"),
        ("phase=uitvoering&utm_source=x", "phase=uitvoering"),
        ("q=thuis&sorteer=titel&na=abc", "q=thuis"),
        ("van=2020&tot=2024", "van=2020&tot=2024"),
    ],
)
def test_an_address_of_a_search_page_becomes_a_question(pasted, kept):
    assert stored_form(pasted) == kept


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("alle lessen", "NO_QUESTION"),
        ("http://[", "NO_QUESTION"),
        ("phase=bestaat-niet", "UNKNOWN_TERM"),
        ("van=vroeger", "INVALID_YEAR"),
        ("comparability=very", "NO_VIEWPOINT"),
    ],
)
def test_what_cannot_be_asked_is_refused(pasted, code):
    with pytest.raises(QueryError) as refused:
        stored_form(pasted)

    assert refused.value.code == code


def test_a_viewpoint_without_bands_says_nothing_about_membership():
    assert question("vanuit=GM0014") == LessonQuery()


def test_synonyms_change_the_mark_of_a_text_only():
    text, filtered = question("q=thuis"), question("phase=uitvoering")
    before = mark_of(text), mark_of(filtered)

    SynonymGroup.objects.create(preferred="thuis", synonyms="in huis")

    assert mark_of(text) != before[0]
    assert mark_of(filtered) == before[1]
