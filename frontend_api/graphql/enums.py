"""The fixed lists of the domain as GraphQL enums, each value with its meaning.

The values come from ``lessons.choices`` and ``search.service``: a choice without a
description here stops the schema from being built.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum as PythonEnum
from typing import Any

import graphene
from django.db.models import TextChoices

from lessons import choices
from lessons.selectors import FACETS, GAP_AXES
from search.service import BANDS, LEFT, LESSON
from search.service import LessonOrder as SearchOrder


def _enum(
    name: str, description: str, values: Mapping[str, str], meanings: Mapping[str, str]
) -> Any:
    """Return a GraphQL enum; ``values`` and ``meanings`` are by the name of the value."""
    if values.keys() != meanings.keys():
        raise ValueError(f"{name}: describe exactly these values: {', '.join(values)}.")

    def describe(member: PythonEnum | None) -> str:
        return description if member is None else meanings[member.name]

    return graphene.Enum(name, list(values.items()), description=describe)


def _of_choices(
    source: type[TextChoices], name: str, description: str, meanings: Mapping[str, str]
) -> Any:
    return _enum(name, description, {member.name: member.value for member in source}, meanings)


LessonKind = _of_choices(
    choices.LessonKind,
    "LessonKind",
    "What sort of thing was learned. Failures stand beside successes.",
    {
        "LESSON": "A lesson in the narrow sense: do this, and expect that.",
        "OBSTACLE": "Something that stood in the way.",
        "APPROACH": "A way of working that others can follow.",
        "DEAD_END": "Something that was tried and did not work.",
        "OPEN_QUESTION": "A question that nobody has answered yet.",
    },
)

LessonScope = _of_choices(
    choices.LessonScope,
    "LessonScope",
    "How large the area is in which the lesson was learned.",
    {
        "LOCAL": "One or more gemeenten.",
        "REGIONAL": "A jeugdregio.",
        "SUPRAREGIONAL": "Several jeugdregio's.",
        "NATIONAL": "The whole country.",
    },
)

PartnerRole = _of_choices(
    choices.PartnerRole,
    "PartnerRole",
    "What a partner did in a lesson or pilot.",
    {
        "LEAD": "Leads.",
        "EXECUTOR": "Carries out.",
        "FUNDER": "Pays.",
        "RESEARCHER": "Studies.",
        "PARTICIPANT": "Takes part.",
    },
)

OrganisationKind = _of_choices(
    choices.OrganisationKind,
    "OrganisationKind",
    "What sort of organisation a partner is.",
    {
        "KOEPEL": "An umbrella organisation, such as VNG.",
        "KNOWLEDGE": "A knowledge institute, such as NJi.",
        "INTEREST_GROUP": "An interest group, such as NVP.",
        "GOVERNMENT": "A gemeente, regional body or ministry.",
        "AANBIEDER": "A provider of jeugdhulp.",
        "VOLUNTEERS": "A volunteer organisation.",
        "GI": "A certified institution (gecertificeerde instelling).",
        "NETWORK": "A network or programme of several organisations.",
        "OTHER": "Any other organisation.",
    },
)

RelationKind = _of_choices(
    choices.RelationKind,
    "RelationKind",
    "How one lesson stands to another.",
    {
        "CONFIRMS": "The one found the same as the other.",
        "CONTRADICTS": "The one found the opposite of the other.",
        "REFINES": "The one says more exactly when the other holds.",
        "REPLACES": "The one takes the place of the other.",
        "PART_OF": "The one is a part of the other.",
    },
)

AdoptionDecision = _of_choices(
    choices.AdoptionDecision,
    "AdoptionDecision",
    "What a region decided to do with a lesson.",
    {
        "APPLIED": "Applied as it stands.",
        "ADAPTED": "Applied in an adapted form.",
        "REJECTED": "Considered and rejected.",
        "NOT_APPLICABLE": "Does not apply to the region.",
    },
)

WithdrawalReason = _enum(
    "WithdrawalReason",
    "Why a lesson is no longer shown.",
    {
        **{reason.name: reason.value for reason in choices.WithdrawalReason},
        "EXPIRED": choices.PublicState.EXPIRED.value,
    },
    {
        "INCORRECT": "It turned out to be incorrect.",
        "OUTDATED": "It is outdated.",
        "REPLACED": "Another lesson takes its place; see `replacement`.",
        "PRIVACY": "To protect a person's privacy.",
        "SOURCE_GONE": "The source withdrew it.",
        "OTHER": "Another reason; see `explanation`.",
        "EXPIRED": "The time for which it held is over.",
    },
)

LessonState = _enum(
    "LessonState",
    "What the public finds at the identity of a lesson, or in a feed.",
    {**{state.name: state.value for state in choices.PublicState}, "LEFT": LEFT},
    {
        "PUBLIC": "The lesson.",
        "WITHDRAWN": "Why it was withdrawn.",
        "REPLACED": "Which lesson takes its place.",
        "EXPIRED": "That its time is over.",
        "REMOVED": "Nothing: it was deleted, or is no longer public.",
        "LEFT": "In a feed only: the lesson is public, but the feed is no longer about it.",
    },
)

StoryPart = _of_choices(
    choices.StoryPart,
    "StoryPart",
    "The parts of the story, in the order in which they are told.",
    {
        "CONTEXT": "Where it happened and who took part.",
        "TRIGGER": "Why it was begun.",
        "APPROACH": "What was done.",
        "RESULT": "What came of it.",
        "EXPLANATION": "Why it worked, or did not.",
    },
)

MeansKind = _enum(
    "MeansKind",
    "A resource that a lesson's approach takes.",
    {"MONEY": "money", "TIME": "time", "PEOPLE": "people"},
    {
        "MONEY": "Money in a year; a figure is in euros.",
        "TIME": "Time until the approach worked.",
        "PEOPLE": "People; a figure is in full-time equivalents.",
    },
)

MeansBand = _enum(
    "MeansBand",
    "How much of a resource it took, in bands; which ones apply depends on the kind.",
    {
        member.name: member.value
        for bands in (choices.MoneyBand, choices.TimeBand, choices.PeopleBand)
        for member in bands
    },
    {
        "NONE": "Money: nothing extra.",
        "UP_TO_10K": "Money: up to 10,000 euros a year.",
        "UP_TO_50K": "Money: 10,000 to 50,000 euros a year.",
        "UP_TO_250K": "Money: 50,000 to 250,000 euros a year.",
        "OVER_250K": "Money: more than 250,000 euros a year.",
        "WEEKS": "Time: weeks.",
        "MONTHS": "Time: a few months.",
        "HALF_YEAR": "Time: half a year to a year.",
        "YEARS": "Time: more than a year.",
        "BESIDE": "People: beside existing work.",
        "UP_TO_1": "People: up to 1 fte.",
        "UP_TO_5": "People: 1 to 5 fte.",
        "OVER_5": "People: more than 5 fte.",
    },
)


def _constant_case(facet: str) -> str:
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in facet).upper()


_FACET_MEANINGS = {
    "ONTWIKKELPUNT": "Ontwikkelpunt of 'Ruimte voor jeugdhulp in gezinsvormen'.",
    "PHASE": "Phase of a pilot in which the lesson is of use.",
    "PARTNER": "Organisation that had a role.",
    "FAMILY_FORM": "Family form (gezinsvorm), such as pleeggezin or gezinshuis.",
    "SITUATION": "Situation of the child: at home, close to home, home again.",
    "AUDIENCE": "Who can act on the lesson.",
    "EVIDENCE_LEVEL": "How well the lesson is supported.",
    "KIND": "What sort of thing was learned.",
    "SCOPE": "How large the area is.",
    "JEUGDREGIO": "Jeugdregio, also through its gemeenten.",
    "GEMEENTE": "Gemeente.",
    "PILOT": "Pilot.",
}

LessonFacet = _enum(
    "LessonFacet",
    "What lessons can be filtered by and counted by; each is a field of `LessonFilter`.",
    {_constant_case(facet): facet for facet in FACETS},
    _FACET_MEANINGS,
)

SuggestionKind = _enum(
    "SuggestionKind",
    "What a suggestion is: a value of a facet, or a lesson.",
    {**{_constant_case(facet): facet for facet in FACETS}, "LESSON": LESSON},
    {**_FACET_MEANINGS, "LESSON": "A lesson, by its title."},
)

ComparisonTheme = _of_choices(
    choices.ComparisonTheme,
    "ComparisonTheme",
    "What places are compared on. All of it is context, none of it policy or outcome.",
    {
        "SIZE": "How many people live there.",
        "URBANITY": "How densely it is built.",
        "YOUTH": "Young people, and families with children.",
        "WELFARE": "Income and assistance benefits.",
        "LIVING": "Social housing and education.",
    },
)

ComparisonTrait = _of_choices(
    choices.ComparisonTrait,
    "ComparisonTrait",
    "A trait of a theme; the traits of one theme share its weight.",
    {
        "INHABITANTS": "SIZE: number of inhabitants, on a logarithmic scale.",
        "ADDRESS_DENSITY": "URBANITY: addresses per km² around an address, logarithmic.",
        "AGED_0_19": "YOUTH: percentage of inhabitants aged 0 to 19.",
        "WITH_CHILDREN": "YOUTH: percentage of households with children.",
        "INCOME": "WELFARE: median standardised income in thousands of euros.",
        "ASSISTANCE": "WELFARE: persons with assistance benefit (bijstand) per 1,000, logarithmic.",
        "SOCIAL_RENT": "LIVING: percentage of dwellings rented out by corporaties.",
        "HIGHER_EDUCATED": "LIVING: percentage of people with higher education.",
    },
)

GapAxis = _enum(
    "GapAxis",
    "What the rows or columns of a gap map are.",
    {_constant_case(axis): axis for axis in GAP_AXES},
    {
        "ONTWIKKELPUNT": "Ontwikkelpunten, the main one of a lesson and its others.",
        "PHASE": "Phases.",
        "PARTNER": "Partners, whatever their role.",
        "FAMILY_FORM": "Family forms; a broader one includes its narrower ones.",
        "SITUATION": "Situations.",
        "AUDIENCE": "Audiences.",
        "EVIDENCE_LEVEL": "Evidence levels.",
        "KIND": "Kinds of lesson.",
        "SCOPE": "Sizes of area.",
        "JEUGDREGIO": "Jeugdregio's, also those of the gemeenten of a lesson.",
        "SIZE_CLASS": "CBS size classes (1 to 8) of the gemeenten of a lesson.",
    },
)

ComparabilityBand = _enum(
    "ComparabilityBand",
    "How alike two places are in context, in bands.",
    {band.upper(): band for band in BANDS},
    {
        "VERY": "Similarity of 0.88 or more: about twenty gemeenten for one in the middle.",
        "FAIRLY": "Similarity from 0.80 to 0.88.",
        "LESS": "Similarity below 0.80.",
    },
)

LessonOrder = _enum(
    "LessonOrder",
    "How lessons are ordered. Equal ones keep a fixed order, so that paging is stable.",
    {member.name: member.value for member in SearchOrder},
    {
        "RELEVANCE": "Best match of the text first; without a text the same as NEWEST.",
        "NEWEST": "Last published first.",
        "OLDEST": "First published first.",
        "TITLE": "By title, from A to Z.",
        "ADOPTED": "The lesson that most jeugdregio's apply, as it is or adapted, first.",
        "NEAREST": "From the most comparable place first; needs a `viewpoint`.",
    },
)
