"""Other names for the same thing, from the vocabularies and the editors' list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons import selectors
from lessons.records import Vocabulary
from search.dutch.stems import stem
from search.dutch.stop_words import STOP_WORDS
from search.dutch.tokens import plain_words
from search.models import SynonymGroup
from search.wording import Alternative

NAME_WEIGHT = 0.6
NARROWER_WEIGHT = 0.4

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names of one thing.

    Whoever types one of them finds lessons that have another, or a ``narrower`` one.
    Whoever types a ``leading`` one finds the names; nobody is led to it. A ``former`` name
    leads too, but only as it is written: *Haren* is no plural of *haar*.
    """

    names: tuple[str, ...]
    narrower: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


class Synonyms:
    """Finds names in a text and gives the others of their group."""

    def __init__(self, groups: Iterable[NameGroup] = (), unexpanded: Iterable[str] = ()) -> None:
        self._unexpanded = frozenset(map(name_key, unexpanded))
        self._alternatives: defaultdict[_Key, dict[Alternative, None]] = defaultdict(dict)
        self._former: defaultdict[_Key, dict[Alternative, None]] = defaultdict(dict)
        for group in groups:
            self._add(group)
        self._stems = frozenset(part for key in self._alternatives for part in key)
        self._former_words = frozenset(word for words in self._former for word in words)
        self._longest = max(map(len, (*self._alternatives, *self._former)), default=0)

    def __contains__(self, word: str) -> bool:
        """Whether the word occurs in one of the names: then it is no typing error."""
        return stem(word) in self._stems or word in self._former_words

    def matches(self, typed: Sequence[str]) -> Iterator[tuple[slice, tuple[Alternative, ...]]]:
        """Yield where names stand in the words of a text, the longest, with the others."""
        stems = [stem(word) for word in typed]
        start = 0
        while start < len(stems):
            for end in range(min(start + self._longest, len(stems)), start, -1):
                found = {
                    **self._alternatives.get(tuple(stems[start:end]), {}),
                    **self._former.get(tuple(typed[start:end]), {}),
                }
                if found:
                    yield slice(start, end), tuple(found)
                    start = end
                    break
            else:
                start += 1

    def _add(self, group: NameGroup) -> None:
        names = {name_key(name): _telling_words(name) for name in group.names}
        others = {name_key(name): _telling_words(name) for name in group.narrower}
        for key in (*names, *map(name_key, group.leading)):
            if not key or key in self._unexpanded:
                continue
            for weight, forms in ((NAME_WEIGHT, names), (NARROWER_WEIGHT, others)):
                for other, words in forms.items():
                    if words and other != key and other not in self._unexpanded:
                        self._alternatives[key][Alternative(words, weight)] = None
        for former in group.former:
            if name_key(former) in self._unexpanded:
                continue
            for weight, forms in ((NAME_WEIGHT, names), (NARROWER_WEIGHT, others)):
                for words in filter(None, forms.values()):
                    self._former[tuple(plain_words(former))][Alternative(words, weight)] = None


def name_key(name: str) -> tuple[str, ...]:
    """Return what names have in common that are the same to the search: their stems."""
    return tuple(stem(word) for word in plain_words(name))


def _telling_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(name) if word not in STOP_WORDS)


def stored_synonyms(draft: SynonymGroup | None = None) -> Synonyms:
    """Return the synonyms as the database has them.

    With a ``draft``, as they would be if it were saved, new or in the place of what it was.
    """
    groups = list(SynonymGroup.objects.filter(is_active=True))
    if draft is not None:
        groups = [group for group in groups if group.pk != draft.pk]
        groups += [draft] if draft.is_active else []
    return Synonyms(
        (
            *map(_names_of_group, groups),
            *_vocabulary_groups(selectors.vocabularies()),
            *_place_groups(),
        ),
        unexpanded=[name for group in groups for name in group.unexpanded_names],
    )


def _names_of_group(group: SynonymGroup) -> NameGroup:
    return NameGroup(
        (group.preferred, *group.other_names), group.narrower_names, group.leading_names
    )


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
    """Yield gemeenten: who types one also finds what its jeugdregio learned.

    A former gemeente leads to each one that its area went to.
    """
    former_names: defaultdict[str, list[str]] = defaultdict(list)
    for former in selectors.former_gemeenten():
        for successor in former.successors:
            former_names[successor.code].append(former.name)
    for region in selectors.jeugdregios():
        for gemeente in region.gemeenten:
            former_ones = tuple(former_names[gemeente.code])
            yield NameGroup((gemeente.name,), (region.name,), former=former_ones)


def _current(code: str, replaced_by: dict[str, str | None]) -> str:
    seen = {code}
    while (follower := replaced_by.get(code)) and follower not in seen:
        seen.add(follower)
        code = follower
    return code
