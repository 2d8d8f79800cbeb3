"""The schema: its root fields, all of them, and nothing that arrives by itself.

wagtail-grapple and graphene-django offer a schema that collects whatever an app
registers; this one names what it holds. Resolvers only check arguments and ask
``lessons.selectors`` and ``search.service``.
"""

from __future__ import annotations

from typing import Any, NoReturn

import graphene
from graphql import GraphQLResolveInfo

from frontend_api.graphql.arguments import (
    checked_uuid,
    folded,
    is_code,
    the_one_given,
    uuid_of_uri,
)
from frontend_api.graphql.changes import changes_field
from frontend_api.graphql.context import ReferenceTables
from frontend_api.graphql.editorial_pages import editorial_pages, page_types
from frontend_api.graphql.feeds import feed_field, feeds_field
from frontend_api.graphql.gaps import gap_map_field
from frontend_api.graphql.lesson_lists import LessonNode, lesson_list
from frontend_api.graphql.lessons import Lesson, LessonAnswer, WithdrawnLesson
from frontend_api.graphql.lessons_by_uuid import lessons_by_uuid_field
from frontend_api.graphql.pages import EditorialPage, PageInterface
from frontend_api.graphql.pilots import Pilot
from frontend_api.graphql.places import Gemeente, Jeugdregio
from frontend_api.graphql.suggestions import related_lessons_field, suggestions_field
from frontend_api.graphql.terms import Term, Vocabulary
from lessons import records, selectors
from search.service import QueryError


def _many(of_type: Any, description: str, **arguments: graphene.Argument) -> graphene.List:
    return graphene.List(
        graphene.NonNull(of_type), required=True, description=description, **arguments
    )


def _text(description: str, *, required: bool = False) -> graphene.Argument:
    return graphene.Argument(graphene.String, required=required, description=description)


