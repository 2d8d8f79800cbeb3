"""The words of a story as stored: the short way gives what cleaning gives."""

from __future__ import annotations

import pytest

from lessons.reading.stories import story_text
from lessons.safe_html import clean_html, plain_text


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Een  dubbele spatie,\ten een tab.</p>",
        '<p data-block-key="a1b2c">Eerste.</p><p data-block-key="d3">Tweede <b>deel</b>.</p>',
        '<ul><li data-block-key="x">Een</li><li>Twee</li></ul>',
        "<p>Hij &lt;zegt&gt; ja &amp; nee.</p>",
        '<p data-block-key="x" onclick="y">Klik</p><script>alert(1)</script>',
        "<p></p>",
    ],
)
def test_words_are_those_of_the_cleaned_markup(markup):
    blocks = [{"type": "paragraph", "value": markup}]

    assert story_text(blocks) == plain_text(clean_html(markup))


def test_spaces_become_one_and_each_paragraph_a_line():
    assert plain_text("<p>Een \t twee</p><p> drie\tvier </p><p> </p>") == "Een twee\ndrie vier"
