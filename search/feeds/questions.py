"""The question of a feed: from what an editor pastes to a ``LessonQuery`` and back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from lessons import selectors
from search.engines.analysis import index_form
from search.models import WordListVersion
from search.parameters import from_parameters, to_parameters
from search.query import LessonOrder, LessonQuery, QueryError
from search.resolution import facet_tables, resolve
from search.viewpoints import view

_MOST_FIELDS = 1000


def stored_form(pasted: str) -> str:
    """Return the form in which the question of a feed is kept.

    Takes the address of a search page, or its parameters alone. Raises ``QueryError`` for
    what cannot be asked. Order and cursor are left out: they say nothing of what is in it.
    """
    query = question(_parameters_in(pasted.strip()))
    seen = view(query.viewpoint) if query.viewpoint else None
    resolve(query, facet_tables(query), seen)
    return urlencode(to_parameters(query))


def _parameters_in(pasted: str) -> str:
    try:
        parts = urlsplit(pasted)
        text = parts.query if parts.query or parts.scheme else parts.path
        if not pasted or parts.scheme or parse_qsl(text, max_num_fields=_MOST_FIELDS):
            return text
    except ValueError:
        pass
    raise QueryError(
        "Plak hier het adres van een zoekpagina van deze site.", code="NO_QUESTION", place="query"
    )


def question(stored: str) -> LessonQuery:
    """Return the query that the text stands for; raise ``QueryError`` when it cannot be read."""
    query = from_parameters(parse_qsl(stored.removeprefix("?"), max_num_fields=_MOST_FIELDS))
    order = LessonOrder.RELEVANCE
    needs_viewpoint = bool(query.comparability)
    return replace(
        query,
        order=order,
        after=None,
        # Without bands it would order the answer only.
        viewpoint=query.viewpoint if needs_viewpoint else None,
    )


def mark_of(query: LessonQuery) -> str:
    """Return a text that changes when every lesson has to be asked about anew.

    That is when the question changes, or when its words or codes mean something else:
    a term was merged into another, a synonym came. What changes in lessons comes by the
    outbox. Raises ``QueryError`` for a question that cannot be asked any more.
    """
    seen = view(query.viewpoint) if query.viewpoint else None
    codes = resolve(query, facet_tables(query), seen).filters
    parts = [_form(), urlencode(to_parameters(query)), repr(sorted(codes.items()))]
    if query.text:
        parts.append(str(WordListVersion.objects.values_list("token", flat=True).first()))
    if seen is not None:
        parts.append(str(selectors.places_version()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _form() -> str:
    """Return the form of the index, which stays the same while this process lives."""
    return index_form()
