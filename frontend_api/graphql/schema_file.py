"""The schema as a file: a change to it shows in review, and tools of partners read it."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from graphql import print_schema

from frontend_api.graphql.schema import schema

SCHEMA_FILE = Path(__file__).with_name("schema.graphql")


def printed_schema() -> str:
    """Return the schema in GraphQL's own language, ending in a newline."""
    return f"{print_schema(schema.graphql_schema)}\n"


@require_safe
def schema_text(_request: HttpRequest) -> HttpResponse:
    """Answer with the schema; it changes with a release."""
    response = HttpResponse(SCHEMA_FILE.read_bytes(), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=3600)
    return response
