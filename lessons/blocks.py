"""The StreamField blocks that a story is made of, and how they are read as stored."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PARAGRAPH_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class QuoteBlock(blocks.StructBlock):
    """Words of somebody, known by a role and never by name."""

    text = blocks.TextBlock(label=_("Quote"), max_length=600)
    role = blocks.CharBlock(
        label=_("Role of the speaker"),
        max_length=80,
        help_text=_("A role such as 'pleegouder' or 'wijkteammedewerker', never a name."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")


class FigureBlock(blocks.StructBlock):
    """One number with what it counts, how many it rests on and where it comes from."""

    value = blocks.CharBlock(label=_("Number"), max_length=30)
    meaning = blocks.CharBlock(label=_("What it counts"), max_length=160)
    sample = blocks.CharBlock(
        label=_("Rests on (n)"), max_length=80, required=False, help_text=_("For example: n = 15")
    )
    source = blocks.CharBlock(label=_("Source"), max_length=160, required=False)

    class Meta:
        icon = "order"
        label = _("Figure")


class PictureBlock(blocks.StructBlock):
    """An image with a caption; the image's description is its text alternative."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Image")


class StoryBlock(blocks.StreamBlock):
    """One part of a story: paragraphs first, and what helps beside them."""

    # Not required: the form begins with an empty paragraph; completeness asks for words.
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"), features=PARAGRAPH_FEATURES, icon="pilcrow", required=False
    )
    quote = QuoteBlock()
    figure = FigureBlock()
    picture = PictureBlock()
    document = DocumentChooserBlock(label=_("Document"), icon="doc-full")

    class Meta:
        required = False


class ConditionsBlock(blocks.StreamBlock):
    """A list of short statements."""

    condition = blocks.CharBlock(label=_("Condition"), max_length=200, icon="tick-inverse")

    class Meta:
        required = False


def raw_blocks(stream: Any) -> list[dict[str, Any]]:
    """Return the blocks of a StreamField as stored: ``type`` and ``value``.

    Reading the stored form keeps chooser blocks from fetching files one by one, and
    from fetching files that the public may not see.
    """
    blocks: list[dict[str, Any]] = stream.get_prep_value()
    return blocks


def conditions(stream: Any) -> tuple[str, ...]:
    """Return the statements of a 'works if' list."""
    statements = (str(block["value"]).strip() for block in raw_blocks(stream))
    return tuple(statement for statement in statements if statement)
