"""Why a lesson answers a question, told from the words and not from an engine's scores.

It looks at the same texts and the same words as every engine does, so the explanation
holds whichever engine answers. What it tells are facts that an editor can check in the
lesson: which word stands where, in which form, and by which way it was sought.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property

from search.documents import LessonDocument
from search.dutch.compounds import parts
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import Word, clean, words
from search.engines.analysis import texts_by_field
from search.synonyms import Synonyms
from search.text_syntax import TextQuery
from search.understanding import Understanding
from search.wording import Alternative

MOST_WAYS = 3
"""Of a word that was found in more ways than these, only the first are told."""

_Named = tuple[str, Alternative]

_GAP = 1
"""How many other words may stand between the words of a name."""


class Way(StrEnum):
    """By which way words were sought."""

    TYPED = "typed"
    SPELLING = "spelling"
    SYNONYM = "synonym"
    JOINED = "joined"
    SPLIT = "split"


class Form(IntEnum):
    """How words stand in a lesson, the best first."""

    EXACT = 0
    OTHER_FORM = 1
    PART = 2


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that were sought for something typed."""

    typed: str
    words: tuple[str, ...]
    way: Way
    is_phrase: bool = True

    @property
    def text(self) -> str:
        """The words as one text."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that were sought and stand in a lesson: in which form, as written, and where."""

    sought: Sought
    form: Form
    written: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What of a question stands in a lesson, and which of its words do not, in any way."""

    found: tuple[Found, ...]
    missing: tuple[str, ...]


def sought(text: TextQuery, meaning: Understanding, synonyms: Synonyms) -> tuple[Sought, ...]:
    """Return all that a question makes the search look for, in the order typed."""
    names = _other_names(text, meaning, synonyms)
    found: list[Sought] = []
    for typed in text.words:
        found.append(Sought(typed, (typed,), Way.TYPED))
        for other in meaning.alternatives.get(typed, ()):
            way = _way(typed, other, meaning, names)
            found.append(Sought(typed, other.words, way, other.is_phrase))
    found += [Sought(" ".join(phrase), phrase, Way.TYPED) for phrase in text.phrases]
    return tuple(found)


def explain(looked_for: Sequence[Sought], lesson: LessonDocument) -> Explanation:
    """Return what of all that was sought stands in a lesson."""
    texts = _LessonWords(lesson)
    found: list[Found] = []
    missing = []
    for typed in dict.fromkeys(item.typed for item in looked_for):
        ways = [
            match
            for item in looked_for
            if item.typed == typed and (match := texts.find(item)) is not None
        ]
        found += ways[:MOST_WAYS]
        if not ways:
            missing.append(typed)
    return Explanation(tuple(found), tuple(missing))


class _LessonWords:
    """The words of one lesson: form → field → word in that form → as it is written."""

    def __init__(self, lesson: LessonDocument) -> None:
        self._texts = {
            field: [_Text(clean(text)) for text in texts]
            for field, texts in texts_by_field(lesson).items()
        }
        self._written: dict[Form, dict[str, dict[str, str]]] = {
            form: {field: {} for field in self._texts} for form in Form
        }
        for field, texts in self._texts.items():
            for text in texts:
                self._add(field, text)

    def _add(self, field: str, text: _Text) -> None:
        for word in text.words:
            written = text.text[word.start : word.end]
            self._written[Form.EXACT][field].setdefault(word.plain, written)
            if word.plain not in STOP_WORDS:
                self._written[Form.OTHER_FORM][field].setdefault(stem(word.plain), written)
                for part in parts(word.plain):
                    self._written[Form.PART][field].setdefault(part, written)

    def find(self, item: Sought) -> Found | None:
        """Return how and where the words stand, in the best form that they have anywhere."""
        if len(item.words) == 1:
            return self._find_word(item, item.words[0])
        return self._find_name(item) if item.is_phrase else self._find_all(item)

    def _find_word(self, item: Sought, word: str) -> Found | None:
        for form, by_field in self._written.items():
            key = word if form is Form.EXACT else stem(word)
            written = {field: shown[key] for field, shown in by_field.items() if key in shown}
            if written:
                return Found(item, form, next(iter(written.values())), tuple(written))
        return None

    def _find_all(self, item: Sought) -> Found | None:
        """Find each of the words, wherever it stands."""
        each = [found for word in item.words if (found := self._find_word(item, word))]
        if len(each) < len(item.words):
            return None
        fields = dict.fromkeys(field for found in each for field in found.fields)
        written = dict.fromkeys(found.written for found in each)
        return Found(item, max(found.form for found in each), ", ".join(written), tuple(fields))

    def _find_name(self, item: Sought) -> Found | None:
        """Find the words beside each other."""
        stems = [stem(word) for word in item.words if word not in STOP_WORDS]
        written: dict[str, str] = {}
        for field, texts in self._texts.items():
            for text in texts:
                if stems and (stretch := text.stretch(stems)):
                    written.setdefault(field, stretch)
        if not written:
            return None
        stretch = next(iter(written.values()))
        is_exact = tuple(word.plain for word in words(stretch)) == item.words
        return Found(item, Form.EXACT if is_exact else Form.OTHER_FORM, stretch, tuple(written))


class _Text:
    """One text with its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(words(text))

    @cached_property
    def _telling(self) -> list[Word]:
        return [word for word in self.words if word.plain not in STOP_WORDS]

    def stretch(self, stems: Sequence[str]) -> str | None:
        """Return the first stretch that holds the stems in order, nearly beside each other."""
        own = [stem(word.plain) for word in self._telling]
        for start, first in enumerate(own):
            if first != stems[0]:
                continue
            end = _end(own, start, stems)
            if end is not None:
                return self.text[self._telling[start].start : self._telling[end].end]
        return None


def _end(own: Sequence[str], start: int, stems: Sequence[str]) -> int | None:
    """Return where the stems end that begin at ``start``, None when one is missing."""
    place, gaps = start, _GAP
    for wanted in stems[1:]:
        place += 1
        while gaps and place < len(own) and own[place] != wanted:
            place, gaps = place + 1, gaps - 1
        if place >= len(own) or own[place] != wanted:
            return None
    return place


def _other_names(text: TextQuery, meaning: Understanding, synonyms: Synonyms) -> set[_Named]:
    """Return which alternatives of which typed words are other names."""
    meant = [meaning.corrections.get(word, word) for word in text.typed]
    return {
        (typed, other)
        for span, others in synonyms.matches(meant)
        for typed in text.typed[span]
        for other in others
    }


def _way(typed: str, other: Alternative, meaning: Understanding, names: Collection[_Named]) -> Way:
    if (typed, other) in names:
        return Way.SYNONYM
    if other.words == (meaning.corrections.get(typed),):
        return Way.SPELLING
    if all(word in typed for word in other.words):
        return Way.SPLIT
    # What was typed is a piece of it; what is neither came by the pieces' other names.
    return Way.JOINED if any(typed in word for word in other.words) else Way.SYNONYM
