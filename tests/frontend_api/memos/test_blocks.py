"""Safe HTML as blocks of words."""

import pytest

from frontend_api.memos.blocks import Block, Run, story_blocks


def texts(html):
    return [(block.kind, block.text) for block in story_blocks(html)]


def test_paragraphs_lists_quotes_and_headings_keep_their_kind():
    html = (
        "<p>Eerst.</p><h3>Kop</h3><ul><li>een</li><li><p>twee</p></li></ul><ol><li>drie</li></ol>"
        "<figure><blockquote><p>Zei zij.</p></blockquote><figcaption>raadslid</figcaption></figure>"
        "<p>Laatst.</p>"
    )

    assert texts(html) == [
        ("paragraph", "Eerst."),
        ("heading", "Kop"),
        ("bullet", "een"),
        ("bullet", "twee"),
        ("number", "drie"),
        ("quote", "Zei zij."),
        ("quote", "raadslid"),
        ("paragraph", "Laatst."),
    ]


def test_the_look_of_words_and_where_they_lead_is_kept(settings):
    settings.BASE_URL = "https://lessenbank.example"
    html = '<p>Dit is <b>vet en <i>schuin</i></b>, lees <a href="/lessen/">hier</a>.</p>'

    assert story_blocks(html) == (
        Block(
            "paragraph",
            (
                Run("Dit is "),
                Run("vet en ", bold=True),
                Run("schuin", bold=True, italic=True),
                Run(", lees "),
                Run("hier", url="https://lessenbank.example/lessen/"),
                Run("."),
            ),
        ),
    )


@pytest.mark.parametrize("html", ["", "  ", "<p></p>", "<p> <b> </b></p>", "<figure></figure>"])
def test_what_has_no_words_is_no_block(html):
    assert story_blocks(html) == ()


def test_signs_and_breaks_become_words():
    assert texts("<p>A &amp; B &lt;c&gt;<br>D\n E</p>") == [("paragraph", "A & B <c> D E")]
