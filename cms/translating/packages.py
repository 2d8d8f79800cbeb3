"""Which texts of the installed packages come without Dutch.

A package that ships translations ships its English texts too, in a catalogue; what its Dutch
catalogue lacks would appear to editors in English. Our own catalogue fills those gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cms.translating.catalogue import read_catalogue, untranslated
from cms.translating.messages import Message


def texts_without_dutch(locale_dirs: Iterable[Path], domain: str) -> dict[Message, str]:
    """Return each text that a package lacks in Dutch, with the folder of its catalogues.

    ``domain`` is ``django`` or, for the texts of scripts, ``djangojs``. A folder without
    English catalogue has no texts to compare with.
    """
    found: dict[Message, str] = {}
    for folder in locale_dirs:
        dutch = read_catalogue(folder / "nl" / "LC_MESSAGES" / f"{domain}.po")
        english = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
        for message in untranslated(_texts_of(english), dutch):
            found.setdefault(message, str(folder))
    return found


def _texts_of(english: Path) -> Iterator[Message]:
    for entry in read_catalogue(english):
        singular, plural = entry.id if isinstance(entry.id, tuple | list) else (entry.id, "")
        if singular:
            yield Message(singular, entry.context or "", plural)
