"""What the head of a page tells programs."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from frontend_api.feeds.items import absolute_page
from frontend_api.linked_data.lessons import breadcrumbs_node, lesson_node
from lessons.records import LessonDetail

register = template.Library()

# As Django's json_script, so that no text can end the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def lesson_data(lesson: LessonDetail) -> SafeString:
    """Return a public lesson and the way to it as JSON-LD, to stand in a script element."""
    nodes = [lesson_node(lesson), breadcrumbs_node(lesson, reverse("frontend_api:search"))]
    # Search engines know this context by its name; here are no words beside schema.org's.
    content = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False)
    return mark_safe(content.translate(_ESCAPES))  # noqa: S308


@register.simple_tag
def oembed_url(url: str, form: str) -> str:
    """Return where another site learns how to show the lesson at this address."""
    asked = urlencode({"url": absolute_page(url), "format": form})
    return f"{reverse('frontend_api:oembed')}?{asked}"
