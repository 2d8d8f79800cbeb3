"""Rich text made safe at the moment of output, whatever the database holds."""

from __future__ import annotations

import html
import re

import nh3

ALLOWED_TAGS = {
    "a", "b", "blockquote", "br", "cite", "em", "figcaption", "figure", "h3", "h4", "i",
    "li", "ol", "p", "strong", "ul",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {"a": {"href"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}

_BLOCK_ENDS = re.compile(r"</(p|li|h3|h4|blockquote|figcaption)>|<br\s*/?>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]+>")
# A single space stays as it is: most of a text is words with one space in between.
_SPACES = re.compile(r"[ \t\f\v]{2,}|[\t\f\v]")


def clean_html(markup: str) -> str:
    """Return the markup with only the tags that a story needs, and no script or style."""
    return nh3.clean(
        markup,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener",
    ).strip()


def plain_text(safe_markup: str) -> str:
    """Return the words of cleaned markup; a paragraph or list item is a line."""
    lines = html.unescape(_TAGS.sub("", _BLOCK_ENDS.sub("\n", safe_markup))).splitlines()
    # Few lines have such spaces, and looking for them takes far less time than replacing.
    spaced = [_SPACES.sub(" ", each) if "  " in each or "\t" in each else each for each in lines]
    return "\n".join([line for each in spaced if (line := each.strip())])
