"""What may be shown to the public, as frozen values.

``lessons.selectors`` is the only maker of these; the packages above read lessons,
terms, places and pilots in no other form. A record holds no model and no queryset, so
nothing private can be reached from it.

A list shows :class:`LessonCard`; a detail page :class:`LessonDetail`; an address whose
lesson is gone answers with a :class:`Tombstone`.
"""

from lessons.records.comparisons import (
    Comparable,
    Comparison,
    ComparisonReason,
    PairSimilarity,
    SideBySide,
    SimilarityTable,
    TraitColumn,
    TraitRow,
    TraitTable,
    TraitValue,
    ViewedPlace,
    YouthCareFigure,
)
from lessons.records.gaps import (
    CountedEvidence,
    CountedKind,
    GapAxis,
    GapCell,
    GapMap,
    GapTerm,
)
from lessons.records.lessons import (
    AdoptionCount,
    AdoptionRecord,
    Attachment,
    ChangeNoteRecord,
    IndexableLesson,
    LessonCard,
    LessonDetail,
    Means,
    Picture,
    RecommendationRecord,
    Relation,
    SharedDraft,
    Source,
    StorySection,
    Tombstone,
)
from lessons.records.pilots import (
    Pilot,
    PilotPhaseRecord,
)
from lessons.records.places import (
    FormerGemeente,
    GemeenteRecord,
    JeugdregioRecord,
    MapTile,
    PeriodProfile,
)
from lessons.records.references import (
    LessonRef,
    PageAddress,
    PartnerRoleRef,
    Period,
    PilotRef,
    PlaceRef,
)
from lessons.records.terms import (
    FacetTable,
    Term,
    TermRef,
    Vocabulary,
)

__all__ = [
    "AdoptionCount",
    "AdoptionRecord",
    "Attachment",
    "ChangeNoteRecord",
    "Comparable",
    "Comparison",
    "ComparisonReason",
    "CountedEvidence",
    "CountedKind",
    "FacetTable",
    "FormerGemeente",
    "GapAxis",
    "GapCell",
    "GapMap",
    "GapTerm",
    "GemeenteRecord",
    "IndexableLesson",
    "JeugdregioRecord",
    "LessonCard",
    "LessonDetail",
    "LessonRef",
    "MapTile",
    "Means",
    "PageAddress",
    "PairSimilarity",
    "PartnerRoleRef",
    "Period",
    "PeriodProfile",
    "Picture",
    "Pilot",
    "PilotPhaseRecord",
    "PilotRef",
    "PlaceRef",
    "RecommendationRecord",
    "Relation",
    "SharedDraft",
    "SideBySide",
    "SimilarityTable",
    "Source",
    "StorySection",
    "Term",
    "TermRef",
    "Tombstone",
    "TraitColumn",
    "TraitRow",
    "TraitTable",
    "TraitValue",
    "ViewedPlace",
    "Vocabulary",
    "YouthCareFigure",
]
