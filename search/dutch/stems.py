"""Dutch stems: Snowball's Kraaij-Pohlmann stemmer, with its known faults mended.

As it is, that stemmer strips ``ge`` from every word, so that *begeleiding* becomes
*beleid*, *gezin* meets *zin* and *gemeente* meets *menen*; and it leaves a few plurals
apart from their singular. The tests hold the pairs that must and must not meet.
"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

_SNOWBALL = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("dutch")).build()
_SNOWBALL_LOCK = Lock()

# A 'ge' that belongs to the word, also inside a compound (pleeggezin): no participle.
_OWN_GE = re.compile(
    r"(?<=be)ge(?=lei)"
    r"|ge(?=zin|meen|zag|zel|zond|bied|bruik|bouw|brek|drag|deelt|duld|heel|hele|luk|mak|midd"
    r"|ring|recht|schied|schil|spr[eo]k|val|voel|volg|weld|woon|tuig)"
)
# Endings, of compounds too, that the stemmer does not bring to their singular.
_SINGULARS = (
    ("kinderen", "kind"),
    ("kinders", "kind"),
    ("leden", "lid"),
    ("steden", "stad"),
    ("eieren", "ei"),
)
_LETTERS = re.compile(r"[a-z]{3,}")


def _snowball(word: str) -> str:
    with _SNOWBALL_LOCK:
        stems = _SNOWBALL.analyze(word)
    return stems[0] if stems else word


@lru_cache(maxsize=200_000)
def stem(plain: str) -> str:
    """Return the stem of a word in its plain form; never empty, never with a space."""
    if not _LETTERS.fullmatch(plain):
        return plain
    for plural, singular in _SINGULARS:
        if plain.endswith(plural):
            plain = plain[: -len(plural)] + singular
            break
    own_ge = _OWN_GE.search(plain)
    if own_ge is None:
        return _snowball(plain) or plain
    return plain[: own_ge.end()] + _snowball(plain[own_ge.end() :])
