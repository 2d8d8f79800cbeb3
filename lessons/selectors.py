"""The door to all that is public: records, through the one gate.

Every output reads here and nowhere else: GraphQL, pages, feeds, the search index. What
``lessons.visibility`` does not let through does not exist for a caller of this module.
The exceptions say so in their names: :func:`preview_lesson` and :func:`preview_pilot`, for
editors, and :func:`shared_draft`, for whoever was given a signed link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import models

from lessons.addresses import lesson_uri as lesson_uri
from lessons.addresses import pilot_uri as pilot_uri
from lessons.choices import LessonKind, LessonScope
from lessons.comparability.beside import side_by_side as side_by_side
from lessons.comparability.finding import (
    MAX_COMPARABLE as MAX_COMPARABLE,
)
from lessons.comparability.finding import (
    Narrowing,
    nearest_gemeenten,
    nearest_jeugdregios,
)
from lessons.comparability.tables import places_version as places_version
from lessons.comparability.tables import similarity_table as _similarity_table
from lessons.comparability.tables import trait_table as trait_table
from lessons.comparability.viewpoints import Viewpoint as Viewpoint
from lessons.comparability.viewpoints import viewpoint as seen_from
from lessons.comparability.weighting import InvalidComparison as InvalidComparison
from lessons.comparability.weighting import weighting
from lessons.draft_links import EndedLinkError, NotOurLinkError, open_link
from lessons.gaps.axes import GAP_AXES as GAP_AXES
from lessons.gaps.mapping import InvalidGapMap as InvalidGapMap
from lessons.gaps.mapping import gap_map as gap_map
from lessons.models import (
    VOCABULARIES,
    Gemeente,
    Jeugdregio,
    LessonPage,
    PilotPage,
)
from lessons.reading.details import draft_detail, public_details
from lessons.reading.details import licence_url as licence_url
from lessons.reading.facets import facet_tables as _facet_tables
from lessons.reading.indexables import card_records, indexable_records
from lessons.reading.listings import (
    lesson_addresses as lesson_addresses,
)
from lessons.reading.listings import licences_in_use as licences_in_use
from lessons.reading.listings import page_addresses as page_addresses
from lessons.reading.marks import surroundings_marks as surroundings_marks
from lessons.reading.places import (
    PILOT_RELATIONS,
    former_notice,
    gemeente_record,
    gemeente_records,
    jeugdregio_records,
    pilot_records,
)
from lessons.reading.places import former_gemeenten as _former_gemeenten
from lessons.reading.places import period_profiles as period_profiles
from lessons.reading.standings import adoption_counts as adoption_counts
from lessons.reading.terms import TermTable, vocabulary_record
from lessons.reading.tombstones import gone_lessons as gone_lessons
from lessons.reading.tombstones import tombstone_of
from lessons.reading.tombstones import tombstones as tombstones
from lessons.records import (
    Comparison,
    FacetTable,
    FormerGemeente,
    GemeenteRecord,
    IndexableLesson,
    JeugdregioRecord,
    LessonCard,
    LessonDetail,
    Pilot,
    SharedDraft,
    SimilarityTable,
    Term,
    Tombstone,
    Vocabulary,
)
from lessons.tiles.mapping import gemeente_tiles as gemeente_tiles
from lessons.tiles.mapping import jeugdregio_tiles as jeugdregio_tiles
from lessons.visibility import public_lessons, public_pilots

FACETS = (
    *VOCABULARIES,
    "kind",
    "scope",
    "jeugdregio",
    "gemeente",
    "pilot",
)
_CHOICES: dict[str, type[models.TextChoices]] = {"kind": LessonKind, "scope": LessonScope}


class UnknownCode(LookupError):
    """A code that the facet does not have; ``accepted`` holds those that it has."""

    def __init__(self, facet: str, code: str, accepted: Iterable[str]) -> None:
        super().__init__(f"{facet}: {code}")
        self.facet = facet
        self.code = code
        self.accepted = tuple(accepted)


def facet_labels(facet: str) -> dict[str, str]:
    """Return the current codes of a facet with their Dutch labels, in order; one query."""
    if facet in VOCABULARIES:
        return _term_table(facet).labels()
    if facet in _CHOICES:
        return {choice.value: str(choice.label) for choice in _CHOICES[facet]}
    if facet == "pilot":
        return dict(public_pilots().order_by("title").values_list("slug", "title"))
    place = {"jeugdregio": Jeugdregio, "gemeente": Gemeente}[facet]
    return dict(place._default_manager.order_by("name").values_list("code", "name"))


def facet_tables(facets: Collection[str]) -> dict[str, FacetTable]:
    """Return the codes of several facets at once; three queries at most.

    Raises ``KeyError`` for a name that is not in ``FACETS``.
    """
    return _facet_tables(facets)


def resolve_code(facet: str, code: str) -> str:
    """Return the code that stands for this one today; raise :class:`UnknownCode`."""
    if facet in VOCABULARIES:
        terms = _term_table(facet)
        if current := terms.current_code(code):
            return current
        raise UnknownCode(facet, code, terms.labels())
    table = facet_tables([facet])[facet]
    if current := table.current(code):
        return current
    raise UnknownCode(facet, code, table.labels)


def _term_table(vocabulary: str) -> TermTable:
    return TermTable(vocabulary, VOCABULARIES[vocabulary]._default_manager.all())


def public_lesson_pks() -> list[int]:
    """Return the keys of all public lessons, ascending."""
    return list(public_lessons().order_by("pk").values_list("pk", flat=True))


def still_public(pks: Iterable[int]) -> frozenset[int]:
    """Return those of the keys whose lesson is public at this moment; one query."""
    return frozenset(public_lessons().filter(pk__in=list(pks)).values_list("pk", flat=True))


def indexable_lessons(pks: Sequence[int]) -> list[IndexableLesson]:
    """Return those of the lessons that are public now; seven queries, whatever the number."""
    return indexable_records(public_lessons().filter(pk__in=pks).order_by("pk"))


def public_lesson_uuids() -> dict[int, str]:
    """Return key → uuid of all public lessons, in the order of their first publication."""
    found = public_lessons().order_by("first_published_at", "pk").values_list("pk", "uuid")
    return {pk: str(uuid) for pk, uuid in found}


def lesson(
    *, uuid: str | None = None, slug: str | None = None, path: str = ""
) -> LessonDetail | Tombstone | None:
    """Return the lesson, its tombstone when it was withdrawn or has expired, or None.

    ``path`` is that of its page, such as ``/lessen/landelijk/vraag-het-gezin/``. Takes at
    most thirteen queries. A malformed uuid is an unknown one.
    """
    if uuid is not None:
        try:
            key = models.Q(uuid=UUID(uuid))
        except ValueError:
            return None
    elif path:
        # In the tree it stands below the home page, which has no part in the address.
        key = models.Q(slug=path.strip("/").rpartition("/")[2], url_path__endswith=path)
    else:
        key = models.Q(slug=slug)
    found = public_lessons().filter(key).select_related("jeugdregio", "pilot").first()
    return tombstone_of(key) if found is None else public_details([found])[0]


def lesson_cards(uuids: Iterable[str]) -> dict[str, LessonCard]:
    """Return the cards of those of the lessons that are public, by uuid; five queries."""
    return {card.uuid: card for card in card_records(public_lessons().filter(uuid__in=list(uuids)))}


def lesson_details(uuids: Iterable[str]) -> dict[str, LessonDetail]:
    """Return those of the lessons that are public, by uuid; at most twelve queries."""
    found = public_lessons().filter(uuid__in=list(uuids)).select_related("jeugdregio", "pilot")
    return {detail.card.uuid: detail for detail in public_details(list(found))}


def preview_lesson(page: LessonPage) -> LessonDetail:
    """Return a draft as readers would see it. Only for those who may edit the page."""
    return draft_detail(page)


def shared_draft(token: str) -> SharedDraft | None:
    """Return what a signed link to a draft opens; None for what is no link of ours.

    For the one page that shows a shared draft; no other output may call this.
    """
    try:
        opened = open_link(token)
    except NotOurLinkError:
        return None
    except EndedLinkError:
        return SharedDraft(None, None, "")
    draft = opened.draft
    is_public = not draft.has_unpublished_changes and bool(still_public([draft.pk]))
    detail = draft_detail(draft)
    return SharedDraft(detail, opened.expires_at, detail.card.url if is_public else "")


def vocabularies() -> tuple[Vocabulary, ...]:
    """Return all vocabularies with their terms."""
    return tuple(vocabulary_record(code) for code in VOCABULARIES)


def vocabulary(code: str) -> Vocabulary | None:
    """Return one vocabulary, or None; one query."""
    return vocabulary_record(code) if code in VOCABULARIES else None


def term(vocabulary_code: str, code: str) -> Term | None:
    """Return one term, also a retired or merged one, or None; one query."""
    found = vocabulary(vocabulary_code)
    if found is None:
        return None
    return next((term for term in found.terms if term.code == code), None)


def vocabulary_of_segment(uri_segment: str) -> str | None:
    """Return the vocabulary whose terms have this first part in their URI, or None."""
    for code, model in VOCABULARIES.items():
        if model.uri_segment == uri_segment:
            return code
    return None


def gemeenten(*, jeugdregio_code: str | None = None) -> tuple[GemeenteRecord, ...]:
    """Return all gemeenten by name, or those of one jeugdregio; two queries."""
    if jeugdregio_code is None:
        return gemeente_records()
    return gemeente_records(jeugdregio__code=jeugdregio_code)


def gemeente(code: str) -> GemeenteRecord | None:
    """Return one gemeente by its CBS code, or None.

    A former code gives its main successor, with a ``notice`` that says so.
    """
    return gemeente_record(code)


def former_gemeenten() -> tuple[FormerGemeente, ...]:
    """Return the gemeenten that ended since 2015, by name; one query."""
    return _former_gemeenten()


def jeugdregios() -> tuple[JeugdregioRecord, ...]:
    """Return all jeugdregio's by name; two queries."""
    return jeugdregio_records()


