"""Parts of compounds: *netwerkpleegzorg* is also about *netwerk*, *pleegzorg* and *zorg*.

A word is split only where it is wholly made of known parts, joined by nothing or by a
linking ``s``, ``e`` or ``en``: a wrong split would find what was never meant.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from search.dutch.stems import stem

MIN_COMPOUND_LENGTH = 7
_MIN_PART_LENGTH = 3
LINKS = ("", "s", "e", "en", "er")
"""What may stand between two parts."""

_MIN_KNOWN_PART_LENGTH = 4
_MAX_COMPOUND_LENGTH = 40
_MOST_PARTS = 3

# The building blocks of the field's compounds. Short words that also end ordinary words
# (er, in, is, oud, uit) are left out on purpose.
_PARTS = frozenset(
    """
    aanbieder aanbod aanmelding aanpak adoptie advies afspraak ambtenaar analyse arts basis
    begeleiding beleid beroep beschikking bestand bestuur bewoner bijeenkomst bureau buurt
    campagne casus centrum coach cohort college congres contact contract coordinator crisis
    cultuur dag databank deelnemer deeltijd deskundige dienst doelgroep dorp duur eigen ervaring
    evaluatie familie financiering fonds functie gebied gedrag geld gemeente gesprek gezag gezin
    goud groep grond hand handreiking huis huisvesting hulp hulpverlener informatie inkomen
    inkoop instelling instituut jaar jeugd jongere jongeren kamer kans kennis kenniscentrum kind
    kinder klas kleuter kosten kring kwaliteit leeftijd leer leerling leider leven lijst logeer
    loket maatregel maatschappij maatwerk makelaar mantelzorg match matching medewerker meisje
    mentor model moeder netwerk nood norm officier onderwijs onderzoek ontwikkeling opleiding
    opname opvang opvoeder opvoeding organisatie ouder overdracht overleg partij partner pilot
    plaats plaatsing plan platform pleeg poh politie praktijk preventie prijs probleem proces
    product professional programma project punt raad recht rechter regeling regio respijt rijk
    risico samenwerking scholen school screening sociaal spel spoed staat start steun stichting
    subsidie systeem taak tafel tarief team toegang toekomst toezicht traject trauma
    uithuisplaatsing vader vakantie veiligheid verblijf vereniging vergoeding verhaal verklaring
    verlof verordening verslag vertrouwen vertrouwens vervoer verwijzer visie voltijd voogd
    voogdij voorkeur voorziening vraag vriend vrijwilliger wacht wachtlijst week weekend werk
    werker werkgever werkwijze werving wet wethouder wijk woning woon woord ziekte zorg zus
    zuster
    """.split()  # noqa: SIM905 - read and kept as lines of words
)
_STEMS = frozenset(stem(part) for part in _PARTS)


@lru_cache(maxsize=200_000)
def parts(plain: str) -> frozenset[str]:
    """Return the stems of the parts of a compound in its plain form; empty for other words."""
    if len(plain) < MIN_COMPOUND_LENGTH:
        return frozenset()
    found: set[str] = set()
    for cut in range(_MIN_PART_LENGTH, len(plain) - _MIN_PART_LENGTH + 1):
        head, tail = plain[:cut], plain[cut:]
        if head not in _PARTS:
            continue
        for link in LINKS:
            rest = tail.removeprefix(link) if tail.startswith(link) else ""
            if len(rest) < _MIN_PART_LENGTH:
                continue
            inner = parts(rest)
            if stem(rest) in _STEMS or inner:
                found |= {stem(head), stem(rest), *inner}
    return frozenset(found)


def possible_parts(plain: str) -> set[str]:
    """Return all pieces of a word that :func:`split_with` may ask about."""
    if not _may_split(plain):
        return set()
    return {
        plain[start:end]
        for start in range(len(plain))
        for end in range(start + _MIN_KNOWN_PART_LENGTH, len(plain) + 1)
    }


def split_with(plain: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the parts of a compound, of which ``is_known`` tells whether they are words.

    As few parts as possible, and of those the ones whose shortest part is longest; empty
    when the word cannot be split into known parts altogether.
    """
    return _split(plain, is_known, _MOST_PARTS) if _may_split(plain) else ()


def _may_split(plain: str) -> bool:
    return MIN_COMPOUND_LENGTH <= len(plain) <= _MAX_COMPOUND_LENGTH and plain.isalpha()


def _split(plain: str, is_known: Callable[[str], bool], most: int) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    for cut in range(_MIN_PART_LENGTH, len(plain) - _MIN_PART_LENGTH + 1):
        head, tail = plain[:cut], plain[cut:]
        if not _is_part(head, is_known):
            continue
        for link in LINKS:
            rest = tail[len(link) :]
            if not tail.startswith(link) or len(rest) < _MIN_PART_LENGTH:
                continue
            parts_of_rest: tuple[str, ...] = (rest,) if _is_part(rest, is_known) else ()
            if not parts_of_rest and most > 2:
                parts_of_rest = _split(rest, is_known, most - 1)
            if parts_of_rest:
                best = min((found for found in (best, (head, *parts_of_rest)) if found), key=_cost)
    return best


def _is_part(piece: str, is_known: Callable[[str], bool]) -> bool:
    if piece in _PARTS or stem(piece) in _STEMS:
        return True
    return len(piece) >= _MIN_KNOWN_PART_LENGTH and is_known(piece)


def _cost(pieces: tuple[str, ...]) -> tuple[int, int]:
    return len(pieces), -min(map(len, pieces))
