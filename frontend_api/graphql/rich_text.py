"""Rich text in the two forms that partners need."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import graphene

_LINE_ENDS = re.compile(r"</(p|li|h[2-4]|blockquote|figcaption)>|<br\s*/?>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class SafeMarkup:
    """Markup that was sanitised where it was read."""

    html: str

    @property
    def text(self) -> str:
        """The words alone; a paragraph or list item is a line."""
        words = html.unescape(_TAGS.sub("", _LINE_ENDS.sub("\n", self.html)))
        lines = (" ".join(line.split()) for line in words.splitlines())
        return "\n".join(line for line in lines if line)


class RichText(graphene.ObjectType):
    """Text with headings, lists and links."""

    class Meta:
        description = "Text with paragraphs, lists and links, in two forms."

    html = graphene.String(
        required=True,
        description="Safe HTML: only text tags and links, no script, style or class.",
    )
    text = graphene.String(
        required=True,
        description="The words alone; each paragraph or list item is a line.",
    )