def jeugdregio(code: str) -> JeugdregioRecord | None:
    """Return one jeugdregio by its code, or None."""
    return next(iter(jeugdregio_records(code=code)), None)


def comparable_gemeenten(
    code: str,
    *,
    first: int = 10,
    weights: Mapping[str, int] | None = None,
    off: Iterable[str] | None = None,
    outside_jeugdregio: bool = False,
    same_provincie: bool = False,
    same_size_class: bool = False,
) -> Comparison:
    """Return the gemeenten most like one in context, with the reasons; one query when kept.

    ``weights`` maps a ``ComparisonTheme`` to a step of 0 to 4 (2 when left out), ``off``
    names each ``ComparisonTrait`` that does not count. A former code stands for its main
    successor, and the notice says so. Raises :class:`UnknownCode`, and
    :class:`InvalidComparison` for a question that cannot be answered as it stands.
    """
    weighed = weighting(weights, off)
    narrowing = Narrowing(outside_jeugdregio, same_provincie, same_size_class)
    if found := nearest_gemeenten(code, first, weighed, narrowing):
        return found
    for former in _former_gemeenten(former_code=code):
        found = nearest_gemeenten(former.successors[0].code, first, weighed, narrowing)
        if found is not None:
            return replace(found, notice=f"{former_notice(former)} {found.notice}".strip())
    raise UnknownCode("gemeente", code, facet_labels("gemeente"))


