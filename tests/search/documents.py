"""Documents as an engine gets them: the one place that knows their shape in tests."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from lessons.records import LessonCard, Period, PlaceRef, TermRef
from search.documents import LessonDocument
from search.engines.contract import EngineQuery
from search.query import LessonOrder
from search.text_syntax import parse

NOW = datetime.datetime(2026, 6, 1, 12, 0, tzinfo=datetime.UTC)
DAY = 86_400
FIRST_DAY = int(datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC).timestamp())


def term(vocabulary: str, code: str) -> TermRef:
    """Return a term as a card shows it."""
    return TermRef(vocabulary, code, code.capitalize(), f"http://testserver/id/{code}")


def card(pk: int, title: str, core: str, published: int) -> LessonCard:
    """Return a card that is complete."""
    moment = datetime.datetime.fromtimestamp(published, tz=datetime.UTC)
    return LessonCard(
        uuid=str(UUID(int=pk)),
        uri=f"http://testserver/id/les/{UUID(int=pk)}",
        url=f"http://testserver/lessen/{pk}/",
        slug=f"les-{pk}",
        title=title,
        core=core,
        kind="lesson",
        kind_label="les",
        scope="local",
        scope_label="gemeente",
        ontwikkelpunt=term("ontwikkelpunt", "steun"),
        other_ontwikkelpunten=(),
        phases=(term("phase", "uitvoering"),),
        partners=(),
        family_forms=(),
        situations=(),
        audiences=(),
        jeugdregio=PlaceRef("JZ01", "Groningen", "http://testserver/id/jeugdregio/JZ01"),
        gemeenten=(),
        pilot=None,
        evidence_level=term("evidenceLevel", "ervaring"),
        own_figures=False,
        period=Period(2024, 2025, is_unknown=False, note=""),
        first_published_at=moment,
        last_published_at=moment,
        last_reviewed=datetime.date(2026, 1, 1),
        next_review=datetime.date(2027, 1, 1),
        licence="CC-BY-4.0",
        attribution="Jeugdregio Groningen",
        owner="Groningen",
    )


def make_document(pk: int, title: str = "", **fields: Any) -> LessonDocument:
    """Return a document; without ``published``, a higher key was published a day later."""
    title = title or f"Les nummer {pk}"
    core = fields.pop("core", "")
    published = fields.pop("published", FIRST_DAY + pk * DAY)
    values: dict[str, Any] = {
        "texts": {"title": title, "core": core, **fields.pop("texts", {})},
        "labels": (),
        "places": (),
        "place_codes": (),
        "facets": {},
        "period_from": None,
        "period_to": None,
        "expires": None,
        **fields,
    }
    return LessonDocument(
        pk=pk, card=card(pk, title, core, published), published=published, **values
    )


def make_query(text: str = "", **fields: Any) -> EngineQuery:
    """Return a question as the service hands it to an engine."""
    parsed = parse(text)
    order = LessonOrder.RELEVANCE if parsed.is_ranking else LessonOrder.NEWEST
    values: dict[str, Any] = {
        "filters": {},
        "period_from": None,
        "period_to": None,
        "order": order,
        "first": 20,
        "after": None,
        "facets": (),
        "with_highlights": False,
        "now": NOW,
        **fields,
    }
    return EngineQuery(text=parsed, **values)
