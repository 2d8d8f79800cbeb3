"""How a question is read: what counts, what is left out, and which lists have a say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons import selectors
from search.dutch.stems import stem
from search.explaining import Sought, Way
from search.models import SynonymGroup
from search.synonyms import name_key
from search.text_syntax import TextQuery
from search.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Reading:
    """What the search makes of a question."""

    words: tuple[str, ...]
    skipped: tuple[str, ...]
    """Words that say nothing about what a lesson is about."""
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    others: tuple[Sought, ...]
    """What is sought beside the words as typed."""
    groups: tuple[SynonymGroup, ...]
    """The groups of synonyms of which a name was typed."""
    places: tuple[str, ...]


def reading(text: TextQuery, meaning: Understanding, looked_for: Sequence[Sought]) -> Reading:
    """Return how a question is read; asks the database for groups and places."""
    meant = [meaning.corrections.get(word, word) for word in text.typed]
    stems = [stem(word) for word in meant]
    return Reading(
        words=text.words,
        skipped=tuple(dict.fromkeys(word for word in text.typed if word not in text.words)),
        phrases=tuple(map(" ".join, text.phrases)),
        excluded=tuple(map(" ".join, text.excluded)),
        others=tuple(item for item in looked_for if item.way is not Way.TYPED),
        groups=tuple(_groups(stems)),
        places=tuple(_places(stems)),
    )


def _groups(stems: Sequence[str]) -> Iterator[SynonymGroup]:
    for group in SynonymGroup.objects.filter(is_active=True):
        names = (group.preferred, *group.other_names, *group.leading_names)
        if _are_typed(names, stems):
            yield group


def _places(stems: Sequence[str]) -> Iterator[str]:
    for region in selectors.jeugdregios():
        if _are_typed([region.name], stems):
            yield f"{region.name} (jeugdregio)"
        for gemeente in region.gemeenten:
            if _are_typed([gemeente.name], stems):
                yield f"{gemeente.name} (gemeente in {region.name})"


def _are_typed(names: Iterable[str], stems: Sequence[str]) -> bool:
    """Return whether one of the names stands in the words, whole and in order."""
    for name in names:
        key = list(name_key(name))
        starts = range(len(stems) - len(key) + 1) if key else range(0)
        if any(list(stems[start : start + len(key)]) == key for start in starts):
            return True
    return False
