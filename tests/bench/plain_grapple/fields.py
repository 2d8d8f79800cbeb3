"""The fields of a lesson that a list and a page show, as grapple's manual declares them."""

from __future__ import annotations

from grapple.models import (
    GraphQLCollection,
    GraphQLForeignKey,
    GraphQLStreamfield,
    GraphQLString,
)

from lessons.models import (
    Gemeente,
    Jeugdregio,
    LessonPage,
    LessonPartner,
    LessonSource,
    Ontwikkelpunt,
    Partner,
    Phase,
    Recommendation,
)

STORY = ("context", "trigger", "approach", "result", "works_if", "does_not_work_if")


def declare() -> None:
    """Put ``graphql_fields`` on the models."""
    for term in (Ontwikkelpunt, Partner, Phase):
        term.graphql_fields = [GraphQLString("code"), GraphQLString("label")]
    for place in (Gemeente, Jeugdregio):
        place.graphql_fields = [GraphQLString("code"), GraphQLString("name")]
    LessonPartner.graphql_fields = [
        GraphQLString("role"),
        GraphQLForeignKey("partner", "lessons.Partner"),
    ]
    Recommendation.graphql_fields = [GraphQLString("text")]
    LessonSource.graphql_fields = [GraphQLString("title"), GraphQLString("url")]
    LessonPage.graphql_fields = [
        *(GraphQLString(name) for name in ("core", "kind", "attribution", "licence")),
        *(GraphQLStreamfield(name) for name in STORY),
        GraphQLForeignKey("ontwikkelpunt", "lessons.Ontwikkelpunt"),
        GraphQLForeignKey("jeugdregio", "lessons.Jeugdregio"),
        GraphQLCollection(GraphQLForeignKey, "phases", "lessons.Phase"),
        GraphQLCollection(GraphQLForeignKey, "gemeenten", "lessons.Gemeente"),
        GraphQLCollection(GraphQLForeignKey, "partner_roles", "lessons.LessonPartner"),
        GraphQLCollection(GraphQLForeignKey, "recommendations", "lessons.Recommendation"),
        GraphQLCollection(GraphQLForeignKey, "sources", "lessons.LessonSource"),
    ]
