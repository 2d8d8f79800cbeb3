"""Why a lesson answers a question, told from its words."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from search.explaining import Form, Way, explain, sought
from search.synonyms import NameGroup, Synonyms
from search.text_syntax import parse
from search.understanding import Understanding
from search.wording import Alternative
from tests.search.documents import make_document

GROUPS = Synonyms([NameGroup(("uithuisplaatsing", "uit huis plaatsen", "UHP"))])


def looked_for(text, corrections=None, **alternatives):
    """Return what is sought for a text of which the words may be other words."""
    meaning = Understanding(MappingProxyType(alternatives), corrections or {})
    return sought(parse(text), meaning, GROUPS)


def found(lesson, *arguments, **alternatives):
    explanation = explain(looked_for(*arguments, **alternatives), lesson)
    return [(item.sought.way, item.form, item.written, item.fields) for item in explanation.found]


def test_the_best_form_tells_with_every_field_that_has_it():
    lesson = make_document(
        1,
        "Netwerkpleegzorg",
        core="Pleegouders werven",
        texts={"approach": "Wij wierven pleegouders.", "conditions": "Een pleegouder wil."},
        labels=("Pleegzorg",),
        places=("Emmen",),
    )

    assert found(lesson, "netwerk pleegouder pleegzorg emmen") == [
        (Way.TYPED, Form.PART, "Netwerkpleegzorg", ("title",)),
        (Way.TYPED, Form.EXACT, "pleegouder", ("advice",)),
        (Way.TYPED, Form.EXACT, "Pleegzorg", ("labels",)),
        (Way.TYPED, Form.EXACT, "Emmen", ("places",)),
    ]
    assert explain(looked_for("trompet netwerk"), lesson).missing == ("trompet",)


@pytest.mark.parametrize(
    ("core", "form"),
    [
        ("Niet uit huis plaatsen.", Form.EXACT),
        ("Wie uit huis werd geplaatst.", Form.OTHER_FORM),
    ],
)
def test_a_name_of_several_words_stands_together(core, form):
    alternatives = {"uhp": (Alternative(("huis", "plaatsen"), 0.6),)}

    apart = make_document(1, core="Een huis waar kinderen graag komen, en plaatsen elders.")

    assert found(make_document(1, core=core), "uhp", **alternatives)[0][:2] == (Way.SYNONYM, form)
    assert found(apart, "uhp", **alternatives) == []


@pytest.mark.parametrize(
    ("typed", "corrections", "other", "way"),
    [
        ("borgign", {"borgign": "borging"}, Alternative(("borging",), 1.0), Way.SPELLING),
        ("uhp", {}, Alternative(("uithuisplaatsing",), 0.6), Way.SYNONYM),
        ("huis", {}, Alternative(("uithuisplaatsing",), 1.0), Way.JOINED),
        ("pleegouderwerving", {}, Alternative(("pleegouder", "werving"), 0.8, False), Way.SPLIT),
    ],
)
def test_each_way_of_seeking_is_told_apart(typed, corrections, other, way):
    lesson = make_document(1, core="De werving, de pleegouder, borging en uithuisplaatsing.")

    assert found(lesson, typed, corrections, **{typed: (other,)})[-1][0] is way


def test_only_the_first_ways_of_a_word_are_told():
    lesson = make_document(1, core="een twee drie vier vijf")
    others = tuple(Alternative((word,), 0.6) for word in ("twee", "drie", "vier", "vijf"))

    assert len(found(lesson, "een", een=others)) == 3
