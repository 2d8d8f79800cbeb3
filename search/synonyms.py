"""Other names for the same thing, from the vocabularies and the editors' list.

Read from the database when they have changed and kept in memory: a change counts from
the next search on, in every process, without touching the index.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons import selectors
from lessons.records import Vocabulary
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import plain_words
from search.models import SynonymGroup, WordListVersion
from search.wording import Alternative

NAME_WEIGHT = 0.6
NARROWER_WEIGHT = 0.4

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names of one thing.

    Whoever types one of them finds lessons that have another, or a ``narrower`` one.
    Whoever types a ``former`` one finds the names; nobody is led to a former one.
    """

    names: tuple[str, ...]
    narrower: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


class Synonyms:
    """Finds names in a text and gives the others of their group."""

    def __init__(self, groups: Iterable[NameGroup] = ()) -> None:
        self._alternatives: defaultdict[_Key, dict[Alternative, None]] = defaultdict(dict)
        for group in groups:
            self._add(group)
        self._stems = frozenset(part for key in self._alternatives for part in key)
        self._longest = max(map(len, self._alternatives), default=0)

    def __contains__(self, word: str) -> bool:
        """Whether the word occurs in one of the names: then it is no typing error."""
        return stem(word) in self._stems

    def matches(self, typed: Sequence[str]) -> Iterator[tuple[slice, tuple[Alternative, ...]]]:
        """Yield where names stand in the words of a text, the longest, with the others."""
        stems = [stem(word) for word in typed]
        start = 0
        while start < len(stems):
            for end in range(min(start + self._longest, len(stems)), start, -1):
                if found := self._alternatives.get(tuple(stems[start:end])):
                    yield slice(start, end), tuple(found)
                    start = end
                    break
            else:
                start += 1

    def _add(self, group: NameGroup) -> None:
        names = {_key(name): _telling_words(name) for name in group.names}
        others = {_key(name): _telling_words(name) for name in group.narrower}
        for key in (*names, *map(_key, group.former)):
            if not key:
                continue
            for weight, forms in ((NAME_WEIGHT, names), (NARROWER_WEIGHT, others)):
                for other, words in forms.items():
                    if words and other != key:
                        self._alternatives[key][Alternative(words, weight)] = None


def _key(name: str) -> _Key:
    return tuple(stem(word) for word in plain_words(name))


def _telling_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(name) if word not in STOP_WORDS)


_cached: tuple[str, Synonyms] | None = None


def current_synonyms() -> Synonyms:
    """Return the synonyms as they are now; one query unless they have changed."""
    global _cached
    version = WordListVersion.objects.values_list("token", flat=True).first()
    held = _cached
    if held is not None and held[0] == version:
        return held[1]
    if version is None:
        version = word_lists_changed()
    # Read after the mark: a change in between leaves an older mark, so it is read again.
    synonyms = Synonyms(
        (*_editors_groups(), *_vocabulary_groups(selectors.vocabularies()), *_place_groups())
    )
    _cached = (version, synonyms)
    return synonyms


def word_lists_changed() -> str:
    """Make every process read the synonyms again, when this transaction is committed."""
    token = uuid.uuid4().hex
    WordListVersion.objects.update_or_create(pk=1, defaults={"token": token})
    return token


def _editors_groups() -> list[NameGroup]:
    return [
        NameGroup((group.preferred, *group.other_names), group.narrower_names, group.old_names)
        for group in SynonymGroup.objects.filter(is_active=True)
    ]


def _vocabulary_groups(vocabularies: Iterable[Vocabulary]) -> Iterator[NameGroup]:
    """Yield the labels of each term together with those of the terms merged into it."""
    for vocabulary in vocabularies:
        replaced_by = {term.code: term.replaced_by_code for term in vocabulary.terms}
        names: defaultdict[str, list[str]] = defaultdict(list)
        for term in vocabulary.terms:
            names[_current(term.code, replaced_by)] += [term.label, *term.alternative_labels]
        for labels in names.values():
            if len(labels) > 1:
                yield NameGroup(tuple(labels))


def _place_groups() -> Iterator[NameGroup]:
    """Yield gemeenten: who types one also finds what its jeugdregio learned."""
    for region in selectors.jeugdregios():
        for gemeente in region.gemeenten:
            yield NameGroup((gemeente.name,), (region.name,))


def _current(code: str, replaced_by: dict[str, str | None]) -> str:
    seen = {code}
    while (follower := replaced_by.get(code)) and follower not in seen:
        seen.add(follower)
        code = follower
    return code