class Query(graphene.ObjectType):
    """What partners can ask."""

    class Meta:
        description = "Everything that is public in Lessenbank. Nothing here needs a log-in."

    lessons = lesson_list("Search, filter, count and page through the lessons.")
    lesson = graphene.Field(
        LessonAnswer,
        description=(
            "One lesson, or why it was withdrawn; null when there is none. Give exactly one "
            "argument."
        ),
        uuid=graphene.Argument(graphene.ID, description="Stable identity of the lesson."),
        uri=_text("Permanent URI of the lesson."),
        slug=_text("Last part of the address of its page."),
    )
    lessons_by_uuid = lessons_by_uuid_field()
    changes = changes_field()
    feeds = feeds_field()
    feed = feed_field()
    vocabularies = _many(Vocabulary, "All vocabularies.")
    vocabulary = graphene.Field(
        Vocabulary,
        description="One vocabulary; null when there is none.",
        code=_text("Code of the vocabulary, such as 'phase'.", required=True),
    )
    term = graphene.Field(
        Term,
        description="One term, also a retired or merged one; null when there is none.",
        vocabulary=_text("Code of its vocabulary.", required=True),
        code=_text("Code of the term.", required=True),
    )
    gemeenten = _many(
        Gemeente,
        "Gemeenten by name.",
        search=_text(
            "Only those whose name, or that of a former gemeente in their area, holds this, "
            "whatever its capitals and accents."
        ),
        jeugdregio=_text("Only those of this jeugdregio, by its code."),
        provincie=_text("Only those of this provincie, by its name."),
    )
    gemeente = graphene.Field(
        Gemeente,
        description="One gemeente; null and an error when there is none.",
        code=_text(
            "CBS code, such as 'GM0014'. One that ended since 2015 gives its successor.",
            required=True,
        ),
    )
    jeugdregios = _many(Jeugdregio, "All jeugdregio's by name.")
    jeugdregio = graphene.Field(
        Jeugdregio,
        description="One jeugdregio; null and an error when there is none.",
        code=_text("Code, such as 'JZ01'.", required=True),
    )
    gap_map = gap_map_field()
    suggestions = suggestions_field()
    related_lessons = related_lessons_field()
    pilots = _many(Pilot, "All pilots by title.")
    pilot = graphene.Field(
        Pilot,
        description="One pilot; null when there is none.",
        slug=_text("Last part of the address of its page.", required=True),
    )
    pages = _many(PageInterface, "All editorial pages in the order of the site.")
    page = graphene.Field(
        PageInterface,
        description="One editorial page; null when there is none. Give exactly one argument.",
        path=_text("Path of the page, such as '/over/'."),
        slug=_text("Last part of its address, such as 'over'."),
    )

    @staticmethod
    def resolve_lesson(
        _root: None,
        _info: GraphQLResolveInfo,
        uuid: str | None = None,
        uri: str | None = None,
        slug: str | None = None,
    ) -> LessonNode | records.Tombstone | None:
        """Return the lesson or its tombstone."""
        name, value = the_one_given("lesson", uuid=uuid, uri=uri, slug=slug)
        if name == "slug":
            found = selectors.lesson(slug=value) if is_code(value) else None
        else:
            identity = checked_uuid(value) if name == "uuid" else uuid_of_uri(value)
            found = selectors.lesson(uuid=identity)
        if isinstance(found, records.LessonDetail):
            detail = found
            return LessonNode(detail.card, lambda: detail)
        return found

    @staticmethod
    def resolve_vocabularies(
        _root: None, info: GraphQLResolveInfo
    ) -> tuple[records.Vocabulary, ...]:
        """Return all vocabularies."""
        return _tables(info).vocabularies()

    @staticmethod
    def resolve_vocabulary(
        _root: None, info: GraphQLResolveInfo, code: str
    ) -> records.Vocabulary | None:
        """Return one vocabulary."""
        return _tables(info).vocabulary(code)

    @staticmethod
    def resolve_term(
        _root: None, info: GraphQLResolveInfo, vocabulary: str, code: str
    ) -> records.Term | None:
        """Return one term."""
        return _tables(info).term(vocabulary, code)

    @staticmethod
    def resolve_gemeenten(
        _root: None,
        info: GraphQLResolveInfo,
        search: str | None = None,
        jeugdregio: str | None = None,
        provincie: str | None = None,
    ) -> list[records.GemeenteRecord]:
        """Return the gemeenten that meet every condition given."""
        tables = _tables(info)
        if jeugdregio is not None:
            _check_known("jeugdregio", jeugdregio, tuple(tables.jeugdregios))
        if provincie is not None:
            known = {gemeente.provincie for gemeente in tables.gemeenten.values()}
            _check_known("provincie", provincie, tuple(sorted(known)))
        wanted = folded(search or "")
        return [
            gemeente
            for gemeente in tables.gemeenten.values()
            if jeugdregio in (None, gemeente.jeugdregio.code)
            and provincie in (None, gemeente.provincie)
            and any(wanted in folded(name) for name in tables.names_of(gemeente))
        ]

    @staticmethod
    def resolve_gemeente(
        _root: None, info: GraphQLResolveInfo, code: str
    ) -> records.GemeenteRecord:
        """Return one gemeente."""
        found = selectors.gemeente(code) if is_code(code) else None
        return found or _unknown_place("gemeente", code, tuple(_tables(info).gemeenten))

    @staticmethod
    def resolve_jeugdregios(
        _root: None, info: GraphQLResolveInfo
    ) -> list[records.JeugdregioRecord]:
        """Return all jeugdregio's."""
        return list(_tables(info).jeugdregios.values())

    @staticmethod
    def resolve_jeugdregio(
        _root: None, info: GraphQLResolveInfo, code: str
    ) -> records.JeugdregioRecord:
        """Return one jeugdregio."""
        found = selectors.jeugdregio(code) if is_code(code) else None
        return found or _unknown_place("jeugdregio", code, tuple(_tables(info).jeugdregios))

    @staticmethod
    def resolve_pilots(_root: None, info: GraphQLResolveInfo) -> list[records.Pilot]:
        """Return the public pilots."""
        return list(_tables(info).pilots.values())

    @staticmethod
    def resolve_pilot(_root: None, _info: GraphQLResolveInfo, slug: str) -> records.Pilot | None:
        """Return one public pilot."""
        return selectors.pilot(slug) if is_code(slug) else None

    @staticmethod
    def resolve_pages(_root: None, _info: GraphQLResolveInfo) -> list[EditorialPage]:
        """Return the public editorial pages."""
        return editorial_pages()

    @staticmethod
    def resolve_page(
        _root: None,
        _info: GraphQLResolveInfo,
        path: str | None = None,
        slug: str | None = None,
    ) -> EditorialPage | None:
        """Return one public editorial page; of several with one slug, the first."""
        name, value = the_one_given("page", path=path, slug=slug)
        if name == "slug":
            return next(iter(editorial_pages(slug=value)), None) if is_code(value) else None
        wanted = f"/{value.strip('/')}/" if value.strip("/") else "/"
        return next((page for page in editorial_pages() if page.path == wanted), None)


def _tables(info: GraphQLResolveInfo) -> ReferenceTables:
    tables: ReferenceTables = info.context.tables
    return tables


def _check_known(place: str, value: str, accepted: tuple[str, ...]) -> None:
    if value not in accepted:
        raise QueryError(
            f"‘{value}’ is onbekend als {place}. Kies een van de genoemde waarden.",
            code="UNKNOWN_TERM",
            place=place,
            accepted=accepted,
        )


def _unknown_place(kind: str, code: str, accepted: tuple[str, ...]) -> NoReturn:
    """Refuse a code of no place, of today or of before."""
    field = {"gemeente": "gemeenten", "jeugdregio": "jeugdregios"}[kind]
    raise QueryError(
        f"‘{code[:60]}’ is geen code van een {kind}. Alle codes staan in {field} {{ code name }}.",
        code="UNKNOWN_PLACE",
        place="code",
        accepted=accepted,
    )


schema = graphene.Schema(query=Query, types=[Lesson, WithdrawnLesson, *page_types().values()])
