from pathlib import Path

from graphene_django.settings import graphene_settings
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
    validate_schema,
)

from frontend_api.graphql.schema import schema
from frontend_api.graphql.schema_file import SCHEMA_FILE, printed_schema

SCHEMA = schema.graphql_schema
OWN_TYPES = {
    name: of_type
    for name, of_type in SCHEMA.type_map.items()
    if not is_introspection_type(of_type) and not is_specified_scalar_type(of_type)
}


def fields_of(name):
    return set(SCHEMA.type_map[name].fields)


def test_the_schema_is_valid():
    assert validate_schema(SCHEMA) == []


def test_the_committed_file_is_the_schema():
    assert Path(SCHEMA_FILE).read_text(encoding="utf-8") == printed_schema(), (
        "The schema changed; run: manage.py write_graphql_schema"
    )


def test_the_root_fields_are_exactly_these():
    assert set(SCHEMA.query_type.fields) == {
        "lessons",
        "lessonsByUuid",
        "lesson",
        "changes",
        "feeds",
        "feed",
        "vocabularies",
        "vocabulary",
        "term",
        "gemeenten",
        "gemeente",
        "jeugdregios",
        "jeugdregio",
        "gapMap",
        "suggestions",
        "relatedLessons",
        "pilots",
        "pilot",
        "pages",
        "page",
    }
    assert SCHEMA.mutation_type is None
    assert SCHEMA.subscription_type is None


def test_the_types_are_exactly_these():
    assert set(OWN_TYPES) == {
        "Adoption",
        "AdoptionDecision",
        "Attachment",
        "ChangeNote",
        "ComparabilityBand",
        "ComparabilityCount",
        "ComparableGemeente",
        "ComparableJeugdregio",
        "ComparedPlace",
        "ComparisonReason",
        "ComparisonTheme",
        "ComparisonTrait",
        "ContentPage",
        "Date",
        "DateTime",
        "EvidenceCount",
        "FacetTerm",
        "Feed",
        "FeedAddress",
        "Figure",
        "FormerGemeente",
        "GapAxis",
        "GapAxisTerms",
        "GapCell",
        "GapMap",
        "GapTerm",
        "Gemeente",
        "GemeenteComparison",
        "Highlight",
        "HomePage",
        "Jeugdregio",
        "JeugdregioComparison",
        "KindCount",
        "Lesson",
        "LessonAnswer",
        "LessonChange",
        "LessonChangePage",
        "LessonComparison",
        "LessonConnection",
        "LessonEdge",
        "LessonFacet",
        "LessonFacetCounts",
        "LessonFilter",
        "LessonKind",
        "LessonOrder",
        "LessonReference",
        "LessonRelation",
        "LessonScope",
        "LessonState",
        "Licence",
        "Means",
        "MeansBand",
        "MeansKind",
        "OrganisationKind",
        "PageInfo",
        "PageInterface",
        "PartnerInRole",
        "PartnerRole",
        "Period",
        "PeriodFilter",
        "PeriodProfile",
        "Picture",
        "Pilot",
        "PilotPhase",
        "Query",
        "Recommendation",
        "RelationKind",
        "RichText",
        "Source",
        "StoryPart",
        "StorySection",
        "Suggestion",
        "SuggestionKind",
        "Term",
        "ThemeWeight",
        "ViewpointInput",
        "Vocabulary",
        "WithdrawalReason",
        "WithdrawnLesson",
        "YouthCareFigure",
    }


def test_a_page_shows_what_its_model_declares_and_no_other_column():
    common = {"title", "slug", "path", "url"}
    assert fields_of("PageInterface") == common
    assert fields_of("HomePage") == {*common, "introduction"}
    assert fields_of("ContentPage") == {*common, "summary", "body"}


def test_a_withdrawn_lesson_has_no_field_of_what_the_lesson_said():
    assert fields_of("WithdrawnLesson") == {
        "uuid",
        "uri",
        "reason",
        "reasonLabel",
        "explanation",
        "withdrawnOn",
        "replacement",
    }


def test_arguments_of_wagtail_grapple_do_not_appear():
    arguments = {
        argument
        for of_type in OWN_TYPES.values()
        if isinstance(of_type, GraphQLObjectType | GraphQLInterfaceType)
        for field in of_type.fields.values()
        for argument in field.args
    }
    assert not arguments & {"order", "searchQuery", "searchOperator", "token", "limit", "offset"}


def descriptions():
    """Yield every part of the schema that a partner reads, with its description."""
    for name, of_type in OWN_TYPES.items():
        yield name, of_type.description
        if isinstance(of_type, GraphQLEnumType):
            for value_name, value in of_type.values.items():
                yield f"{name}.{value_name}", value.description
        elif isinstance(of_type, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in of_type.fields.items():
                yield f"{name}.{field_name}", field.description
                for argument_name, argument in getattr(field, "args", {}).items():
                    yield f"{name}.{field_name}({argument_name})", argument.description


def test_everything_has_a_description_that_is_a_sentence():
    places = dict(descriptions())
    assert len(places) > 300
    assert [place for place, text in places.items() if not text or text[-1] not in ".)"] == []


def test_graphene_django_serves_this_schema_and_no_other():
    assert graphene_settings.SCHEMA is schema
