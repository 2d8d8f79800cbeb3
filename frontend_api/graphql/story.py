"""What is told in a lesson: story, recommendations, means, sources, relations, adoptions."""

from __future__ import annotations

import graphene

from frontend_api.graphql import enums
from frontend_api.graphql.places import Gemeente, Jeugdregio
from frontend_api.graphql.record_type import RecordType
from frontend_api.graphql.terms import Term


class Picture(RecordType):
    """A picture."""

    class Meta:
        description = "A picture in the size in which it is shown."

    url = graphene.String(required=True, description="Address of the file.")
    width = graphene.Int(required=True, description="Width in pixels.")
    height = graphene.Int(required=True, description="Height in pixels.")
    alt = graphene.String(
        required=True, description="Text alternative; empty when the picture only decorates."
    )
    caption = graphene.String(description="Caption, as plain text.")


class Attachment(RecordType):
    """A document."""

    class Meta:
        description = "A document to download."

    title = graphene.String(required=True, description="Title.")
    url = graphene.String(required=True, description="Address of the file.")
    extension = graphene.String(required=True, description="File type, such as 'pdf'.")


class StorySection(RecordType):
    """A part of the story."""

    class Meta:
        description = "One part of the story, as safe HTML and as plain text."

    part = graphene.Field(enums.StoryPart, required=True, description="Which part it is.")
    label = graphene.String(required=True, description="Heading of the part, in Dutch.")
    html = graphene.String(
        required=True,
        description="Safe HTML: text, links, figures and pictures; no script, style or class.",
    )
    text = graphene.String(
        required=True, description="The same words alone; each paragraph is a line."
    )
    pictures = graphene.List(
        graphene.NonNull(Picture),
        required=True,
        description="The pictures of this part; `html` shows them too.",
    )
    attachments = graphene.List(
        graphene.NonNull(Attachment),
        required=True,
        description="The documents of this part; `html` links to them too.",
    )


class Recommendation(RecordType):
    """A recommendation."""

    class Meta:
        description = "What another region could do."

    text = graphene.String(required=True, description="The recommendation, as plain text.")
    audience = graphene.Field(Term, description="Who could do it.")
    phase = graphene.Field(Term, description="The phase in which to do it.")
    is_interpretation = graphene.Boolean(
        required=True,
        description="Whether the editors drew it from the facts; if not, the source says it.",
    )


class Means(RecordType):
    """A resource."""

    class Meta:
        description = "What one resource took: a band, and the real figure where known."

    kind = graphene.Field(enums.MeansKind, required=True, description="Which resource.")
    band = graphene.Field(enums.MeansBand, description="How much, in a band.")
    band_label = graphene.String(description="The band, in Dutch.")
    figure = graphene.Float(description="The real figure: euros or fte, depending on the kind.")
    note = graphene.String(description="What the figure or band includes.")


class Source(RecordType):
    """A source."""

    class Meta:
        description = "Where the facts come from."

    title = graphene.String(required=True, description="Title of the source.")
    publisher = graphene.String(description="Who published it.")
    url = graphene.String(description="Address of the source.")
    page = graphene.String(description="Page or section within the source.")
    attachment = graphene.Field(Attachment, description="The source itself, when kept here.")


class LessonReference(RecordType):
    """Another lesson, for a link."""

    class Meta:
        description = "Another lesson, enough for a link; ask `lesson(uuid: …)` for all of it."

    uuid = graphene.ID(required=True, description="Stable identity.")
    uri = graphene.String(required=True, description="Permanent URI.")
    url = graphene.String(required=True, description="Address of its page.")
    title = graphene.String(required=True, description="Title.")


class LessonRelation(RecordType):
    """A relation."""

    class Meta:
        description = "How the lesson stands to another public one."

    kind = graphene.Field(enums.RelationKind, required=True, description="Kind of relation.")
    label = graphene.String(required=True, description="The relation, in Dutch.")
    is_incoming = graphene.Boolean(
        required=True,
        description="Whether the other lesson says so of this one: CONFIRMS then means "
        "'is confirmed by'.",
    )
    lesson = graphene.Field(LessonReference, required=True, description="The other lesson.")


class Adoption(RecordType):
    """An adoption."""

    class Meta:
        description = "A region's decision on the lesson."

    jeugdregio = graphene.Field(Jeugdregio, required=True, description="Who decided.")
    gemeente = graphene.Field(Gemeente, description="The gemeente, if it decided by itself.")
    decision = graphene.Field(
        enums.AdoptionDecision, required=True, description="What was decided."
    )
    decision_label = graphene.String(required=True, description="The decision, in Dutch.")
    reason = graphene.String(description="Why.")
    decided_on = graphene.Date(required=True, description="Day of the decision.")
    outcome = graphene.String(description="What came of it.")
    is_generated = graphene.Boolean(
        required=True, description="Whether it is an invented example, made for demonstration."
    )


class ChangeNote(RecordType):
    """A change."""

    class Meta:
        description = "What changed in the lesson, and when."

    date = graphene.Date(required=True, description="Day of the change.")
    text = graphene.String(required=True, description="What changed.")
