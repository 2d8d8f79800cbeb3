"""The words of generated lessons, each as frequent as words in real text are.

The most frequent ones are those of the shipped lessons, in their own order, so that real
questions find generated lessons; then come compounds of words of the field, then a long
tail of words that mean nothing. How often a word occurs falls with its rank, as G. K. Zipf
found and B. Mandelbrot refined: ``1 / (rank + 2.7) ** 1.07``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, product
from random import Random

import yaml

from lessons.loading.lesson_files import LESSONS_DIR

TAIL_WORDS = 25_000

_SHIFT, _EXPONENT = 2.7, 1.07
_WORD = re.compile(r"[a-zà-ÿ]+(?:-[a-zà-ÿ]+)*")
_HEADS = """
    pleeg gezins jeugd netwerk wijk buurt school ouder steun crisis respijt logeer gemeente
    regio zorg voogdij veiligheids toegangs samenwerkings kinder huis thuis familie vrijwilligers
    overleg kennis opvoed onderwijs toekomst ervarings
""".split()  # noqa: SIM905 - read and kept as lines of words
_TAILS = """
    gezin ouder zorg team plan gesprek overleg traject coach netwerk regeling plaatsing tafel
    aanbod aanpak begeleiding budget contract maatregel onderzoek opvang plek praktijk project
    raad toets vergoeding verordening voorziening werker wijzer
""".split()  # noqa: SIM905 - read and kept as lines of words
_SYLLABLES = """
    ba bel da dor el fin ga hol is ja kam kel lan lor man mi nel noor op pel ra rin sa sel ta tor
    un vel vo wan zel zo
""".split()  # noqa: SIM905 - read and kept as lines of words


class GeneratedWords:
    """Picks words as real text has them; the same at every run."""

    def __init__(self) -> None:
        shipped = [word for word, _count in _shipped_words().most_common()]
        compounds = [head + tail for head, tail in product(_HEADS, _TAILS)]
        Random(1).shuffle(compounds)  # noqa: S311 - a fixed order, no secret
        self._words = list(dict.fromkeys((*shipped, *compounds, *_tail())))
        self._weights = list(
            accumulate((rank + _SHIFT) ** -_EXPONENT for rank in range(1, len(self._words) + 1))
        )

    def pick(self, number: int, chance: Random) -> list[str]:
        """Return that many words, frequent ones often."""
        return chance.choices(self._words, cum_weights=self._weights, k=number)


def _shipped_words() -> Counter[str]:
    found: Counter[str] = Counter()
    for path in sorted(LESSONS_DIR.glob("*.yaml")):
        for text in _texts(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)):
            found.update(_WORD.findall(text.casefold()))
    return found


def _texts(value: object) -> Iterator[str]:
    """Yield the sentences in what a file of lessons holds; codes and addresses are none."""
    if isinstance(value, str) and " " in value:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def _tail() -> Iterator[str]:
    chance = Random(2)  # noqa: S311 - made-up words, no secret
    for _number in range(TAIL_WORDS):
        yield "".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5)))
