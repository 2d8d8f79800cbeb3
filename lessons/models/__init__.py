"""The domain's tables. Later modules build on earlier ones, never the other way round.

concepts, geography → pilots → lesson (with its children) → withdrawal, adoption, draft_link
"""

from lessons.models.adoption import Adoption
from lessons.models.concepts import (
    VOCABULARIES,
    Audience,
    Concept,
    EvidenceLevel,
    FamilyForm,
    Ontwikkelpunt,
    Partner,
    Phase,
    Situation,
)
from lessons.models.draft_link import DraftLink
from lessons.models.geography import Gemeente, GemeenteProfile, Jeugdregio, Succession
from lessons.models.lesson import LessonPage
from lessons.models.lesson_children import (
    ChangeNote,
    LessonPartner,
    LessonRelation,
    LessonSource,
    Recommendation,
)
from lessons.models.loaded_item import LoadedItem
from lessons.models.pilots import PilotIndexPage, PilotPage, PilotPartner, PilotPhase
from lessons.models.sections import LessonIndexPage, LessonSectionPage
from lessons.models.withdrawal import Withdrawal

__all__ = [
    "VOCABULARIES",
    "Adoption",
    "Audience",
    "ChangeNote",
    "Concept",
    "DraftLink",
    "EvidenceLevel",
    "FamilyForm",
    "Gemeente",
    "GemeenteProfile",
    "Jeugdregio",
    "LessonIndexPage",
    "LessonPage",
    "LessonPartner",
    "LessonRelation",
    "LessonSectionPage",
    "LessonSource",
    "LoadedItem",
    "Ontwikkelpunt",
    "Partner",
    "Phase",
    "PilotIndexPage",
    "PilotPage",
    "PilotPartner",
    "PilotPhase",
    "Recommendation",
    "Situation",
    "Succession",
    "Withdrawal",
]
