"""Cutting Dutch text into words, the same way for texts, questions and highlights."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MAX_WORD_LENGTH = 60

# An age limit is one word with its sign, as is '18plus'. The sign must end the word:
# '18-jarigen' and '12-18' are ordinary words.
_WORD = re.compile(
    r"(?<!\w)\d{1,3}(?:\+|-?plus(?:sers?)?\b|-(?![\w-]))"
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
_AGE = re.compile(r"(\d{1,3})(?:(\+|-?plus(?:sers?)?)|-)")
_SIGNS = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’]s$")


class Word(NamedTuple):
    """A word of a text: where it stands, and its plain form (see :func:`fold`)."""

    start: int
    end: int
    plain: str


def clean(text: str) -> str:
    """Return the text in one Unicode form, without what no text can hold."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    return text.replace("\0", " ")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return the plain form: small letters without diacritics or possessive ``'s``.

    ``18plus`` and ``18-plussers`` become ``18+``; ``18-`` stays. What is too long to be a
    word, or is none once its signs are gone, has an empty plain form.
    """
    if len(word) > MAX_WORD_LENGTH:
        return ""
    if age := _AGE.fullmatch(word):
        return f"{age[1]}{'+' if age[2] else '-'}"
    # Twice: a letter in a fancy face, as in mathematics, shows its capital only after NFKD.
    letters = unicodedata.normalize("NFKD", word.casefold()).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _SIGNS.sub("", _POSSESSIVE.sub("", plain))


def words(text: str) -> Iterator[Word]:
    """Yield the words of a cleaned text in order."""
    for match in _WORD.finditer(text):
        if plain := fold(match.group()):
            yield Word(match.start(), match.end(), plain)


def plain_words(text: str) -> list[str]:
    """Return the plain forms of the words of any text, in order."""
    return [plain for found in _WORD.findall(clean(text)) if (plain := fold(found))]


def pieces(text: str) -> list[str]:
    """Return what stands between the spaces of any text.

    No word reaches over a space, so the words of a text are those of its pieces. Texts
    repeat their pieces: whoever keeps what it made of one saves most of the work.
    """
    return clean(text).split()
