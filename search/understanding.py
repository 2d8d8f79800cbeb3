"""What a text means for the search: the words typed, and what may stand in their place.

Four things, all beside the words themselves, which always weigh most:

- a compound that was typed apart (*uit huis plaatsing*) is also sought as one word;
- a compound that no lesson has (*pleegouderwerving*) is sought by its parts;
- a word that no lesson has and that differs little from one that lessons do have is
  taken for a typing error;
- names have other names: the labels of vocabularies and the editors' synonyms.

Pure but for the two questions it asks of the index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p
from types import MappingProxyType

from search.dutch.compounds import LINKS, possible_parts, split_with
from search.dutch.stems import stem
from search.dutch.tokens import MAX_WORD_LENGTH, clean, words
from search.engines.contract import WordQuestions
from search.synonyms import Synonyms
from search.text_syntax import TextQuery
from search.wording import Alternative, Alternatives, KnownWords

JOINED_WEIGHT = 1.0
CORRECTED_WEIGHT = 1.0
ALL_PARTS_WEIGHT = 0.8
ONE_PART_WEIGHT = 0.25
KNOWN_PARTS_WEIGHT = 0.2

_MOST_WORDS = 40
"""Of a longer text the words behind these are sought as they are."""

_MOST_JOINED = 4
_MIN_CORRECTED_LENGTH = 4
_MIN_PART_ALONE = 4


@dataclass(frozen=True, slots=True)
class Understanding:
    """Alternatives for the engine, and the words that were taken for typing errors."""

    alternatives: Alternatives = field(default_factory=lambda: MappingProxyType({}))
    corrections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    telling: float = 0.0
    """How much the words tell together: the sum of their inverse document frequencies."""


def understand(text: TextQuery, index: KnownWords, synonyms: Synonyms) -> Understanding:
    """Return what may stand in the place of the words of a text."""
    typed = text.typed[:_MOST_WORDS]
    words_sought = [word for word in text.words if word in typed]
    if not words_sought:
        return Understanding()
    found: defaultdict[str, list[Alternative]] = defaultdict(list)
    for span, form in _joined_forms(typed, index):
        _add(found, typed[span], [Alternative((form,), JOINED_WEIGHT)])
    known = index.frequencies({stem(word) for word in words_sought})
    unknown = [
        word
        for word in words_sought
        if stem(word) not in known and word not in synonyms and word not in found
    ]
    for word in set(words_sought).difference(unknown):
        found[word] += _parts_of_known(word)
    corrections = {}
    for word, pieces in _split_unknown(unknown, index).items():
        if pieces:
            found[word] += _parts_of_unknown(pieces, synonyms)
        elif meant := _meant(word, index):
            corrections[word] = meant
            found[word].append(Alternative((meant,), CORRECTED_WEIGHT))
    meant_words = [corrections.get(word, word) for word in typed]
    for span, alternatives in synonyms.matches(meant_words):
        _add(found, typed[span], alternatives)
    return Understanding(
        {word: others for word in words_sought if (others := _others(word, found[word]))},
        corrections,
        telling=_telling(words_sought, known, index.number()),
    )


def _others(word: str, alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Return what finds more than the word itself does.

    A name of several words that holds it finds nothing else, and to seek those words beside
    each other takes long.
    """
    stemmed = stem(word)
    return tuple(
        dict.fromkeys(
            other
            for other in alternatives
            if len(other.words) == 1 or stemmed not in map(stem, other.words)
        )
    )


def _telling(sought: Sequence[str], known: Mapping[str, int], number: int) -> float:
    """Return the sum of the inverse document frequencies, as BM25 takes them.

    A word that no lesson has counts for 1: what stands in its place is not looked at.
    """
    counts = [known.get(stem(word)) for word in sought]
    return sum(
        1.0 if count is None else log1p((number - count + 0.5) / (count + 0.5)) for count in counts
    )


def questions(text: TextQuery) -> WordQuestions:
    """Return all that :func:`understand` may ask about a text, for whoever asks in one go."""
    typed = text.typed[:_MOST_WORDS]
    sought = [word for word in text.words if word in typed]
    joined = [form for span in _spans(typed) for form in _joined(typed[span])] if sought else []
    pieces = set().union(*map(possible_parts, sought))
    return WordQuestions(
        stems=frozenset(map(stem, (*sought, *joined, *pieces))),
        words=frozenset(filter(_may_be_misspelt, sought)),
    )


def corrected(text: str, corrections: Mapping[str, str]) -> str:
    """Return the text as typed with the typing errors mended."""
    pieces, done = [], 0
    text = clean(text)
    for word in words(text):
        if word.plain in corrections:
            pieces += [text[done : word.start], corrections[word.plain]]
            done = word.end
    return "".join((*pieces, text[done:])).strip()


def _add(
    found: defaultdict[str, list[Alternative]],
    span: Sequence[str],
    alternatives: Sequence[Alternative],
) -> None:
    """Give the alternatives of a span to each of its words."""
    for word in dict.fromkeys(span):
        found[word] += alternatives


def _spans(typed: Sequence[str]) -> Iterator[slice]:
    for start in range(len(typed)):
        for end in range(start + 2, min(start + _MOST_JOINED, len(typed)) + 1):
            yield slice(start, end)


def _joined_forms(typed: Sequence[str], index: KnownWords) -> list[tuple[slice, str]]:
    """Return the compounds that lessons have and that were typed as several words."""
    forms = [(span, form) for span in _spans(typed) for form in _joined(typed[span])]
    known = index.frequencies({stem(form) for _span, form in forms}) if forms else {}
    return [(span, form) for span, form in forms if stem(form) in known]


def _joined(parts: Sequence[str]) -> list[str]:
    """Return the compounds that words may be, with one linking sound at most."""
    if not all(part.isalpha() for part in parts):
        return []
    forms = (
        "".join((*parts[:place], link, *parts[place:]))
        for place in range(1, len(parts))
        for link in LINKS
    )
    return [form for form in dict.fromkeys(forms) if len(form) <= MAX_WORD_LENGTH]


def _split_unknown(unknown: Sequence[str], index: KnownWords) -> dict[str, tuple[str, ...]]:
    """Return the parts of each word, none for one that does not consist of known parts."""
    stems = {stem(piece) for word in unknown for piece in possible_parts(word)}
    known = index.frequencies(stems) if stems else {}
    return {word: split_with(word, lambda piece: stem(piece) in known) for word in unknown}


def _parts_of_unknown(pieces: tuple[str, ...], synonyms: Synonyms) -> Iterator[Alternative]:
    yield Alternative(pieces, ALL_PARTS_WEIGHT, is_phrase=False)
    for piece in pieces:
        if len(piece) >= _MIN_PART_ALONE:
            yield Alternative((piece,), ONE_PART_WEIGHT)
    # Who makes one word of 'werving van pleegouders' turns the two around.
    for names in (pieces, pieces[::-1]):
        for span, alternatives in synonyms.matches(names):
            if names[span] == names:
                yield from alternatives


def _parts_of_known(word: str) -> Iterator[Alternative]:
    pieces = split_with(word, _is_no_word)
    if pieces:
        yield Alternative(pieces, KNOWN_PARTS_WEIGHT, is_phrase=False)


def _is_no_word(_piece: str) -> bool:
    """Leave the split to the building blocks that ``search.dutch`` knows by itself."""
    return False


def _meant(word: str, index: KnownWords) -> str | None:
    return next(iter(index.similar(word)), None) if _may_be_misspelt(word) else None


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= _MIN_CORRECTED_LENGTH and word.isalpha()
