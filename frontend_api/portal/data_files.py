"""The data behind the comparison as CSV files, each with its sources above it.

Lines that begin with '#' tell what the file holds, of which year and from where. The
addresses speak the words of the search page: ``gewicht=size:4``, ``zonder=income``.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from lessons import selectors
from lessons.records import Comparison, TraitTable

KINDS = {"gemeente": "gemeenten", "jeugdregio": "jeugdregio's"}
MAX_AGE = 3600
NOTHING_OF_PERFORMANCE = (
    "Vergeleken is de omgeving. Gebruik van jeugdhulp en lasten staan er soms naast en tellen "
    "nooit mee; een verschil zegt niet wie het beter doet."
)
_FORM = "1"
"""Raise it when the form of a file changes, so that no old copy is taken for the same."""

Row = Sequence[object]


class InvalidAddressError(ValueError):
    """A parameter that cannot be answered; the message begins with its name."""

    def __init__(self, place: str, message: str, status: int = 400) -> None:
        super().__init__(f"{place}: {message}")
        self.status = status


class _Line:
    """What a CSV writer writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def _etag(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    """Return the same mark for the same question as long as no place or figure changed."""
    asked = f"{_FORM} {request.get_full_path()} {selectors.places_version()}"
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_etag)
def traits(request: HttpRequest) -> HttpResponseBase:
    """Give the traits of all gemeenten, or with ``soort=jeugdregio`` of all jeugdregio's."""
    return _answered(request, ("soort",), _traits, "kenmerken.csv")


@require_safe
@condition(etag_func=_etag)
def similarities(request: HttpRequest) -> HttpResponseBase:
    """Give those most like ``gemeente`` or ``jeugdregio``, or how alike all are."""
    names = ("gemeente", "jeugdregio", "soort", "gewicht", "zonder")
    return _answered(request, names, _similarities, "vergelijkbaarheid.csv")


def _answered(
    request: HttpRequest,
    names: tuple[str, ...],
    make: Callable[[Mapping[str, list[str]]], tuple[list[str], Iterable[Row]]],
    file_name: str,
) -> HttpResponseBase:
    given = {name: request.GET.getlist(name) for name in request.GET}
    try:
        for name in given:
            if name not in names:
                raise InvalidAddressError(name[:60], f"onbekend. Kies uit {', '.join(names)}.")
        notes, rows = make(given)
    except InvalidAddressError as error:
        return _refused(str(error), error.status)
    except selectors.UnknownCode as error:
        return _refused(f"{error.facet}: ‘{error.code[:60]}’ bestaat niet.", 404)
    except selectors.InvalidComparison as error:
        place = "gewicht" if error.place.startswith("weights") else "zonder"
        return _refused(f"{place}: {error.message} Mogelijk: {', '.join(error.accepted)}.", 400)
    response = StreamingHttpResponse(
        _lines(notes, rows), content_type="text/csv; charset=utf-8; header=present"
    )
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def _refused(message: str, status: int) -> HttpResponse:
    return HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")