def comparable_jeugdregios(
    code: str,
    *,
    first: int = 10,
    weights: Mapping[str, int] | None = None,
    off: Iterable[str] | None = None,
    same_provincie: bool = False,
) -> Comparison:
    """Return the jeugdregio's most like one, each taken as its gemeenten together.

    As :func:`comparable_gemeenten`; regions are of one provincie when they share one.
    """
    narrowing = Narrowing(same_provincie=same_provincie)
    found = nearest_jeugdregios(code, first, weighting(weights, off), narrowing)
    if found is None:
        raise UnknownCode("jeugdregio", code, facet_labels("jeugdregio"))
    return found


def viewpoint(
    code: str, *, weights: Mapping[str, int] | None = None, off: Iterable[str] | None = None
) -> Viewpoint:
    """Return how alike all places are to a gemeente or jeugdregio; five queries at most.

    ``weights`` and ``off`` as for :func:`comparable_gemeenten`. A former code stands for
    the gemeente of today. Raises :class:`UnknownCode` and :class:`InvalidComparison`.
    """
    facet = "jeugdregio" if code.startswith("JZ") else "gemeente"
    found = seen_from(resolve_code(facet, code), weighting(weights, off))
    if found is None:
        raise UnknownCode(facet, code, facet_labels(facet))
    return found


def similarity_table(
    kind: str, *, weights: Mapping[str, int] | None = None, off: Iterable[str] | None = None
) -> SimilarityTable:
    """Return how alike all gemeenten or jeugdregio's are; as :func:`comparable_gemeenten`."""
    return _similarity_table(kind, weighting(weights, off))


def pilots() -> tuple[Pilot, ...]:
    """Return the public pilots by title."""
    return _pilots(public_pilots().order_by("title"))


def pilot(slug: str) -> Pilot | None:
    """Return one public pilot, or None."""
    return next(iter(_pilots(public_pilots().filter(slug=slug))), None)


def preview_pilot(page: PilotPage) -> Pilot:
    """Return a draft as readers would see it. Only for those who may see the page."""
    return pilot_records([page])[0]


def _pilots(found: models.QuerySet) -> tuple[Pilot, ...]:  # type: ignore[type-arg]
    return pilot_records(found.select_related("jeugdregio").prefetch_related(*PILOT_RELATIONS))
