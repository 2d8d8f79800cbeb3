"""Showing where the words that were asked for stand, as safe HTML.

Works on the texts of a document, so it is the same for every engine. Everything outside
``<mark>`` is escaped text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape

from search.dutch.compounds import parts
from search.dutch.stems import stem
from search.dutch.tokens import Word, clean, words
from search.results import Highlight
from search.text_syntax import TextQuery
from search.wording import Alternatives

FRAGMENT_LENGTH = 220
_LEAD = 60
"""How much text goes before the first marked word of a fragment."""


class ShownTexts:
    """The texts of one lesson, made ready for looking up words in them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = {name: clean(text) for name, text in texts.items()}
        # Every piece of a text once, and for each form the places in that list: very many
        # lessons are held in memory, so nothing is made for each piece but these.
        self._names: list[str] = []
        self._pieces: list[str] = []
        self._of_form: dict[str, tuple[int, ...]] = {}
        for name, text in self.texts.items():
            for piece in {*text.split()}:
                known, forms = _forms_in(piece)
                for form in forms:
                    self._of_form[form] = (*self._of_form.get(form, ()), len(self._pieces))
                self._names.append(name)
                self._pieces.append(known)

    def pieces(self, forms: Iterable[str]) -> dict[str, set[str]]:
        """Return, for each text, what stands between two spaces and holds one of these forms."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for form in forms:
            for place in self._of_form.get(form, ()):
                found[self._names[place]].add(self._pieces[place])
        return found


@lru_cache(maxsize=256)
def shown_texts(stored: bytes) -> ShownTexts:
    """Return the texts that an index stored as JSON; those of the last lessons are at hand.

    The same lessons lead many answers, and to take a text apart costs more than all the rest
    of a highlight.
    """
    return ShownTexts(json.loads(stored))


class Highlighter:
    """Marks the words and phrases of one question."""

    def __init__(self, text: TextQuery, alternatives: Alternatives | None = None) -> None:
        others = [other for found in (alternatives or {}).values() for other in found]
        self._stems = frozenset(
            stem(word)
            for words in (text.words, *(other.words for other in others))
            for word in words
        )
        self._phrases = text.phrases
        self._sought_words: dict[str, tuple[Word, ...]] = {}

    def highlights(
        self, lesson: ShownTexts, *, whole: Iterable[str], best_of: Iterable[str]
    ) -> tuple[Highlight, ...]:
        """Return the ``whole`` texts where anything is found, and one fragment of the rest.

        The fragment comes from the text that holds the most of what was asked.
        """
        texts = lesson.texts
        if self._phrases:
            marked = {name: self._marked_with_phrases(text) for name, text in texts.items()}
        else:
            sought = lesson.pieces(self._stems)
            marked = {name: self._marked(texts[name], sought[name]) for name in sought}
        found = [
            Highlight(name, _html(texts[name], marked[name], 0, len(texts[name])))
            for name in whole
            if marked.get(name)
        ]
        candidates = [name for name in best_of if marked.get(name)]
        if candidates:
            best = max(candidates, key=lambda name: _worth(marked[name]))
            found.append(Highlight(best, _fragment(texts[best], marked[best])))
        return tuple(found)

    def _marked(self, text: str, sought: Iterable[str]) -> list[Word]:
        """Return the words asked for in these pieces of the text, in order."""
        return sorted(
            Word(start + word.start, start + word.end, word.plain)
            for piece in sought
            for start in _places(piece, text)
            for word in self._sought_words_of(piece)
        )

    def _sought_words_of(self, piece: str) -> tuple[Word, ...]:
        found = self._sought_words.get(piece)
        if found is None:
            found = tuple(word for word in words(piece) if self._is_sought(word.plain))
            self._sought_words[piece] = found
        return found

    def _marked_with_phrases(self, text: str) -> list[Word]:
        found = list(words(text))
        marked = {index for index, word in enumerate(found) if self._is_sought(word.plain)}
        plain = [word.plain for word in found]
        for phrase in self._phrases:
            for start in range(len(plain) - len(phrase) + 1):
                if tuple(plain[start : start + len(phrase)]) == phrase:
                    marked.update(range(start, start + len(phrase)))
        return [found[index] for index in sorted(marked)]

    def _is_sought(self, plain: str) -> bool:
        return not self._stems.isdisjoint(_forms(plain))


@lru_cache(maxsize=200_000)
def _forms_in(piece: str) -> tuple[str, frozenset[str]]:
    """Return a piece, the same object for all texts that hold it, and the forms of its words."""
    return piece, frozenset().union(*(_forms(word.plain) for word in words(piece)))


def _forms(plain: str) -> frozenset[str]:
    return parts(plain) | {stem(plain)}


def _places(piece: str, text: str) -> Iterator[int]:
    """Yield where a piece stands in a text with spaces, or nothing, on both sides."""
    start = text.find(piece)
    while start != -1:
        end = start + len(piece)
        if text[start - 1 : start].strip() == "" and text[end : end + 1].strip() == "":
            yield start
        start = text.find(piece, end)


def _worth(marked: list[Word]) -> tuple[int, int]:
    return len({stem(word.plain) for word in marked}), len(marked)


def _fragment(text: str, marked: list[Word]) -> str:
    """Return the stretch of text that holds the most different words asked for."""
    start_word = max(
        marked,
        key=lambda first: _worth(
            [word for word in marked if first.start <= word.start < first.start + FRAGMENT_LENGTH]
        ),
    )
    start = _word_border(text, max(0, start_word.start - _LEAD))
    end = _word_border(text, start + FRAGMENT_LENGTH)
    if end <= start_word.start:
        end = start_word.end
    html = _html(text, marked, start, end)
    return f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}"


def _word_border(text: str, index: int) -> int:
    """Return the first border between words at or behind ``index``."""
    if index == 0 or index >= len(text):
        return min(index, len(text))
    space = text.find(" ", index)
    return space + 1 if space != -1 else len(text)


def _html(text: str, marked: Iterable[Word], start: int, end: int) -> str:
    pieces, done = [], start
    for word in marked:
        if done <= word.start and word.end <= end:
            pieces += [
                escape(text[done : word.start]),
                f"<mark>{escape(text[word.start : word.end])}</mark>",
            ]
            done = word.end
    pieces.append(escape(text[done:end]))
    return "".join(pieces).strip()
