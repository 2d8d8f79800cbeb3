"""How an embed may look: what every embed has in common in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEFAULT_NUMBER = 5
MAX_NUMBER = 20
HEADING_LEVELS = range(2, 5)
"""Two levels may come under the first, and HTML has six."""
DEFAULT_HEADING = 3
FORMS = ("", "fragment")

LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "": "Volgt uw website",
        "denhaag": "Gemeente Den Haag",
        "voorbeeld": "Voorbeeldthema van NL Design System",
    }
)
"""Each look with its name. The first takes the design tokens of the page around it."""

COLORS: Mapping[str, str] = MappingProxyType(
    {
        "": "Zoals uw pagina",
        "licht": "Altijd licht",
        "donker": "Altijd donker",
        "auto": "Wat de bezoeker op het apparaat koos",
    }
)


class EmbedFault(Exception):
    """An embed that cannot be shown as asked; ``message`` says in Dutch what to do."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status

    @property
    def title(self) -> str:
        """What the embed is called."""
        return self.message


@dataclass(frozen=True, slots=True)
class EmbedOptions:
    """How many lessons, at which level the headings begin, and the look."""

    number: int = DEFAULT_NUMBER
    heading: int = DEFAULT_HEADING
    look: str = ""
    colors: str = ""
    is_fragment: bool = False

    @property
    def subheading(self) -> int:
        """The level under ``heading``."""
        return self.heading + 1

    def parameters(self, *, counts_lessons: bool = True) -> dict[str, str]:
        """Return the looks as they stand in an address, only those that are not the usual."""
        usual = EmbedOptions()
        given = {
            "aantal": (self.number, usual.number),
            "koppen": (self.heading, usual.heading),
            "uiterlijk": (self.look, usual.look),
            "kleuren": (self.colors, usual.colors),
        }
        return {
            name: str(value)
            for name, (value, default) in given.items()
            if value != default and (counts_lessons or name != "aantal")
        }


def options_from(given: Mapping[str, str]) -> EmbedOptions:
    """Return the options in an address; raise ``EmbedFault`` for one that does not exist."""
    return EmbedOptions(
        number=_number(given, "aantal", range(1, MAX_NUMBER + 1), DEFAULT_NUMBER),
        heading=_number(given, "koppen", HEADING_LEVELS, DEFAULT_HEADING),
        look=_choice(given, "uiterlijk", LOOKS),
        colors=_choice(given, "kleuren", COLORS),
        is_fragment=_choice(given, "vorm", dict.fromkeys(FORMS)) == "fragment",
    )


def _number(given: Mapping[str, str], name: str, allowed: range, default: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) in allowed:
        return int(text)
    raise EmbedFault(
        f"Schrijf bij ‘{name}’ een getal van {allowed.start} tot en met {allowed.stop - 1}."
    )


def _choice(given: Mapping[str, str], name: str, allowed: Mapping[str, object]) -> str:
    text = given.get(name, "").strip()
    if text in allowed:
        return text
    known = ", ".join(word for word in allowed if word)
    raise EmbedFault(f"Bij ‘{name}’ kan staan: {known}. Laat het weg voor de gewone vorm.")
