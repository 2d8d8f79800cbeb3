import pytest

from search.text_syntax import TextQuery, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", TextQuery()),
        ("pleegzorg Drenthe", TextQuery(words=("pleegzorg", "drenthe"))),
        ("zorg zorg", TextQuery(words=("zorg",))),
        ("hoe vind je een gezin", TextQuery(words=("vind", "gezin"))),
        ("voor het", TextQuery(words=("voor", "het"))),
        ('"dicht bij huis"', TextQuery(phrases=(("dicht", "bij", "huis"),))),
        ("“dicht bij”", TextQuery(phrases=(("dicht", "bij"),))),
        ('"gezin"', TextQuery(words=("gezin",))),
        ('het "dicht bij"', TextQuery(phrases=(("dicht", "bij"),))),
        ("zorg -crisis", TextQuery(words=("zorg",), excluded=(("crisis",),))),
        ('-"dicht bij"', TextQuery(excluded=(("dicht", "bij"),))),
        ("pleeg-gezin", TextQuery(words=("pleeg", "gezin"))),
        ("18+ 18-", TextQuery(words=("18+", "18-"))),
        ('open "einde', TextQuery(words=("open", "einde"))),
        ('- "" -"" " ', TextQuery()),
    ],
)
def test_words_phrases_and_exclusions(text, expected):
    assert parse(text) == expected


def test_only_what_is_wanted_ranks():
    assert parse("zorg").is_ranking
    assert parse('"dicht bij"').is_ranking
    assert not parse("-zorg").is_ranking
