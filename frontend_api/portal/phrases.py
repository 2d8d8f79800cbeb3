"""How values read in Dutch on the public pages."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from lessons.records import Means, Period, Relation

FACET_HEADINGS = MappingProxyType(
    {
        "ontwikkelpunt": "Ontwikkelpunt",
        "kind": "Soort les",
        "phase": "Fase",
        "situation": "Situatie",
        "familyForm": "Gezinsvorm",
        "audience": "Doelgroep",
        "evidenceLevel": "Bewijskracht",
        "partner": "Partner",
        "scope": "Gebied",
        "jeugdregio": "Jeugdregio",
        "gemeente": "Gemeente",
        "pilot": "Pilot",
    }
)
"""Every facet with its heading, in the order in which the search page shows them."""

ORDER_HEADINGS = MappingProxyType(
    {
        "relevance": "Relevantie",
        "newest": "Nieuwste eerst",
        "oldest": "Oudste eerst",
        "title": "Titel van A tot Z",
        "adopted": "Meest overgenomen",
        "nearest": "Meest vergelijkbare plaats",
    }
)

MEANS_HEADINGS = MappingProxyType({"money": "Geld", "time": "Tijd", "people": "Mensen"})

_RELATIONS = MappingProxyType(
    {
        ("confirms", False): "Bevestigt",
        ("confirms", True): "Wordt bevestigd door",
        ("contradicts", False): "Spreekt tegen",
        ("contradicts", True): "Wordt tegengesproken door",
        ("refines", False): "Verfijnt",
        ("refines", True): "Wordt verfijnd door",
        ("replaces", False): "Vervangt",
        ("replaces", True): "Is vervangen door",
        ("part_of", False): "Hoort bij",
        ("part_of", True): "Omvat",
    }
)


def count_of_lessons(number: int) -> str:
    """Return ``1 les`` or ``12 lessen``, with dots in a large number."""
    return f"{_dotted(number)} {'les' if number == 1 else 'lessen'}"


_KINDS = MappingProxyType(
    {
        "lesson": ("les", "lessen"),
        "obstacle": ("belemmering", "belemmeringen"),
        "approach": ("werkende aanpak", "werkende aanpakken"),
        "dead_end": ("doodlopende weg", "doodlopende wegen"),
        "open_question": ("open vraag", "open vragen"),
    }
)


def count_of_kind(kind: str, number: int) -> str:
    """Return ``1 belemmering`` or ``2 belemmeringen``."""
    one, more = _KINDS[kind]
    return f"{_dotted(number)} {one if number == 1 else more}"


def period(value: Period) -> str:
    """Return the years as one phrase; the unknown is said and not left out."""
    first, last = value.from_year, value.to_year
    if first and last and first != last:
        return f"{first}\N{EN DASH}{last}"
    if first and last:
        return str(first)
    if first:
        return f"vanaf {first}"
    if last:
        return f"tot en met {last}"
    return "periode niet bekend"


def means_figure(means: Means) -> str:
    """Return the real figure with its unit, or nothing when only the band is known."""
    if means.figure is None:
        return ""
    if means.kind == "money":
        return f"€ {_dotted(round(means.figure))}"
    return f"{means.figure:g} fte".replace(".", ",")


def relation(value: Relation) -> str:
    """Return what comes before the title of the other lesson."""
    return _RELATIONS[value.kind, value.is_incoming]


def capitalised(text: str) -> str:
    """Return the text with a capital first letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def enumeration(names: Sequence[str]) -> str:
    """Return ``a, b en c``; empty for no names."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} en {names[-1]}"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
