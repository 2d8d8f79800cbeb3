"""Showing where the words that were asked for stand, as safe HTML.

Works on the texts of a document, so it is the same for every engine. Everything outside
``<mark>`` is escaped text.
"""

from __future__ import annotations

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
        self._pieces = _SoughtPieces(self._stems)

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
            (name, text, marked)
            for name in best_of
            if (marked := self._marked(text := clean(texts.get(name, ""))))
        ]
        if candidates:
            name, text, marked = max(candidates, key=lambda item: _worth(item[2]))
            found.append(Highlight(name, _fragment(text, marked)))
        return tuple(found)

    def _marked(self, text: str) -> list[Word]:
        """Return the words of the text that were asked for, in order."""
        if self._phrases:
            return self._marked_with_phrases(text)
        sought = [piece for piece in set(text.split()) if self._pieces[piece]]
        return sorted(
            Word(start + word.start, start + word.end, word.plain)
            for piece in sought
            for start in _places(piece, text)
            for word in words(piece)
            if self._is_sought(word.plain)
        )

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


class _SoughtPieces(dict[str, bool]):
    """Tells of what stands between two spaces whether it holds a word that was asked for."""

    def __init__(self, stems: frozenset[str]) -> None:
        self._stems = stems

    def __missing__(self, piece: str) -> bool:
        found = self[piece] = not self._stems.isdisjoint(_forms_in(piece))
        return found


def _forms(plain: str) -> frozenset[str]:
    return parts(plain) | {stem(plain)}


@lru_cache(maxsize=200_000)
def _forms_in(piece: str) -> frozenset[str]:
    """Return the forms of the words in a text without spaces; texts repeat their pieces."""
    return frozenset().union(*(_forms(word.plain) for word in words(piece)))


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
