"""The questions of the bench, to Lessenbank and to the plain reference."""

from __future__ import annotations

import json
from urllib.parse import quote

from tests.bench.http_load import question

LIST = """{ lessons(first: 20, orderBy: NEWEST) { totalCount nodes {
  title core kind
  ontwikkelpunt { code label } jeugdregio { code name }
  phases { code label } partners { role partner { code label } } gemeenten { code name } } } }"""
PLAIN_LIST = """{ pages(contentType: "lessons.LessonPage", limit: 20, order: "-last_published_at") {
  title ... on LessonPage { core kind
  ontwikkelpunt { code label } jeugdregio { code name }
  phases { code label } gemeenten { code name }
  partnerRoles { role partner { code label } } } } }"""
# The list once more, for some words and with the counts of every facet.
SEARCH = """{ lessons(query: "%s", first: 20) { totalCount
  facets { vocabulary terms { code label count } }
  nodes { title core kind
  ontwikkelpunt { code label } jeugdregio { code name }
  phases { code label } partners { role partner { code label } } gemeenten { code name } } } }"""
MARKED_SEARCH = """{ lessons(query: "%s", first: 20) { totalCount
  facets { vocabulary terms { code label count } }
  edges { highlights { field html } node { title core kind
  ontwikkelpunt { code label } jeugdregio { code name }
  phases { code label } partners { role partner { code label } } gemeenten { code name } } } } }"""
DETAIL = """{ lesson(uuid: "%s") { ... on Lesson { title core kind attribution licence { code }
  story { part html } ontwikkelpunt { code label } jeugdregio { code name }
  phases { code label } partners { role partner { code label } } gemeenten { code name }
  recommendations { text } sources { title url } } } }"""
PLAIN_DETAIL = """{ page(slug: "%s", contentType: "lessons.LessonPage") { title ... on LessonPage {
  core kind attribution licence context { rawValue } trigger { rawValue } approach { rawValue }
  result { rawValue } ontwikkelpunt { code label } jeugdregio { code name }
  phases { code label } partnerRoles { role partner { code label } } gemeenten { code name }
  recommendations { text } sources { title url } } } }"""
WORDS = (
    *("gezin", "wijkteam school", "pleegzorg", "steungezin netwerk", "wachtlijst", "gesprek"),
    *("gezinshuis", "matching pleeggezin", "vertrouwen", "opvang weekend", "crisis", "ouders"),
    *("samenwerking", "scholing vrijwilligers", "nazorg", "thuis wonen", "evaluatie", "kind"),
    *("financiering", "gemeente inkoop", "betrokkenheid", "broers zussen", "netwerk", "buurt"),
)


def posted(text: str, port: int) -> bytes:
    """Return a question in the body of a request: nobody keeps its answer."""
    return question("POST", "/graphql/", json.dumps({"query": text}).encode(), port=port)


def got(text: str, port: int) -> bytes:
    """Return a question in the address: its answer is kept."""
    return question("GET", address_of(text), port=port)


def address_of(text: str) -> str:
    """Return the address that asks a question."""
    return f"/graphql/?query={quote(' '.join(text.split()))}"
