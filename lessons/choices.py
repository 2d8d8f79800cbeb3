"""The fixed lists of the domain. What editors may change is a vocabulary, not a choice."""

from functools import cache

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def label_of(choice: models.TextChoices) -> str:
    """Return the label in the present language; it is translated once, not at every use."""
    return _label_in(choice, get_language())


@cache
def _label_in(choice: models.TextChoices, _language: str | None) -> str:
    return str(choice.label)


class LessonKind(models.TextChoices):
    """What sort of thing was learned. Failures stand beside successes."""

    LESSON = "lesson", _("lesson")
    OBSTACLE = "obstacle", _("obstacle")
    APPROACH = "approach", _("working approach")
    DEAD_END = "dead_end", _("dead end")
    OPEN_QUESTION = "open_question", _("open question")


class LessonScope(models.TextChoices):
    """How large the area is in which the lesson was learned."""

    LOCAL = "local", _("one or more gemeenten")
    REGIONAL = "regional", _("a jeugdregio")
    SUPRAREGIONAL = "supraregional", _("several jeugdregio's")
    NATIONAL = "national", _("the whole country")


class PartnerRole(models.TextChoices):
    """What a partner did in a lesson or pilot."""

    LEAD = "lead", _("leads")
    EXECUTOR = "executor", _("carries out")
    FUNDER = "funder", _("pays")
    RESEARCHER = "researcher", _("studies")
    PARTICIPANT = "participant", _("takes part")


class OrganisationKind(models.TextChoices):
    """What sort of organisation a partner is."""

    KOEPEL = "koepel", _("umbrella organisation")
    KNOWLEDGE = "knowledge", _("knowledge institute")
    INTEREST_GROUP = "interest_group", _("interest group")
    GOVERNMENT = "government", _("government")
    AANBIEDER = "aanbieder", _("provider of jeugdhulp")
    VOLUNTEERS = "volunteers", _("volunteer organisation")
    GI = "gi", _("certified institution (GI)")
    NETWORK = "network", _("network or programme")
    OTHER = "other", _("other")


class PublicState(models.TextChoices):
    """What the public finds at the identity of a lesson. Labels are Dutch, as the public is."""

    PUBLIC = "public", "openbaar"
    WITHDRAWN = "withdrawn", "ingetrokken"
    REPLACED = "replaced", "vervangen"
    EXPIRED = "expired", "verlopen"
    REMOVED = "removed", "niet meer openbaar"


class RelationKind(models.TextChoices):
    """How one lesson stands to another."""

    CONFIRMS = "confirms", _("confirms")
    CONTRADICTS = "contradicts", _("contradicts")
    REFINES = "refines", _("refines")
    REPLACES = "replaces", _("replaces")
    PART_OF = "part_of", _("is part of")


class AdoptionDecision(models.TextChoices):
    """What a region decided to do with a lesson."""

    APPLIED = "applied", _("applied")
    ADAPTED = "adapted", _("adapted")
    REJECTED = "rejected", _("rejected")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class WithdrawalReason(models.TextChoices):
    """Why a lesson is no longer shown."""

    INCORRECT = "incorrect", _("turned out to be incorrect")
    OUTDATED = "outdated", _("outdated")
    REPLACED = "replaced", _("replaced by another lesson")
    PRIVACY = "privacy", _("to protect a person's privacy")
    SOURCE_GONE = "source_gone", _("the source withdrew it")
    OTHER = "other", _("other reason")


class Licence(models.TextChoices):
    """Under what terms others may use the text."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0 (CC BY 4.0)")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)")
    CC0 = "CC0-1.0", _("Public domain (CC0 1.0)")


class MoneyBand(models.TextChoices):
    """How much money a lesson's approach took in a year, in bands."""

    NONE = "none", _("no extra money")
    UP_TO_10K = "up_to_10k", _("up to € 10,000")
    UP_TO_50K = "up_to_50k", _("€ 10,000 to € 50,000")
    UP_TO_250K = "up_to_250k", _("€ 50,000 to € 250,000")
    OVER_250K = "over_250k", _("more than € 250,000")


class TimeBand(models.TextChoices):
    """How long it took before the approach worked, in bands."""

    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("a few months")
    HALF_YEAR = "half_year", _("half a year to a year")
    YEARS = "years", _("more than a year")


class PeopleBand(models.TextChoices):
    """How many people the approach took, in full-time equivalents."""

    BESIDE = "beside", _("beside existing work")
    UP_TO_1 = "up_to_1", _("up to 1 fte")
    UP_TO_5 = "up_to_5", _("1 to 5 fte")
    OVER_5 = "over_5", _("more than 5 fte")


class StoryPart(models.TextChoices):
    """The parts of the story, in the order in which they are told."""

    CONTEXT = "context", _("context")
    TRIGGER = "trigger", _("occasion")
    APPROACH = "approach", _("approach")
    RESULT = "result", _("result")
    EXPLANATION = "explanation", _("explanation")


class ComparisonTheme(models.TextChoices):
    """What places are compared on. Labels are Dutch: only public pages show them."""

    SIZE = "size", "omvang"
    URBANITY = "urbanity", "stedelijkheid"
    YOUTH = "youth", "jeugd en gezinnen"
    WELFARE = "welfare", "welvaart"
    LIVING = "living", "wonen en opleiding"


class ComparisonTrait(models.TextChoices):
    """The traits of the themes: context, never care used or money spent on it."""

    INHABITANTS = "inhabitants", "inwoners"
    ADDRESS_DENSITY = "address_density", "omgevingsadressendichtheid"
    AGED_0_19 = "aged_0_19", "inwoners van 0 tot en met 19 jaar"
    WITH_CHILDREN = "with_children", "huishoudens met kinderen"
    INCOME = "income", "mediaan gestandaardiseerd inkomen"
    ASSISTANCE = "assistance", "inwoners met bijstand"
    SOCIAL_RENT = "social_rent", "huurwoningen van corporaties"
    HIGHER_EDUCATED = "higher_educated", "hoogopgeleiden"
