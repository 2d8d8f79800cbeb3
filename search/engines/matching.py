"""What finds the same lessons as a question with less work, for counting: no score counts.

A text of a frequent word finds half of all lessons, and each clause is then looked at for
each of those. So whatever another clause finds already is left out. Pure: nothing is read
or searched here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

from search.engines.ranking import (
    AllOf,
    AnyOf,
    BestOf,
    Boosted,
    Clause,
    Constant,
    Phrase,
    TextClauses,
    Word,
)


def matching(asked: TextClauses) -> TextClauses:
    """Return clauses that hold for the same lessons; what is only preferred is not there."""
    return TextClauses(tuple(map(_plain, asked.required)), (), tuple(map(_plain, asked.excluded)))


def _plain(clause: Clause) -> Clause:
    match clause:
        case Boosted(inner, _) | Constant(inner, _):
            return _plain(inner)
        case AllOf(clauses):
            return AllOf(tuple(map(_plain, clauses)))
        case AnyOf(clauses, needed) if needed > 1:
            return _some_of([*map(_plain, clauses)], needed)
        case AnyOf() | BestOf():
            return _plain_choice(clause)
        case TextClauses(required, _, excluded) if required:
            return matching(TextClauses(required, (), excluded))
        case _:
            return clause


# Questions share words, and what a word asks of the fields is always the same.
@lru_cache(maxsize=1024)
def _plain_choice(clause: AnyOf | BestOf) -> Clause:
    return _any_of(map(_plain, clause.clauses))


def _some_of(clauses: list[Clause], needed: int) -> Clause:
    """Return a choice of several; what would do for as many of them as needed is sought once."""
    choices = [dict.fromkeys(_choices(clause)) for clause in clauses]
    held = Counter(choice for each in choices for choice in each)
    enough = [choice for choice, number in held.items() if number >= needed]
    rest = [
        _any_of(others)
        for each in choices
        if (others := [choice for choice in each if choice not in enough])
    ]
    if len(rest) < needed:
        return _any_of(enough)
    some = AllOf(tuple(rest)) if len(rest) == needed else AnyOf(tuple(rest), needed)
    return _any_of([*enough, some]) if enough else some


def _any_of(clauses: Iterable[Clause]) -> AnyOf:
    """Return a choice without choices in it, and without what another choice finds as well."""
    flat = dict.fromkeys(choice for clause in clauses for choice in _choices(clause))
    return AnyOf(tuple(clause for clause in flat if not _is_found_by_others(clause, flat)))


def _choices(clause: Clause) -> tuple[Clause, ...]:
    return clause.clauses if isinstance(clause, AnyOf) and clause.needed == 1 else (clause,)


def _is_found_by_others(clause: Clause, choices: Collection[Clause]) -> bool:
    """Tell whether a lesson for which this holds is found by another choice in any case."""
    match clause:
        case Phrase(field, terms):
            return any(Word(field, term) in choices for term in terms)
        case AllOf(clauses):
            return any(all(each in choices for each in _choices(part)) for part in clauses)
        case _:
            return False
