"""Which form a client gets, by the header Accept."""

import pytest
from django.test import RequestFactory

from frontend_api.linked_data.negotiation import (
    CONCEPT_FORMS,
    HTML,
    JSON_LD,
    LESSON_FORMS,
    TURTLE,
    preferred,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        (BROWSER, HTML),
        ("text/turtle", TURTLE),
        ("TEXT/TURTLE", TURTLE),
        ("application/ld+json", JSON_LD),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
        ("application/ld+json, text/turtle", TURTLE),
        ("application/ld+json, text/turtle;q=0.9", JSON_LD),
        ("text/turtle;q=0.2, application/ld+json;q=0.3, text/html;q=0.1", JSON_LD),
        ("text/turtle, */*;q=0.1", TURTLE),
        ("text/turtle, */*", TURTLE),
        ("text/html;q=0, */*", TURTLE),
        ("text/*", HTML),
        ("text/*, text/html;q=0", TURTLE),
        ("application/*", JSON_LD),
        ("text/turtle;q=onzin", TURTLE),
        ("text/turtle;q=0", None),
        ("application/rdf+xml", None),
        ("image/png, application/json", None),
        (";;,/,", None),
    ],
)
def test_the_form_that_is_wanted_most_is_given(accept, form):
    headers = {} if accept is None else {"Accept": accept}

    assert preferred(RequestFactory().get("/", headers=headers), CONCEPT_FORMS) is form


def test_a_lesson_has_no_turtle():
    request = RequestFactory().get(
        "/", headers={"Accept": "text/turtle, application/ld+json;q=0.1"}
    )

    assert preferred(request, LESSON_FORMS) is JSON_LD
