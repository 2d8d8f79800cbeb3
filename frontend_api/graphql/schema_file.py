"""The schema as a file, so that a change to it shows in review."""

from __future__ import annotations

from pathlib import Path

from graphql import print_schema

from frontend_api.graphql.schema import schema

SCHEMA_FILE = Path(__file__).with_name("schema.graphql")


def printed_schema() -> str:
    """Return the schema in GraphQL's own language, ending in a newline."""
    return f"{print_schema(schema.graphql_schema)}\n"
