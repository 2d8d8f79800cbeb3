"""The names that a visitor can choose from while typing: terms, gemeenten, jeugdregio's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons import selectors
from lessons.records import FacetTable
from search.dutch.spelling import closest_beginnings
from search.dutch.tokens import plain_words
from search.results import Suggestion


@dataclass(frozen=True, slots=True)
class Name:
    """A name of something: its own, or another one by which people know it."""

    text: str
    facet: str
    code: str
    label: str

    @property
    def suggestion(self) -> Suggestion:
        """What is offered when this name is found."""
        found_by = "" if self.text == self.label else self.text
        return Suggestion(self.facet, self.code, self.label, found_by)


class NameBook:
    """Finds names by the beginnings of their words, however they are written."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._names = [(name, tuple(plain_words(name.text))) for name in names]
        self._places = sorted(
            (word, index)
            for index, (_name, words) in enumerate(self._names)
            for word in dict.fromkeys(words)
        )
        self._words = sorted({word for word, _index in self._places})

    def beginning(self, typed: Sequence[str]) -> list[Suggestion]:
        """Return the names that have a word beginning with each of those typed, best first.

        Names of which the first word fits come first, short ones before long ones; of one
        thing only its best name is offered.
        """
        *others, last = typed
        found = [
            (
                not words[0].startswith(typed[0]),
                name.text != name.label,
                len(words),
                name.text,
                name,
            )
            for name, words in self._with(last)
            if all(any(word.startswith(other) for word in words) for other in others)
        ]
        best: dict[tuple[str, str], Suggestion] = {}
        for *_rank, name in sorted(found, key=lambda row: row[:4]):
            best.setdefault((name.facet, name.code), name.suggestion)
        return list(best.values())

    def meant(self, typed: str) -> str | None:
        """Return the beginning of a word of a name that may have been meant."""
        return next(iter(closest_beginnings(typed, ((word, 1) for word in self._words))), None)

    def has(self, beginning: str) -> bool:
        """Return whether a word of a name begins so."""
        return next(self._with(beginning), None) is not None

    def _with(self, beginning: str) -> Iterator[tuple[Name, tuple[str, ...]]]:
        place = bisect_left(self._places, (beginning, -1))
        while place < len(self._places) and self._places[place][0].startswith(beginning):
            yield self._names[self._places[place][1]]
            place += 1


def stored_names() -> list[Name]:
    """Return the names of terms, gemeenten and jeugdregio's as the database has them."""
    return [*_terms(), *_places()]


def pilot_names(table: FacetTable) -> list[Name]:
    """Return the names of the pilots that are public now."""
    return [Name(label, "pilot", code, label) for code, label in table.labels.items()]


def _terms() -> Iterator[Name]:
    """Yield labels and other labels, those of merged terms under the term that stands for them."""
    vocabularies = selectors.vocabularies()
    tables = selectors.facet_tables([vocabulary.code for vocabulary in vocabularies])
    for vocabulary in vocabularies:
        table = tables[vocabulary.code]
        for term in vocabulary.terms:
            current = table.current(term.code)
            if current is not None:
                for text in (term.label, *term.alternative_labels):
                    yield Name(text, vocabulary.code, current, table.labels[current])


def _places() -> Iterator[Name]:
    for region in selectors.jeugdregios():
        yield Name(region.name, "jeugdregio", region.code, region.name)
        for gemeente in region.gemeenten:
            yield Name(gemeente.name, "gemeente", gemeente.code, gemeente.name)
    for former in selectors.former_gemeenten():
        successor = former.successors[0]
        yield Name(former.name, "gemeente", successor.code, successor.name)
