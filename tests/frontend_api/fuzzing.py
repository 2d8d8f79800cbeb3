"""Arbitrary requests to every output: made from a number, so that each can be made again."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

ODD = (
    *("", " ", "\0", "a\0b", "\ud800", "🙂" * 20, "é" * 60, "<script>", "'; DROP TABLE", '"', "\\"),
    *("../../etc/passwd", "%00", "%", "{{7*7}}", "\u202e", "null", "-1", "1e999", "NaN", "x" * 500),
    *("((((", '"a', "a AND", "*:*", "a~9", "[1 TO", "+-+-", "'s", "ﬁ", "İ", "\n\t\r", "0x1f"),
)
WORDS = (
    *("pleegzorg", "gezin", "openbaar", "kanari", "titel kanari", "uitv", "gron", "borging", "het"),
    *("voorwaarde", "stuk", "verhaal", "straks", "besloten", "pilot"),
)
CODES = (
    *("GM0014", "GM9999", "JZ01", "JZ09", "phase", "uitvoering", "ontwikkelpunt", "partner", "nji"),
    *("lesson", "local", "alle-lessen", "pilot", "kanarie-pilot", "1", "2019", "size:4", "size"),
)
NUMBERS = (0, 1, 2, 3, 5, 20, 99, 100, 101, -1, 2**31 - 1, -(2**31), 2**31, 2**63, 10**30)
FACETS = (
    *("ontwikkelpunt", "phase", "partner", "familyForm", "situation", "audience", "evidenceLevel"),
    *("kind", "scope", "jeugdregio", "gemeente", "pilot"),
)
SEARCHED = (
    *FACETS,
    *("q", "van", "tot", "sorteer", "na", "vanuit", "gewicht", "zonder", "comparability"),
    *("aantal", "vorm", "voor", "rijen", "kolommen", "feed", "kop", "thema", "utm_source"),
)
FORMS = ("json", "atom", "csv", "jsonl")


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    address: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_graphql(self) -> bool:
        """Whether the answer has the form of GraphQL."""
        return self.address.startswith("/graphql/")


class Fuzzer:
    """Makes requests; ``names`` are identities and cursors of what is there, hidden or not."""

    def __init__(self, schema: GraphQLSchema, names: list[str], key: str) -> None:
        self._schema = schema
        self._names = names
        self._key = key

    def asked(self, number: int) -> Asked:
        """Return the request with this number."""
        return _Case(self._schema, self._names, self._key, random.Random(number)).asked()


@dataclass
class _Case:
    schema: GraphQLSchema
    names: list[str]
    key: str
    chance: random.Random
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)

    def asked(self) -> Asked:
        makers: list[tuple[int, Callable[[], Asked]]] = [
            (6, self._question),
            (2, self._broken_question),
            (1, self._odd_body),
            (2, self._feed),
            (2, self._searched),
            (2, self._document),
            (1, self._oembed),
            (2, self._embed),
            (2, self._page),
            (1, self._new_feed),
        ]
        weights = [weight for weight, _maker in makers]
        ((_weight, maker),) = self.chance.choices(makers, weights)
        return maker()

    # What is asked with.

    def _text(self) -> str:
        pool = self.chance.choice((WORDS, CODES, ODD, self.names))
        text = str(self.chance.choice(pool))
        if self.chance.random() < 0.1:
            text += str(self.chance.choice((*ODD, *WORDS)))
        return text

    def _parameters(self, names: tuple[str, ...], most: int = 4) -> str:
        pairs = [
            (self.chance.choice(names), self._text()) for _n in range(self.chance.randint(0, most))
        ]
        return urlencode(pairs, errors="replace") if pairs else ""

    def _headers(self) -> dict[str, str]:
        given = {}
        if self.chance.random() < 0.3:
            kinds = ("text/turtle", "application/ld+json", "text/html", "*/*;q=0", "x", ";;q=,")
            given["Accept"] = self.chance.choice(kinds)
        if self.chance.random() < 0.1:
            given["If-None-Match"] = self.chance.choice(("*", '"x"', "W/", '"', "'"))
        if self.chance.random() < 0.1:
            given["If-Modified-Since"] = self.chance.choice(("gisteren", "Thu, 01 Jan 1970", "0"))
        return given

    def _get(self, path: str, asked: str = "") -> Asked:
        method = "GET" if self.chance.random() < 0.95 else self.chance.choice(("HEAD", "OPTIONS"))
        return Asked(method, f"{path}?{asked}" if asked else path, headers=self._headers())

    # GraphQL.

    def _question(self) -> Asked:
        return self._sent(self._document_text())

    def _sent(self, query: str) -> Asked:
        body: dict[str, Any] = {"query": query, "variables": self.variables}
        if self.chance.random() < 0.3:
            asked = {"query": query, "variables": json.dumps(self.variables)}
            if self.chance.random() < 0.2:
                asked["extensions"] = self.chance.choice(("{", "[]", '{"persistedQuery": 1}'))
            return self._get("/graphql/", urlencode(asked, errors="replace"))
        return self._post("/graphql/", json.dumps(body).encode())

    def _post(self, path: str, body: bytes, **headers: str) -> Asked:
        return Asked("POST", path, body, {"Content-Type": "application/json", **headers})

    def _document_text(self) -> str:
        self.variables, self.declared = {}, []
        root = self.schema.query_type
        assert root is not None
        names = self.chance.sample(sorted(root.fields), self.chance.choice((1, 1, 1, 2, 3)))
        fields = " ".join(self._field(name, root.fields[name], 0) for name in names)
        head = f"query Q({', '.join(self.declared)}) " if self.declared else ""
        return f"{head}{{ {fields} }}"

    def _field(self, name: str, definition: GraphQLField, depth: int) -> str:
        arguments = [
            f"{each}: {self._argument(each, given.type)}"
            for each, given in definition.args.items()
            if is_required_argument(given) or self.chance.random() < 0.35
        ]
        alias = f"a{self.chance.randint(0, 999)}: " if self.chance.random() < 0.05 else ""
        skipped = " @include(if: true)" if self.chance.random() < 0.03 else ""
        given = f"({', '.join(arguments)})" if arguments else ""
        called = f"{alias}{name}{given}{skipped}"
        shown = get_named_type(definition.type)
        if is_leaf_type(shown):
            return called
        return f"{called} {{ {self._selection(shown, depth + 1)} }}"

    def _selection(self, shown: Any, depth: int) -> str:
        if is_abstract_type(shown):
            parts = [
                f"... on {possible.name} {{ {self._fields(possible, depth)} }}"
                for possible in self.schema.get_possible_types(shown)
            ]
            return " ".join(("__typename", *parts))
        return self._fields(shown, depth)

    def _fields(self, shown: Any, depth: int) -> str:
        plain = [
            name for name, each in shown.fields.items() if is_leaf_type(get_named_type(each.type))
        ]
        below = [name for name in shown.fields if name not in plain]
        chosen = self.chance.sample(plain, min(len(plain), self.chance.randint(1, 6)))
        if below and depth < 5:
            chosen += self.chance.sample(below, min(len(below), self.chance.choice((0, 1, 1, 2))))
        return (
            " ".join(self._field(name, shown.fields[name], depth) for name in chosen)
            or "__typename"
        )

    def _argument(self, name: str, shape: Any) -> str:
        if self.chance.random() < 0.25:
            variable = f"{name}{len(self.declared)}"
            self.declared.append(f"${variable}: {shape}")
            self.variables[variable] = self._json(shape)
            return f"${variable}"
        return self._literal(shape)

    def _literal(self, shape: Any) -> str:
        if isinstance(shape, GraphQLNonNull):
            return self._literal(shape.of_type)
        if self.chance.random() < 0.03:
            return self.chance.choice(("null", "{}", "[]", "X", "1.5", '"x"', "-0", "[[null]]"))
        if isinstance(shape, GraphQLList):
            return f"[{', '.join(self._literal(shape.of_type) for _n in range(self._few()))}]"
        if isinstance(shape, GraphQLEnumType):
            return self.chance.choice(list(shape.values))
        if isinstance(shape, GraphQLInputObjectType):
            pairs = (f"{name}: {self._literal(each)}" for name, each in self._chosen(shape))
            return f"{{ {', '.join(pairs)} }}"
        value = self._scalar(shape.name)
        return json.dumps(value) if not isinstance(value, float) else str(value)

    def _json(self, shape: Any) -> Any:
        if isinstance(shape, GraphQLNonNull):
            return self._json(shape.of_type)
        if self.chance.random() < 0.1:
            return self.chance.choice((None, {}, [], 1, 1.5, "x", True, [[[]]], {"a": {"b": [1]}}))
        if isinstance(shape, GraphQLList):
            return [self._json(shape.of_type) for _n in range(self._few())]
        if isinstance(shape, GraphQLEnumType):
            return self.chance.choice(list(shape.values))
        if isinstance(shape, GraphQLInputObjectType):
            return {name: self._json(each) for name, each in self._chosen(shape)}
        return self._scalar(shape.name)

    def _chosen(self, shape: GraphQLInputObjectType) -> list[tuple[str, Any]]:
        return [
            (name, each.type)
            for name, each in shape.fields.items()
            if isinstance(each.type, GraphQLNonNull) or self.chance.random() < 0.25
        ]

    def _scalar(self, name: str) -> Any:
        if name == "Int":
            usual = self.chance.random() < 0.6
            return self.chance.randint(1, 10) if usual else self.chance.choice(NUMBERS)
        if name == "Float":
            return self.chance.choice((0.0, 1.5, -1.0, 1e300))
        if name == "Boolean":
            return self.chance.random() < 0.5
        return self._text()

    def _few(self) -> int:
        return self.chance.choice((0, 1, 1, 2, 3, 101 if self.chance.random() < 0.05 else 1))

    def _broken_question(self) -> Asked:
        text = list(self._document_text())
        for _n in range(self.chance.randint(1, 6)):
            place = self.chance.randrange(len(text))
            change = self.chance.random()
            if change < 0.4:
                del text[place]
            elif change < 0.7:
                text[place] = self.chance.choice('{}()[]:$@!"#,.…\\\0é \n')
            else:
                text[place:place] = self.chance.choice(
                    ("...F", "{", "}", "fragment F on Lesson { title }", '"""', "@skip", "mutation")
                )
            if not text:
                break
        return self._sent("".join(text))

    def _odd_body(self) -> Asked:
        bodies = (
            b"", b"[]", b"{}", b"null", b"1", b'"x"', b"\xff\xfe", b"[" * 5_000, b'{"query": []}',
            b'{"query": "{ __typename }", "variables": []}', b'[{"query": "{ __typename }"}]',
            b'{"query": "{ __typename }", "operationName": "X"}', b"{" * 2_000,
            b'{"query": "query ($a: Int) { lessons(first: $a) { totalCount } }", "variables": '
            + b'{"a":' * 400 + b"1" + b"}" * 401,
            b'{"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 2}}}',
            b'{"query": "\\ud800"}', b'{"query": "{ lesson(uuid: \\"\\ud800\\") { __typename } }"}',
        )  # fmt: skip
        kind = self.chance.choice(("application/json", "text/plain", "", "application/json; x"))
        return Asked("POST", "/graphql/", self.chance.choice(bodies), {"Content-Type": kind})

    # Other outputs.

    def _feed(self) -> Asked:
        slug = self.chance.choice(("alle-lessen", "alle-lessen", "geheimen", "weg", "a" * 80))
        return self._get(
            f"/feeds/{slug}.{self.chance.choice(FORMS)}",
            self._parameters(("voor", "aantal", "vorm", "q")),
        )

    def _searched(self) -> Asked:
        path = self.chance.choice(tuple(f"/zoeken.{form}" for form in FORMS))
        return self._get(path, self._parameters(SEARCHED))

    def _document(self) -> Asked:
        segment = self.chance.choice(
            ("les", "pilot", "gemeente", "jeugdregio", "fase", "partner", "ontwikkelpunt", "weg")
        )
        thing = quote(self._text(), errors="replace", safe="")
        suffix = self.chance.choice(("", ".ttl", ".jsonld", ".xml"))
        path = self.chance.choice(
            (f"/id/{segment}/{thing}{suffix}", f"/id/{segment}{suffix}", f"/data/catalogus{suffix}")
        )
        return self._get(path)

    def _oembed(self) -> Asked:
        address = self.chance.choice(
            ("http://testserver/id/les/", "http://testserver/", "http://[", "", "//testserver/")
        )
        asked = {"url": f"{address}{self._text()}"}
        for name in ("format", "maxwidth", "maxheight"):
            if self.chance.random() < 0.3:
                asked[name] = self.chance.choice(("json", "xml", self._text()))
        return self._get("/oembed", urlencode(asked, errors="replace"))

    def _embed(self) -> Asked:
        thing = quote(self._text(), errors="replace", safe="")
        path = self.chance.choice(("lijst", "zoeken", f"les/{thing}", f"gemeente/{thing}", thing))
        return self._get(f"/embed/v1/{path}", self._parameters(SEARCHED))

    def _page(self) -> Asked:
        thing = quote(self._text(), errors="replace", safe="")
        path = self.chance.choice(
            ("/zoeken/", "/zoeken/suggesties/", "/zoeken/suggesties/opensearch", "/witte-vlekken/",
             "/vergelijken/", "/kaart/", "/insluiten/", f"/gemeenten/{thing}/", f"/{thing}/",
             f"/jeugdregios/{thing}/", "/data/kenmerken.csv", "/data/vergelijkbaarheid.csv")
        )  # fmt: skip
        names = (*SEARCHED, "soort", "les", "gemeente", "jeugdregio", "met")
        return self._get(path, self._parameters(names))

    def _new_feed(self) -> Asked:
        sent: Any = {
            name: self._text()
            if self.chance.random() < 0.8
            else self.chance.choice((None, 1, [], {}, True))
            for name in ("title", "description", "query", "slug", self._text())
            if self.chance.random() < 0.8
        }
        if self.chance.random() < 0.3:
            sent["query"] = self._parameters(SEARCHED)
        authorization = (
            {"Authorization": f"Bearer {self.key}"} if self.chance.random() < 0.9 else {}
        )
        return self._post("/feeds/", json.dumps(sent).encode(), **authorization)
