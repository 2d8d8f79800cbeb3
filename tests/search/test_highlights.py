import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search import highlights as highlighting
from search.dutch.tokens import clean
from search.highlights import FRAGMENT_LENGTH, Highlighter, ShownTexts
from search.results import Highlight
from search.text_syntax import parse


def highlights(text, *, whole=("title",), best_of=("story",), **texts):
    return Highlighter(parse(text)).highlights(ShownTexts(texts), whole=whole, best_of=best_of)


def test_marks_other_forms_and_compounds():
    assert highlights("gezin", title="Gezinnen en pleeggezinnen, geen zin") == (
        Highlight("title", "<mark>Gezinnen</mark> en <mark>pleeggezinnen</mark>, geen zin"),
    )


def test_marks_phrases_only_as_a_whole():
    assert highlights('"dicht bij huis"', title="Dicht bij huis, en bij huis") == (
        Highlight("title", "<mark>Dicht</mark> <mark>bij</mark> <mark>huis</mark>, en bij huis"),
    )


def test_excluded_words_are_not_marked():
    assert highlights("zorg -buurt", title="Zorg buurt") == (
        Highlight("title", "<mark>Zorg</mark> buurt"),
    )


def test_a_long_text_is_cut_at_words_around_what_was_found():
    story = "Begin. " + "vulling " * 100 + "kringgesprek " + "slot " * 100

    (found,) = highlights("kringgesprek", story=story)

    assert found.html.startswith("… vulling")
    assert found.html.endswith("slot …")
    assert "<mark>kringgesprek</mark>" in found.html
    assert len(found.html) < FRAGMENT_LENGTH + 60


def test_texts_that_were_taken_apart_before_are_marked_after_a_new_beginning(monkeypatch):
    monkeypatch.setattr(highlighting, "_MOST_PIECES", 0)
    texts = ShownTexts({"title": "Pleegzorg, dichtbij"})

    marked = [
        Highlighter(parse("zorg")).highlights(texts, whole=("title",), best_of=()) for _ in range(2)
    ]

    assert marked == [(Highlight("title", "<mark>Pleegzorg</mark>, dichtbij"),)] * 2


def test_nothing_found_gives_nothing():
    assert highlights("zorg", title="Steun", story="Huis") == ()


@given(
    st.text(max_size=300, alphabet=st.sampled_from("ab <>&\"'é zorg\n")),
    st.sampled_from(["a", "zorg", "ab b", '"a b"']),
)
def test_html_is_safe_and_loses_no_text(text, query):
    for found in highlights(query, title=text):
        bare = re.sub(r"</?mark>", "", found.html)
        assert "<" not in bare
        assert ">" not in bare
        assert unescape(bare) == clean(text).strip()