def _lines(notes: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    for note in notes:
        yield f"# {note}\n"
    writer = csv.writer(_Line(), lineterminator="\n")
    for row in rows:
        yield writer.writerow(["" if value is None else value for value in row])


def _traits(given: Mapping[str, list[str]]) -> tuple[list[str], Iterable[Row]]:
    kind = _kind(given)
    table = selectors.trait_table(kind)
    head = (kind, "naam", *(column.code for column in table.columns))
    rows = (
        (place.code, place.name, *values)
        for place, values in zip(table.places, table.values, strict=True)
    )
    notes = [
        f"Lessenbank: de kenmerken waarop {KINDS[kind]} worden vergeleken, en jeugdhulp ernaast.",
        *_source_notes(table),
    ]
    return notes, (head, *rows)


def _similarities(given: Mapping[str, list[str]]) -> tuple[list[str], Iterable[Row]]:
    weights, off = _weights(given.get("gewicht", ())), given.get("zonder", [])
    asked = [(kind, code) for kind in KINDS for code in given.get(kind, ())]
    if len(asked) > 1:
        raise InvalidAddressError(asked[1][0], "vraag één gemeente of jeugdregio tegelijk.")
    if asked:
        kind, code = asked[0]
        if "soort" in given:
            raise InvalidAddressError("soort", f"laat weg: {kind} zegt het al.")
        compare: Callable[..., Comparison] = (
            selectors.comparable_jeugdregios
            if kind == "jeugdregio"
            else selectors.comparable_gemeenten
        )
        found = compare(code, first=selectors.MAX_COMPARABLE, weights=weights, off=off)
        notes, rows = _list_notes(kind, found), list(_list_rows(kind, found))
    else:
        kind = _kind(given)
        matrix = selectors.similarity_table(kind, weights=weights, off=off)
        notes = [f"Lessenbank: hoe vergelijkbaar alle {KINDS[kind]} zijn, van 0 tot 1."]
        rows = [
            (kind, *(place.code for place in matrix.places)),
            *((place.code, *row) for place, row in zip(matrix.places, matrix.rows, strict=True)),
        ]
    chosen = ", ".join(f"{theme} {step}" for theme, step in weights.items()) or "alle gelijk"
    notes.append(f"gewichten: {chosen}; zonder: {', '.join(sorted(off)) or 'niets'}")
    return [*notes, *_source_notes(selectors.trait_table(kind), with_youth_care=False)], rows


def _list_notes(kind: str, found: Comparison) -> list[str]:
    notes = [
        f"Lessenbank: de {selectors.MAX_COMPARABLE} {KINDS[kind]} die het meest lijken op "
        f"{found.place.name} ({found.place.code}), of alle als er minder zijn. "
        "1 is op elk kenmerk gelijk, 0 zo verschillend als de twee die het meest verschillen."
    ]
    return [*notes, f"let op: {found.notice}"] if found.notice else notes


def _list_rows(kind: str, found: Comparison) -> Iterator[Row]:
    """Yield the list with the figure of each trait that counts, one's own place first."""
    traits = sorted(reason.trait for reason in found.nodes[0].reasons) if found.nodes else []
    yield (kind, "naam", "gelijkenis", *traits)
    if found.nodes:
        own = {reason.trait: reason.own for reason in found.nodes[0].reasons}
        yield (found.place.code, found.place.name, 1, *(own[trait] for trait in traits))
    for node in found.nodes:
        figures = {reason.trait: reason.other for reason in node.reasons}
        yield (
            node.place.code,
            node.place.name,
            node.similarity,
            *(figures[trait] for trait in traits),
        )


def _source_notes(table: TraitTable, *, with_youth_care: bool = True) -> list[str]:
    return [
        NOTHING_OF_PERFORMANCE,
        *(
            f"kolom {column.code}: {column.year or 'onbekend'}; {column.source}; {column.label}"
            for column in table.columns
            if column.theme or with_youth_care
        ),
        "licentie: CC BY 4.0; bron: CBS. Een lege cel: niet bekend.",
    ]


def _kind(given: Mapping[str, list[str]]) -> str:
    kind = (given.get("soort") or ["gemeente"])[-1]
    if kind not in KINDS:
        raise InvalidAddressError("soort", f"onbekend. Kies uit {', '.join(KINDS)}.")
    return kind


def _weights(texts: Iterable[str]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for text in texts:
        theme, _colon, step = text.partition(":")
        if not (step.isascii() and step.isdigit() and len(step) < 3):
            raise InvalidAddressError("gewicht", "schrijf thema:getal, zoals size:4.")
        if theme in weights:
            raise InvalidAddressError("gewicht", f"{theme[:60]} staat er meer dan eens.")
        weights[theme] = int(step)
    return weights
