"""The permanent addresses of what Lessenbank is about.

A URI never changes, whatever happens to labels, titles or the page tree; it answers
with a redirect to the page that a person reads.
"""

from django.conf import settings

from lessons.models.concepts import Concept


def lesson_uri(uuid: object) -> str:
    """Return the URI of a lesson."""
    return f"{settings.BASE_URL}/id/les/{uuid}"


def term_uri(term: Concept) -> str:
    """Return the URI of a term."""
    return f"{vocabulary_uri(type(term))}/{term.code}"


def vocabulary_uri(model: type[Concept]) -> str:
    """Return the URI of a vocabulary, which those of its terms begin with."""
    return f"{settings.BASE_URL}/id/{model.uri_segment}"


def pilot_uri(slug: str) -> str:
    """Return the URI of a pilot."""
    return f"{settings.BASE_URL}/id/pilot/{slug}"


def gemeente_uri(code: str) -> str:
    """Return our URI of a gemeente; the official one is its TOOI URI."""
    return f"{settings.BASE_URL}/id/gemeente/{code}"


def jeugdregio_uri(code: str) -> str:
    """Return the URI of a jeugdregio."""
    return f"{settings.BASE_URL}/id/jeugdregio/{code}"
