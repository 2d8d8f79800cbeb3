"""Safe HTML of a story as blocks of words, which a document can be written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin

from django.conf import settings

BlockKind = Literal["paragraph", "bullet", "number", "quote", "heading"]
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite"}
_BLOCKS: dict[str, BlockKind] = {
    "p": "paragraph",
    "h3": "heading",
    "h4": "heading",
    "blockquote": "quote",
    "figcaption": "quote",
}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; ``url`` is empty when they lead nowhere."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, quote, heading or item of a list."""

    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


def story_blocks(safe_html: str) -> tuple[Block, ...]:
    """Return the blocks of cleaned markup; pictures have no words, and are left out."""
    reader = _Reader()
    reader.feed(safe_html)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


@dataclass
class _Look:
    bold: int = 0
    italic: int = 0
    urls: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._look = _Look()
        self._lists: list[BlockKind] = []
        self._kind: BlockKind = "paragraph"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BOLD:
            self._look.bold += 1
        elif tag in _ITALIC:
            self._look.italic += 1
        elif tag == "a":
            self._look.urls.append(urljoin(f"{settings.BASE_URL}/", dict(attrs).get("href") or ""))
        elif tag == "br":
            self._add(" ")
        else:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        self.end_block()
        if tag in {"ul", "ol"}:
            self._lists.append("bullet" if tag == "ul" else "number")
        elif tag == "li":
            self._kind = self._lists[-1] if self._lists else "bullet"
        # A paragraph within a quote or an item is that quote or item.
        elif tag in _BLOCKS and tag != "p":
            self._kind = _BLOCKS[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in _BOLD:
            self._look.bold -= 1
        elif tag in _ITALIC:
            self._look.italic -= 1
        elif tag != "a":
            self._end(tag)
        elif self._look.urls:
            self._look.urls.pop()

    def _end(self, tag: str) -> None:
        self.end_block()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag != "p":
            self._kind = "paragraph"

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        words = " ".join(text.split())
        if not words:
            words = " " if self._runs and text else ""
        else:
            words = f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"
        if words:
            url = self._look.urls[-1] if self._look.urls else ""
            self._runs.append(Run(words, self._look.bold > 0, self._look.italic > 0, url))

    def end_block(self) -> None:
        """Close what is open, when it holds words."""
        runs, self._runs = self._runs, []
        if runs and "".join(run.text for run in runs).strip():
            self.blocks.append(Block(self._kind, _trimmed(runs)))


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs without spaces at the ends, and without those that are then empty."""
    first, last = runs[0], runs[-1]
    texts = [run.text for run in runs]
    texts[0] = first.text.lstrip()
    texts[-1] = (texts[-1] if last is first else last.text).rstrip()
    return tuple(
        Run(text, run.bold, run.italic, run.url)
        for text, run in zip(texts, runs, strict=True)
        if text
    )
