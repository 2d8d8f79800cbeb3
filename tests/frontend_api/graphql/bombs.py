"""Questions that are made to cost much: what is sent, and how it has to be refused."""

from __future__ import annotations

import json
from dataclasses import dataclass

from frontend_api.graphql import limits


@dataclass(frozen=True)
class Bomb:
    """What is sent, and the codes of the errors with which it may be refused."""

    name: str
    body: bytes
    codes: frozenset[str]
    status: int = 400


def bomb(name: str, query: str, *codes: str, variables: object = None, status: int = 400) -> Bomb:
    """Return a bomb that is a question."""
    body = json.dumps({"query": query, "variables": variables})
    return Bomb(name, body.encode(), frozenset(codes), status)


def nested(levels: int) -> str:
    """Return a question that goes this deep, in few words."""
    return (
        '{ term(vocabulary: "phase", code: "x") '
        + "{ broader " * levels
        + "{ code }"
        + " }" * levels
        + " }"
    )


def doubling(levels: int) -> str:
    """Return a short question whose fragments fill in to 2 ** levels fields."""
    fragments = " ".join(
        f"fragment F{n} on Term {{ a: broader {{ ...F{n + 1} }} b: broader {{ ...F{n + 1} }} }}"
        for n in range(levels)
    )
    return (
        '{ term(vocabulary: "phase", code: "x") { ...F0 } } '
        f"{fragments} fragment F{levels} on Term {{ code }}"
    )


def many(number: int, text: str) -> str:
    """Return the text as often, each with its number."""
    return " ".join(text.replace("#", str(each)) for each in range(number))


DEEP_VALUE = '{"a":' * 400 + "1" + "}" * 400
BIG_LIST = json.dumps(["GM0014"] * 9_000)
DEEP_LITERAL = "[" * 600 + "]" * 600

BOMBS = [
    bomb("depth", nested(300), "TOO_DEEP", "INVALID_QUERY"),
    bomb("depth just beyond", nested(limits.MAX_DEPTH), "TOO_DEEP"),
    bomb("braces without end", "{a" * 900, "TOO_DEEP", "INVALID_QUERY"),
    bomb("aliases", f"{{ {many(390, 'a#: __typename')} }}", "TOO_MANY_ALIASES"),
    bomb(
        "aliases of a list",
        f'{{ vocabulary(code: "phase") {{ {many(60, "a#: terms { code }")} }} }}',
        "TOO_MANY_ALIASES",
    ),
    bomb(
        "aliases of searches",
        "{ " + many(10, 'a#: lessons(query: "gezin#", first: 100) { totalCount }') + " }",
        "TOO_MANY_LESSON_LISTS",
    ),
    bomb("fields of one name", "{ " + "__typename " * 1_400 + "}", "TOO_MANY_FIELDS"),
    bomb(
        "a circle of fragments",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "INVALID_QUERY",
    ),
    bomb("fragments that double", doubling(14), "TOO_DEEP"),
    bomb(
        "a chain of fragments",
        f"{{ ...F0 }} {many(100, 'fragment F# on Query { ...G# }')}",
        "TOO_MANY_DEFINITIONS",
    ),
    bomb(
        "fragments that are not used",
        f"{{ __typename }} {many(200, 'fragment F# on Query { __typename }')}",
        "TOO_MANY_DEFINITIONS",
    ),
    bomb(
        "a huge literal",
        f'{{ lessons(query: "{"a" * 90_000}") {{ totalCount }} }}',
        "TEXT_TOO_LONG",
        status=200,
    ),
    bomb("a huge number", "{ lessons(first: " + "9" * 90_000 + ") { totalCount } }", "TOO_LONG"),
    bomb("a huge name", f"{{ {'a' * 90_000} }}", "TOO_LONG"),
    bomb("a huge comment", f"# {'a' * 200_000}\n{{ __typename }}", "REQUEST_TOO_LARGE", status=413),
    bomb(
        "a deep literal",
        f"{{ lessons(filter: {{phase: {DEEP_LITERAL}}}) {{ totalCount }} }}",
        *("INVALID_QUERY", "TOO_DEEP"),
    ),
    bomb("directives", "{ __typename " + "@skip(if: false) " * 60 + "}", "TOO_MANY_DIRECTIVES"),
    bomb("unknown directives", "{ __typename " + "@x " * 400 + "}", "TOO_MANY_DIRECTIVES"),
    bomb(
        "many operations", many(250, "query Q# { __typename }"), "TOO_MANY_DEFINITIONS"
    ),
    bomb(
        "many variables",
        f"query Q({many(200, '$v#: Int,')}) {{ __typename }}",
        "TOO_MANY_VARIABLES",
    ),
    bomb(
        "a cost by variable",
        "query Q($n: Int) { "
        + many(5, f"a#: lessons(first: $n) {{ nodes {{ {many(25, 'x#y: title')} }} }}").replace(
            "x", "t"
        )
        + " }",
        "TOO_MANY_ALIASES",
    ),
    bomb(
        "wide lists in lists",
        "{ jeugdregios { " + "gemeenten { jeugdregio { " * 4 + "name" + " } }" * 4 + " } }",
        "TOO_COSTLY",
    ),
    bomb(
        "deep introspection",
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name }"
        " } } } } } } } } }",
        "INVALID_QUERY",
    ),
    Bomb(
        "a batch",
        json.dumps([{"query": "{ __typename }"}] * 2_000).encode(),
        frozenset({"INVALID_REQUEST"}),
    ),
    Bomb("deep JSON", b"[" * 90_000, frozenset({"INVALID_JSON"})),
    Bomb(
        "deep variables",
        b'{"query": "query ($f: LessonFilter) { lessons(filter: $f) { totalCount } }", '
        b'"variables": {"f": ' + DEEP_VALUE.encode() + b"}}",
        frozenset({"INVALID_QUERY"}),
    ),
    Bomb(
        "deep unused variables",
        b'{"query": "{ nothing }", "variables": {"f": ' + DEEP_VALUE.encode() + b"}}",
        frozenset({"INVALID_QUERY"}),
    ),
    Bomb(
        "huge variables",
        b'{"query": "query ($g: [String!]) { lessons(filter: {gemeente: $g}) { totalCount } }", '
        b'"variables": {"g": ' + BIG_LIST.encode() + b"}}",
        frozenset({"TOO_MANY_TERMS"}),
        200,
    ),
    Bomb(
        "wrong values in huge variables",
        b'{"query": "query ($g: [Int!]) { lessons(first: $g) { totalCount } }", "variables": {"g": '
        + BIG_LIST.encode() + b"}}",
        frozenset({"INVALID_QUERY"}),
    ),
    Bomb(
        "more than is taken",
        b'{"query": "' + b" " * 5_000_000 + b'"}',
        frozenset({"REQUEST_TOO_LARGE"}),
        413,
    ),
]  # fmt: skip
