"""The page of the documentation that tells how well the search finds."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from search.measuring import Measurement, table

_DATABASES = {"sqlite": "SQLite (FTS5)", "postgresql": "PostgreSQL"}


def quality_page(ours: Sequence[Measurement], baseline: Measurement) -> str:
    """Return the page as Markdown."""
    database = _DATABASES.get(connection.vendor, connection.vendor)
    parts = [
        "# Hoe goed de zoekfunctie vindt",
        "Gemaakt door `manage.py measure_search --write`; niet met de hand wijzigen.",
        (
            f"De tabellen vergelijken {_named(ours)} met het zoeken van Wagtail zelf "
            f"in {database}, over de {len(baseline.measured)} beoordeelde vragen van "
            "`search/judgements` en de lessen die bij Lessenbank horen. Een getal ligt tussen 0 "
            "en 1; hoger is beter. Wat de getallen betekenen, staat in `search/measures.py`."
        ),
        (
            "De vergelijking is eerlijk bedoeld: Wagtail krijgt alle teksten, voorwaarden, "
            "aanbevelingen, labels en plaatsnamen van een les om in te zoeken, met de titel "
            "dubbel geteld, en zoekt zoals het uit zichzelf doet (alle woorden moeten voorkomen)."
        ),
        (
            "Een derde van de vragen is apart gehouden: bij het afstemmen zijn die niet bekeken. "
            "Het verschil tussen de twee groepen zegt hoeveel op de vragen zelf is afgestemd. Bij "
            "gewone woorden is dat veel: een deel van de synoniemen daarvoor is gekozen met de "
            "vragen om af te stemmen in zicht, dus daar geldt het getal van de aparte groep."
        ),
        *_section("Alle vragen", [*ours, baseline], None),
        *_section("Vragen om af te stemmen", [*ours, baseline], False),
        *_section("Apart gehouden vragen", [*ours, baseline], True),
    ]
    return "\n\n".join(parts) + "\n"


def _named(ours: Sequence[Measurement]) -> str:
    names = " en ".join(f"`{measurement.name}`" for measurement in ours)
    return f"de zoekmachines {names}" if len(ours) > 1 else f"de zoekmachine {names}"


def _section(heading: str, measurements: list[Measurement], aside: bool | None) -> list[str]:
    return [f"## {heading}", "\n".join(table(measurements, aside=aside))]
