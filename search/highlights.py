"""Showing where the words that were asked for stand, as safe HTML.

Works on the texts of a document, so it is the same for every engine. Everything outside
``<mark>`` is escaped text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from operator import itemgetter
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
        self._sought: set[str] = set()
        self._seen = -1
        self._sought_words: dict[str, tuple[Word, ...]] = {}

    def highlights(
        self, texts: Mapping[str, str], *, whole: Iterable[str], best_of: Iterable[str]
    ) -> tuple[Highlight, ...]:
        """Return the ``whole`` texts where anything is found, and one fragment of the rest.

        The fragment comes from the text that holds the most of what was asked.
        """
        found = []
        for name in whole:
            if marked := self._marked(text := clean(texts.get(name, ""))):
                found.append(Highlight(name, _html(text, marked, 0, len(text))))
        candidates = [
            (worth, name, text)
            for name in best_of
            if (worth := self._worth_of(text := clean(texts.get(name, "")))) > _WORTHLESS
        ]
        if candidates:
            _worth, name, text = max(candidates, key=itemgetter(0))
            found.append(Highlight(name, _fragment(text, self._marked(text))))
        return tuple(found)

    def _marked(self, text: str) -> list[Word]:
        """Return the words of the text that were asked for, in order."""
        if self._phrases:
            return self._marked_with_phrases(text)
        return sorted(
            Word(start + word.start, start + word.end, word.plain)
            for piece in set(self._sought_pieces(text))
            for start in _places(piece, text)
            for word in self._sought_words_of(piece)
        )

    def _worth_of(self, text: str) -> tuple[int, int]:
        """Return the worth of the marked words without looking for where they stand."""
        if self._phrases:
            return _worth(self._marked_with_phrases(text))
        found = [self._sought_words_of(piece) for piece in self._sought_pieces(text)]
        return _worth([word for each in found for word in each]) if found else _WORTHLESS

    def _sought_pieces(self, text: str) -> list[str]:
        """Return what holds a word that was asked for, of all that stands between spaces."""
        found = text.split()
        # No step of Python for each word of a text, but for those that no text had before.
        if not all(map(_PIECES.is_known, found)):
            _PIECES.learn(found)
        if self._seen != _PIECES.learned:
            self._seen = _PIECES.learned
            self._sought |= _PIECES.with_forms(self._stems)
        return [*filter(self._sought.__contains__, found)]

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
    """What was seen between two spaces, by the forms of the words in it; texts repeat it.

    Remembers very many pieces, and forgets all when they become too many.
    """

    def __init__(self) -> None:
        self.learned = 0
        """Moves before a piece becomes known: who saw this number has all known by then."""
        self._known: set[str] = set()
        self.is_known = self._known.__contains__
        self._of_form: defaultdict[str, set[str]] = defaultdict(set)
        self._learning = Lock()

    def with_forms(self, forms: Iterable[str]) -> set[str]:
        """Return the known pieces that hold a word of one of these forms."""
        return set().union(*(self._of_form.get(form, ()) for form in forms))

    def learn(self, pieces: Iterable[str]) -> None:
        """Remember pieces."""
        with self._learning:
            if len(self._known) > _MOST_PIECES:
                self._known.clear()
                self._of_form.clear()
            unknown = {*pieces} - self._known
            for piece in unknown:
                for word in words(piece):
                    for form in _forms(word.plain):
                        self._of_form[form].add(piece)
            self.learned += 1
            self._known |= unknown


_MOST_PIECES = 200_000
_PIECES = _Pieces()
_WORTHLESS = (0, 0)


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
