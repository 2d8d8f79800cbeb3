"""What every editorial page shows in GraphQL.

Wagtail-grapple is told of this interface by the setting ``GRAPPLE["PAGE_INTERFACE"]``
and imports it while the apps are loading: this module imports nothing that needs models.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo


@dataclass(frozen=True, slots=True)
class EditorialPage:
    """A public editorial page; ``content`` maps its own fields to what they show."""

    graphql_type: type[graphene.ObjectType]
    title: str
    slug: str
    path: str
    url: str
    content: dict[str, Any]


class PageInterface(graphene.Interface):
    """What every editorial page has.

    It replaces wagtail-grapple's interface, whose relations to other pages and whose
    free search reach beyond what is public.
    """

    class Meta:
        description = "An editorial page, such as the accessibility statement."

    title = graphene.String(required=True, description="Title of the page.")
    slug = graphene.String(required=True, description="Last part of the page's address.")
    path = graphene.String(required=True, description="Path of the page, such as '/over/'.")
    url = graphene.String(required=True, description="Address of the page.")

    @classmethod
    def resolve_type(
        cls, page: EditorialPage, _info: GraphQLResolveInfo
    ) -> type[graphene.ObjectType]:
        """Return the type that was made of the page's model."""
        return page.graphql_type
