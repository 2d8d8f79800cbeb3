"""Showing where the words that were asked for stand, as safe HTML.

Works on the texts of a document, so it is the same for every engine. Everything outside
``<mark>`` is escaped text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from html import escape
from threading import Lock

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
        self.pieces = {name: frozenset(text.split()) for name, text in self.texts.items()}
        """What stands between two spaces in each."""
        self._known_to: _Pieces | None = None

    def make_known(self, pieces: _Pieces) -> None:
        """See to it that it is known of every piece which words are in it."""
        if self._known_to is not pieces:
            pieces.learn(frozenset().union(*self.pieces.values()))
            self._known_to = pieces


@lru_cache(maxsize=256)
def shown_texts(stored: bytes) -> ShownTexts:
    """Return the texts that an index stored as JSON; those of the last lessons are at hand.

    The same lessons lead many answers. Each takes some 50 kB.
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
        self._pieces = _pieces()
        self._seen = -1
        self._sought: set[str] = set()
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
            lesson.make_known(self._pieces)
            sought = self._sought_pieces()
            marked = {
                name: self._marked(texts[name], found)
                for name, held in lesson.pieces.items()
                if (found := held & sought)
            }
        shown = [
            Highlight(name, _html(texts[name], marked[name], 0, len(texts[name])))
            for name in whole
            if marked.get(name)
        ]
        candidates = [name for name in best_of if marked.get(name)]
        if candidates:
            best = max(candidates, key=lambda name: _worth(marked[name]))
            shown.append(Highlight(best, _fragment(texts[best], marked[best])))
        return tuple(shown)

    def _sought_pieces(self) -> set[str]:
        """Return the pieces known by now that hold a word that was asked for."""
        if self._seen != self._pieces.number:
            self._seen = self._pieces.number
            self._sought = self._pieces.with_forms(self._stems)
        return self._sought

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


class _Pieces:
    """What was seen between two spaces, by the forms of the words in it; texts repeat it."""

    def __init__(self) -> None:
        self.number = 0
        """Moves before a piece becomes known: who saw this number has all known by then."""
        self._known: set[str] = set()
        self._of_form: defaultdict[str, set[str]] = defaultdict(set)
        self._learning = Lock()

    @property
    def is_full(self) -> bool:
        """Whether there is so much of it that it is time to begin anew."""
        return len(self._known) > _MOST_PIECES

    def with_forms(self, forms: Iterable[str]) -> set[str]:
        """Return the known pieces that hold a word of one of these forms."""
        return set().union(*(self._of_form.get(form, ()) for form in forms))

    def learn(self, pieces: Set[str]) -> None:
        """Remember pieces."""
        if pieces <= self._known:
            return
        with self._learning:
            unknown = pieces - self._known
            for piece in unknown:
                for word in words(piece):
                    for form in _forms(word.plain):
                        self._of_form[form].add(piece)
            self.number += 1
            self._known |= unknown


_MOST_PIECES = 200_000
_newest = _Pieces()


def _pieces() -> _Pieces:
    """Return where pieces are remembered; whoever holds an older one can go on with it."""
    global _newest
    if _newest.is_full:
        _newest = _Pieces()
    return _newest


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
