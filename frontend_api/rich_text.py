"""Rich text of editorial pages, made safe at the moment of output."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

ALLOWED_TAGS = {"a", "b", "br", "em", "h2", "h3", "i", "li", "ol", "p", "strong", "ul"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}


def safe_rich_text(stored: str) -> SafeString:
    """Return stored rich text as HTML with only the tags that editors are offered."""
    cleaned = nh3.clean(
        expand_db_html(stored),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener",
    )
    # nh3 has just removed whatever could do harm.
    return mark_safe(cleaned)  # noqa: S308
