"""The size of a document as it is written, fragments not filled in.

Looked at before the document is checked against the schema, which compares fields of one
name, fragments and variables with each other.
"""

from __future__ import annotations

from graphql import DocumentNode, FieldNode, FloatValueNode, IntValueNode, NameNode, Visitor, visit

from frontend_api.graphql.errors import RefusedRequestError
from frontend_api.graphql.limits.numbers import (
    MAX_ALIASES,
    MAX_DEFINITIONS,
    MAX_DIRECTIVES,
    MAX_FIELDS,
    MAX_VARIABLES,
    MAX_WORD,
)
from frontend_api.graphql.limits.refusing import refuse_above


def check_size(document: DocumentNode) -> None:
    """Raise ``RefusedRequestError`` for a document too large to validate quickly."""
    definitions = len(document.definitions)
    refuse_above(MAX_DEFINITIONS, definitions, "vragen en fragmenten", "TOO_MANY_DEFINITIONS")
    visit(document, _Counter())


class _Counter(Visitor):
    """Counts what a document is made of, and raises as soon as there is too much."""

    def __init__(self) -> None:
        super().__init__()
        self._counts = dict.fromkeys(("FIELDS", "ALIASES", "VARIABLES", "DIRECTIVES"), 0)

    def enter_field(self, node: FieldNode, *_args: object) -> None:
        """Count one, and its alias."""
        self._count("FIELDS", MAX_FIELDS, "velden")
        if node.alias is not None:
            self._count("ALIASES", MAX_ALIASES, "aliassen")

    def enter_variable_definition(self, *_args: object) -> None:
        """Count one."""
        self._count("VARIABLES", MAX_VARIABLES, "variabelen")

    def enter_directive(self, *_args: object) -> None:
        """Count one."""
        self._count("DIRECTIVES", MAX_DIRECTIVES, "directieven")

    def _count(self, what: str, limit: int, named: str) -> None:
        self._counts[what] += 1
        if self._counts[what] > limit:
            raise RefusedRequestError(
                f"Deze vraag is te groot: meer dan {limit} {named}. Splits de vraag in meerdere "
                "verzoeken.",
                code=f"TOO_MANY_{what}",
                place="query",
            )

    def enter_name(self, node: NameNode, *_args: object) -> None:
        """Look how long it is; it would be repeated in every error."""
        _check_word(node)

    def enter_int_value(self, node: IntValueNode, *_args: object) -> None:
        """Look how long it is; Python refuses to read numbers of thousands of digits."""
        _check_word(node)

    def enter_float_value(self, node: FloatValueNode, *_args: object) -> None:
        """Look how long it is."""
        _check_word(node)


def _check_word(node: NameNode | IntValueNode | FloatValueNode) -> None:
    if len(node.value) > MAX_WORD:
        place = f"query:{node.loc.start_token.line}" if node.loc else "query"
        raise RefusedRequestError(
            f"Een naam of getal in de vraag heeft {len(node.value)} tekens; het mogen er "
            f"{MAX_WORD} zijn.",
            code="TOO_LONG",
            place=place,
        )
