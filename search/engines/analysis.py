"""What an index holds of the texts of a lesson, the same for every engine.

Text is cut and stemmed by ``search.dutch`` before an engine sees it; the engine only
splits it at spaces. So a text, a question and a highlight can never be analysed
differently, and all engines find the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from lessons.selectors import FACETS
from search.documents import STORY_TEXTS, LessonDocument, card_form
from search.dutch.compounds import parts
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import pieces, plain_words

FORM_VERSION = 7
"""Raise this when what is put into the index changes, so that it is rebuilt."""

STEM_FIELDS = ("title", "core", "labels", "places", "advice", "story")
"""Stems without stop words: ``advice`` holds conditions and recommendations."""

PARTS_FIELD = "parts"
"""The stems of the parts of compounds, of all texts together."""

POSITION_FIELDS = ("words", "stems")
"""All texts once more, for phrases: plain words, and stems without stop words."""

TITLE_WORDS_FIELD = "title_words"
"""The plain words of the title, to find titles while somebody types."""

STANDING_FIELD = "standing"
CURRENT, SUPERSEDED = "current", "superseded"
"""What the field holds: whether another lesson replaces or contradicts this one."""

NEVER = 2**40
"""The second at which a lesson without an end expires."""

_ADVICE_TEXTS = ("conditions", "recommendations")


def index_form(*details: object) -> str:
    """Return a name that changes with the fields, the card, the version or the ``details``."""
    form = json.dumps([FORM_VERSION, STEM_FIELDS, FACETS, card_form(), *details])
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
    fields: dict[str, list[str]] = {name: [] for name in (*STEM_FIELDS, *POSITION_FIELDS)}
    all_pieces: set[str] = set()
    for field, texts in texts_by_field(lesson).items():
        for text in texts:
            found = pieces(text)
            in_words = [*map(_piece, found)]
            stems = " ".join([piece.stems for piece in in_words if piece.stems])
            fields[field].append(stems)
            fields["stems"].append(stems)
            fields["words"].append(" ".join([piece.words for piece in in_words if piece.words]))
            all_pieces.update(found)
    part_stems = set().union(*[_piece(piece).parts for piece in all_pieces])
    return {
        **fields,
        PARTS_FIELD: [" ".join(sorted(part_stems))],
        TITLE_WORDS_FIELD: [" ".join(plain_words(lesson.texts.get("title", "")))],
        STANDING_FIELD: [SUPERSEDED if lesson.is_superseded else CURRENT],
    }


class _Piece(NamedTuple):
    """What stands between two spaces: mostly one word, with a comma or a full stop."""

    words: str
    stems: str
    """Those of its telling words."""
    parts: frozenset[str]


@lru_cache(maxsize=200_000)
def _piece(piece: str) -> _Piece:
    found = plain_words(piece)
    telling = [word for word in found if word not in STOP_WORDS]
    return _Piece(
        " ".join(found),
        " ".join(map(stem, telling)),
        frozenset().union(*map(parts, telling)),
    )


def texts_by_field(lesson: LessonDocument) -> Mapping[str, Iterable[str]]:
    """Return the texts of each of ``STEM_FIELDS``, as they are."""
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
