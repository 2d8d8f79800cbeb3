"""What an index holds of the texts of a lesson, the same for every engine.

Text is cut and stemmed by ``search.dutch`` before an engine sees it; the engine only
splits it at spaces. So a text, a question and a highlight can never be analysed
differently, and all engines find the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from typing import NamedTuple

from lessons.selectors import FACETS
from search.documents import STORY_TEXTS, LessonDocument, card_form
from search.dutch.compounds import parts
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import pieces, plain_words

FORM_VERSION = 12
"""Raise this when what is put into the index changes, so that it is rebuilt."""

WORDS_FIELD = "words"
"""All texts as plain words, stop words included, for what was typed between quotes."""

STEMS_FIELD = "stems"
"""All texts as stems without stop words, those that tell most more than once: see ``_TIMES``.

One field for all: words in fields of their own, each with a weight, found no better by the
judged queries.
"""

POSITION_FIELDS = (WORDS_FIELD, STEMS_FIELD)
"""The fields in which phrases are sought."""

PARTS_FIELD = "parts"
"""The stems of the parts of compounds, of all texts together."""

TITLE_WORDS_FIELD = "title_words"
"""The plain words of the title, to find titles while somebody types."""

STANDING_FIELD = "standing"
CURRENT, SUPERSEDED = "current", "superseded"
"""What the field holds: whether another lesson replaces or contradicts this one."""

NEVER = 2**40
"""The second at which a lesson without an end expires."""

_ADVICE_TEXTS = ("conditions", "recommendations")
_TIMES = {"title": 3, "core": 2}
"""How often a word counts for each time that it stands in such a text."""

_REPEATED_FIELDS = ("labels", "places")
"""Fields of short texts that very many lessons share."""

_MOST_PIECES = 200_000


def index_form(*details: object) -> str:
    """Return a name that changes with the facets, the card, the version or the ``details``."""
    form = json.dumps([FORM_VERSION, FACETS, card_form(), *details])
    return hashlib.blake2b(form.encode(), digest_size=4).hexdigest()


def analysed(lesson: LessonDocument) -> dict[str, list[str]]:
    """Return field → texts, each as words with a space in between.

    No phrase reaches from one text of a field into the next. It is made once and kept with
    the document, which another process may have made.
    """
    if "analysed" not in lesson.made:
        lesson.made["analysed"] = _analysed(lesson)
    found: dict[str, list[str]] = lesson.made["analysed"]
    return found


def _analysed(lesson: LessonDocument) -> dict[str, list[str]]:
    found: list[_Cut] = []
    stems: list[str] = []
    for field, texts in texts_by_field(lesson).items():
        cut = [*map(_cut_label if field in _REPEATED_FIELDS else _cut, texts)]
        found += cut
        stems += [each.stems for each in cut] * _TIMES.get(field, 1)
    return {
        WORDS_FIELD: [each.words for each in found],
        STEMS_FIELD: stems,
        PARTS_FIELD: [" ".join(sorted(set().union(*[each.parts for each in found])))],
        TITLE_WORDS_FIELD: [found[0].words],
        STANDING_FIELD: [SUPERSEDED if lesson.is_superseded else CURRENT],
    }


class _Cut(NamedTuple):
    """A text, or a piece of one, as an index holds it."""

    words: str
    stems: str
    """Those of its telling words."""
    parts: Set[str]


def _cut(text: str) -> _Cut:
    found = pieces(text)
    if not found:
        return _NOTHING
    # No step of Python for each word: texts are long, and there are very many.
    words, stems, parts_of_words = zip(*map(_PIECES.__getitem__, found), strict=True)
    return _Cut(
        " ".join(filter(None, words)),
        " ".join(filter(None, stems)),
        frozenset().union(*parts_of_words),
    )


_NOTHING = _Cut("", "", frozenset())
_cut_label = lru_cache(maxsize=20_000)(_cut)


class _Pieces(dict[str, _Cut]):
    """What stands between two spaces: mostly one word, with a comma or a full stop.

    Remembers what was made of very many of them, and forgets all when they become too many.
    """

    def __missing__(self, piece: str) -> _Cut:
        found = plain_words(piece)
        telling = [word for word in found if word not in STOP_WORDS]
        words, stems = " ".join(found), " ".join(map(stem, telling))
        # Most are the same text: kept once, they are nearer at hand for the processor.
        words = piece if words == piece else words
        stems = words if stems == words else stems
        made = _Cut(words, stems, frozenset().union(*map(parts, telling)))
        if len(self) >= _MOST_PIECES:
            self.clear()
        self[piece] = made
        return made


_PIECES = _Pieces()


def texts_by_field(lesson: LessonDocument) -> Mapping[str, Iterable[str]]:
    """Return the texts of a lesson as they are: by what they are for, the title first."""
    texts = lesson.texts
    return {
        "title": [texts.get("title", "")],
        "core": [texts.get("core", "")],
        "labels": lesson.labels,
        "places": lesson.places,
        "advice": [texts[name] for name in _ADVICE_TEXTS if name in texts],
        "story": [
            texts[name] for name in STORY_TEXTS if name in texts and name not in _ADVICE_TEXTS
        ],
    }
