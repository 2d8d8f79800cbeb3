"""The editorial pages of ``cms``, as their models declare them with wagtail-grapple.

A page type takes part when it lists ``graphql_fields`` and its app is one of
``GRAPPLE["APPS"]``. The GraphQL types are made of exactly those fields: wagtail-grapple's
own types would add every column of a page, the title of its unpublished draft included.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import graphene
from graphql import GraphQLResolveInfo
from grapple.models import GraphQLField
from grapple.registry import registry
from grapple.types.rich_text import RichText as GrappleRichText
from wagtail.models import Page

from cms.rich_text import public_page_url
from cms.visibility import public_pages
from frontend_api.graphql.pages import EditorialPage, PageInterface
from frontend_api.graphql.rich_text import RichText, SafeMarkup
from frontend_api.rich_text import safe_rich_text


@cache
def page_types() -> Mapping[type[Page], type[graphene.ObjectType]]:
    """Return the GraphQL type of each editorial page model."""
    return {
        model: _page_type(model)
        for model in registry.pages
        if getattr(model, "graphql_fields", None)
    }


def editorial_pages(**lookup: str) -> list[EditorialPage]:
    """Return the public editorial pages in the order of the page tree.

    ``lookup`` narrows them by a field of ``Page``. Takes one query for each type, and
    two for the links in its text.
    """
    pages = [
        page for model in page_types() for page in public_pages(model.objects.filter(**lookup))
    ]
    return [_record(page) for page in sorted(pages, key=lambda page: page.path)]


def _declared_fields(model: type[Page]) -> list[GraphQLField]:
    return [field() if callable(field) else field for field in model.graphql_fields]


def _is_rich_text(field: GraphQLField) -> bool:
    return getattr(field.field_type, "of_type", field.field_type) is GrappleRichText


def _page_type(model: type[Page]) -> type[graphene.ObjectType]:
    """Return a type of the model's name with the interface's fields and those declared."""

    class Meta:
        name = model.__name__
        description = (inspect.getdoc(model) or model.__name__).splitlines()[0]
        interfaces = (PageInterface,)
        default_resolver = _page_value

    fields = {field.field_name: _graphene_field(field) for field in _declared_fields(model)}
    return type(model.__name__, (graphene.ObjectType,), {"Meta": Meta, **fields})


def _graphene_field(field: GraphQLField) -> graphene.Field:
    required = isinstance(field.field_type, graphene.NonNull)
    of_type = RichText if _is_rich_text(field) else field.field_type
    return graphene.Field(
        of_type,
        required=required and _is_rich_text(field),
        description=field.description,
        deprecation_reason=field.deprecation_reason,
    )


def _page_value(name: str, _default: Any, page: EditorialPage, _info: GraphQLResolveInfo) -> Any:
    return page.content[name] if name in page.content else getattr(page, name)


def _record(page: Page) -> EditorialPage:
    url = public_page_url(page.url_path)
    content = {}
    for field in _declared_fields(type(page)):
        value = getattr(page, field.field_source)
        content[field.field_name] = (
            SafeMarkup(safe_rich_text(value)) if _is_rich_text(field) else value
        )
    return EditorialPage(
        graphql_type=page_types()[type(page)],
        title=page.title,
        slug=page.slug,
        path=urlsplit(url).path,
        url=url,
        content=content,
    )
