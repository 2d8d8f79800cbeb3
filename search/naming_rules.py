"""What editors may put into the lists of words, with the message when they may not.

Pure: the rules see words only, so that a form, a loader and the workbench refuse the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import clean, plain_words, words
from search.query import MAX_TEXT_LENGTH
from search.text_syntax import parse

MAX_NAMES = 100
MAX_NAME_LENGTH = 120
MAX_NAME_WORDS = 8
MAX_WORDINGS = 30
_ONE_WAY = ("former_names", "everyday_words")

WORD_LISTS = (
    "synonyms",
    "abbreviations",
    "narrower",
    "former_names",
    "everyday_words",
    "unexpanded",
)
"""The fields of a group of synonyms with one name on each line."""

Faults = Iterable[tuple[str, str]]
"""The field at fault, and what is wrong with it and what to do."""

WordsByField = Mapping[str, tuple[str, ...]]
"""The names of a group by field: ``preferred`` and those of ``WORD_LISTS``."""

_Key = tuple[str, ...]


def lines(text: str) -> tuple[str, ...]:
    """Return what stands on the lines of a field, without those that are empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def synonym_faults(
    group: WordsByField, others: Iterable[WordsByField]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a group of synonyms, beside the ``others`` that are in use."""
    number = sum(len(group[field]) for field in WORD_LISTS)
    if not number:
        yield (
            "synonyms",
            _("Give at least one other name: a group of one word finds nothing more."),
        )
    if number > MAX_NAMES:
        yield "synonyms", _("A group holds %(most)s names at most; split it.") % {"most": MAX_NAMES}
    seen: dict[_Key, str] = {}
    for field, name in _names(group, ("preferred", *WORD_LISTS)):
        if fault := _name_fault(name, may_be_small=field in _ONE_WAY):
            yield field, fault
        elif (earlier := seen.get(_as_written(name))) is not None:
            yield field, _twice(name, earlier)
        seen.setdefault(_as_written(name), name)
    for other in others:
        yield from _contradictions(group, other)


def _contradictions(group: WordsByField, other: WordsByField) -> Iterator[tuple[str, str]]:
    """Yield names that one of the groups leaves as they are and the other one uses."""
    used = ("preferred", *WORD_LISTS[:-1])
    left_by_other = set(map(_key, other["unexpanded"]))
    for field, name in _names(group, used):
        if _key(name) in left_by_other:
            message = _("“%(word)s” is marked as too broad or ambiguous in the group “%(group)s”.")
            yield field, message % {"word": name, "group": other["preferred"][0]}
    left_here = set(map(_key, group["unexpanded"]))
    for _field, name in _names(other, used):
        if _key(name) in left_here:
            message = _("“%(word)s” is in use in the group “%(group)s”; take it out there first.")
            yield "unexpanded", message % {"word": name, "group": other["preferred"][0]}


def _names(group: WordsByField, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((field, name) for field in fields for name in group[field])


def pinning_faults(
    wordings: Iterable[str], others: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the wordings of a pinned question, beside those of others."""
    taken = {parse(typed).wording: other for other, theirs in others.items() for typed in theirs}
    seen: dict[str, str] = {}
    for number, typed in enumerate(wordings, start=1):
        text = parse(typed)
        if number > MAX_WORDINGS:
            yield "wordings", _("Give %(most)s wordings at most.") % {"most": MAX_WORDINGS}
            return
        if len(typed) > MAX_TEXT_LENGTH or not text.is_ranking:
            yield "wordings", _("“%(word)s” has no words to search for.") % {"word": typed[:60]}
        elif text.wording in seen:
            yield "wordings", _twice(typed, seen[text.wording])
        elif text.wording in taken:
            message = _("“%(word)s” already belongs to the pinned question “%(other)s”.")
            yield "wordings", message % {"word": typed, "other": taken[text.wording]}
        seen.setdefault(text.wording, typed)


def _name_fault(word: str, *, may_be_small: bool) -> str | None:
    key = _key(word)
    if len(word) > MAX_NAME_LENGTH or len(key) > MAX_NAME_WORDS:
        return _(
            "“%(word)s…” is too long: %(letters)s letters and %(words)s words at most, one name "
            "on each line."
        ) % {"word": word[:40], "letters": MAX_NAME_LENGTH, "words": MAX_NAME_WORDS}
    # Small words stand in every question and in every lesson. Only as what is typed and never
    # sought ('wie bij wie') do they tell something.
    if not key or (not may_be_small and all(part in STOP_WORDS for part in key)):
        return _("“%(word)s” has no word that search looks at.") % {"word": word}
    return None


def _twice(word: str, earlier: str) -> str:
    if word == earlier:
        return _("“%(word)s” is there twice.") % {"word": word}
    return _("“%(word)s” and “%(earlier)s” are the same to search.") % {
        "word": word,
        "earlier": earlier,
    }


def _key(name: str) -> _Key:
    return tuple(plain_words(name))


def _as_written(name: str) -> _Key:
    """Return the words without capitals or signs; an accent or a possessive is another word."""
    text = clean(name)
    return tuple(text[word.start : word.end].casefold() for word in words(text))
