"""One generated lesson: complete by the bar for publication, and marked as no real one."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, TypeVar

from lessons.choices import LessonKind, LessonScope, PartnerRole
from lessons.generating.words import GeneratedWords
from lessons.models import VOCABULARIES, Gemeente, LessonPage, LessonSectionPage

MARK = "gegenereerd"
ATTRIBUTION = "Gegenereerde tekst om mee te meten, geen les uit de praktijk"
SOURCE = "Gegenereerde tekst zonder bron"

_FIRST_DAY = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_DAYS = 2000
_MOST_PLACES = 4
_REGIONAL = (LessonScope.LOCAL, LessonScope.REGIONAL)
# Words of each part of the story: about 3 kB with the rest.
_STORY_WORDS = {"context": 100, "trigger": 30, "approach": 150, "result": 80, "explanation": 60}

ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class GeneratedLesson:
    """A page that was not saved, with the keys of what it refers to."""

    page: LessonPage
    terms: dict[str, list[int]]
    """Name of the many-to-many field → keys."""
    partner_roles: list[tuple[int, str]]
    recommendations: list[str]


class Surroundings:
    """What generated lessons refer to: terms in use, gemeenten by jeugdregio."""

    def __init__(self) -> None:
        self.terms = {
            name: list(model._default_manager.filter(is_retired=False).values_list("pk", flat=True))
            for name, model in VOCABULARIES.items()
        }
        self.gemeenten: dict[int, list[int]] = {}
        rows = Gemeente.objects.order_by("pk").values_list("jeugdregio", "pk")
        for region, gemeente in rows:
            self.gemeenten.setdefault(region, []).append(gemeente)

    @property
    def are_complete(self) -> bool:
        """Whether there is something to choose from everywhere."""
        return bool(self.gemeenten) and all(self.terms.values())

    @cached_property
    def regions(self) -> list[int]:
        """The jeugdregio's that have gemeenten."""
        return list(self.gemeenten)


class LessonGenerator:
    """Writes lessons by number; the same number and seed give the same lesson."""

    def __init__(self, section: LessonSectionPage, seed: int, around: Surroundings) -> None:
        self._section = section
        self._seed = seed
        self._around = around
        self._words = GeneratedWords()

    def lesson(self, number: int) -> GeneratedLesson:
        """Return the lesson with this number."""
        chance = Random(f"{self._seed} {number}")  # noqa: S311 - invented text, no secret
        scope = chance.choices(LessonScope.values, weights=(60, 25, 10, 5))[0]
        region = chance.choice(self._around.regions)
        gemeenten = self._gemeenten(region, scope, chance)
        terms = {
            "other_ontwikkelpunten": self._terms("ontwikkelpunt", chance, 0, 2),
            "phases": self._terms("phase", chance, 1, 3),
            "family_forms": self._terms("familyForm", chance, 0, 3),
            "situations": self._terms("situation", chance, 0, 2),
            "audiences": self._terms("audience", chance, 1, 3),
            "gemeenten": gemeenten,
        }
        page = LessonPage(
            **self._page_fields(number, chance),
            **self._texts(chance),
            **self._facts(chance),
            scope=scope,
            jeugdregio_id=region if scope in _REGIONAL else None,
        )
        partners = self._terms("partner", chance, 1, 3)
        recommendations = [self._sentence(18, chance) for _ in range(chance.randint(1, 3))]
        roles = [(pk, chance.choice(PartnerRole.values)) for pk in partners]
        return GeneratedLesson(page, terms, roles, recommendations)

    def _page_fields(self, number: int, chance: Random) -> dict[str, Any]:
        published = _FIRST_DAY + datetime.timedelta(seconds=chance.randrange(_DAYS * 86_400))
        slug = f"{MARK}-{number:06d}"
        title = f"{' '.join(self._words.pick(6, chance)).capitalize()[:70]} ({MARK} {number})"
        return {
            "title": title,
            "draft_title": title,
            "slug": slug,
            "url_path": f"{self._section.url_path}{slug}/",
            "locale_id": self._section.locale_id,
            "translation_key": _uuid(chance),
            "first_published_at": published,
            "last_published_at": published,
            "uuid": _uuid(chance),
        }

    def _texts(self, chance: Random) -> dict[str, Any]:
        return {
            "core": self._sentence(24, chance)[:280],
            **{
                part: [_block("paragraph", f"<p>{self._text(words, chance)}</p>", chance)]
                for part, words in _STORY_WORDS.items()
            },
            "works_if": [_block("condition", self._sentence(10, chance), chance)],
            "does_not_work_if": [_block("condition", self._sentence(10, chance), chance)],
        }

    def _facts(self, chance: Random) -> dict[str, Any]:
        year = chance.randint(2010, 2025)
        is_unknown = chance.random() < 0.1
        reviewed = datetime.date(2026, 1, 1)
        return {
            "kind": chance.choices(LessonKind.values, weights=(50, 20, 15, 10, 5))[0],
            "ontwikkelpunt_id": self._terms("ontwikkelpunt", chance, 1, 1)[0],
            "evidence_level_id": self._terms("evidenceLevel", chance, 1, 1)[0],
            "own_figures": chance.random() < 0.3,
            "period_from": None if is_unknown else year,
            "period_to": None if is_unknown else year + chance.randint(0, 3),
            "period_is_unknown": is_unknown,
            "last_reviewed": reviewed,
            "next_review": reviewed + datetime.timedelta(days=365 * chance.randint(5, 9)),
            "attribution": ATTRIBUTION,
            "contact_role": f"niemand, deze tekst is {MARK}",
            "privacy_declared": True,
        }

    def _gemeenten(self, region: int, scope: str, chance: Random) -> list[int]:
        if scope == LessonScope.NATIONAL:
            return []
        if scope == LessonScope.SUPRAREGIONAL:
            regions = chance.sample(self._around.regions, min(2, len(self._around.regions)))
            return [chance.choice(self._around.gemeenten[each]) for each in regions]
        return _some(self._around.gemeenten[region], chance, 1, _MOST_PLACES)

    def _terms(self, vocabulary: str, chance: Random, fewest: int, most: int) -> list[int]:
        return _some(self._around.terms[vocabulary], chance, fewest, most)

    def _sentence(self, words: int, chance: Random) -> str:
        return f"{' '.join(self._words.pick(words, chance)).capitalize()}."

    def _text(self, words: int, chance: Random) -> str:
        picked = self._words.pick(words, chance)
        sentences, start = [], 0
        while start < words:
            end = start + chance.randint(8, 18)
            sentences.append(f"{' '.join(picked[start:end]).capitalize()}.")
            start = end
        return " ".join(sentences)


def _some(items: Sequence[ItemT], chance: Random, fewest: int, most: int) -> list[ItemT]:
    """Return different items, the first of the list more often than the last."""
    number = min(chance.randint(fewest, most), len(items))
    found: dict[ItemT, None] = {}
    while len(found) < number:
        found[items[int(len(items) * chance.random() ** 2)]] = None
    return list(found)


def _uuid(chance: Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def _block(kind: str, value: str, chance: Random) -> dict[str, Any]:
    """Return a block of a StreamField as it is stored."""
    return {"type": kind, "value": value, "id": str(_uuid(chance))}
