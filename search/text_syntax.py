"""What a visitor typed, read as words, ``"phrases"`` and ``-exclusions``.

There is no wrong input: whatever is not one of these is a word or is nothing. The result
holds plain words only, so nothing of a query language can come through it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import clean, plain_words

# A minus excludes only where a word begins; a quotation mark without its fellow is nothing.
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A text as it is asked of an engine: plain words, in the order typed, each once."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    """Words (of length one) and phrases that may not occur."""
    typed: tuple[str, ...] = field(default=(), compare=False)
    """The text outside phrases and exclusions, stop words and repetitions included."""

    @property
    def is_ranking(self) -> bool:
        """Whether the text says what is wanted, so that one lesson fits better than another."""
        return bool(self.words or self.phrases)

    @property
    def wording(self) -> str:
        """The text without capitals, accents or signs: the same for whoever asks the same."""
        phrases = (_quoted(phrase) for phrase in self.phrases)
        excluded = (f"-{_quoted(words)}" for words in self.excluded)
        return " ".join((*self.typed, *phrases, *excluded))


def parse(text: str) -> TextQuery:
    """Return what the text asks for; stop words count only when there is nothing else."""
    words: dict[str, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    excluded: dict[tuple[str, ...], None] = {}
    typed: list[str] = []
    for piece in _PIECE.finditer(clean(text).translate(_QUOTES)):
        found = tuple(plain_words(piece["phrase"] or piece["word"] or ""))
        if not found:
            continue
        if piece["minus"]:
            excluded[found] = None
        elif piece["phrase"] is not None and len(found) > 1:
            phrases[found] = None
        else:
            words.update(dict.fromkeys(found))
            typed += found
    telling = tuple(word for word in words if word not in STOP_WORDS)
    return TextQuery(
        words=telling or (() if phrases else tuple(words)),
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        typed=tuple(typed),
    )


def _quoted(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f'"{" ".join(words)}"'
