"""The code that a web editor copies, in each of the ways to put an embed on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from frontend_api.embeds import released
from frontend_api.embeds.options import EmbedOptions
from frontend_api.feeds.items import absolute

FIRST_HEIGHT = 600
"""Height of an iframe, until it has told its own."""


@dataclass(frozen=True, slots=True)
class ChosenEmbed:
    """An embed that somebody put together."""

    kind: str
    """The word that follows ``lessenbank-`` in the name of its element."""
    title: str
    path: str
    attributes: Mapping[str, str]
    """What the element says beside its looks."""
    parameters: tuple[tuple[str, str], ...]
    """What the address asks beside its looks."""
    fallback_url: str
    """Where the link leads that is shown without a script."""
    options: EmbedOptions

    @property
    def full_title(self) -> str:
        """The title as it stands on somebody else's page, where nobody knows from whom it is."""
        return self.title if "Lessenbank" in self.title else f"{self.title} (Lessenbank)"

    def address(self, **more: str) -> str:
        """Return the address of the page for an iframe; ``vorm`` asks for the fragment."""
        asked = [*self.parameters, *self.looks().items(), *more.items()]
        return absolute(f"{self.path}?{urlencode(asked)}" if asked else self.path)

    def looks(self) -> dict[str, str]:
        """Return the options that differ from the usual, by their names in the address."""
        return self.options.parameters(counts_lessons=self.kind != "les")


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A piece of code with its name, so that it can be found and copied."""

    name: str
    heading: str
    about: str
    text: str


def code_blocks(embed: ChosenEmbed) -> tuple[CodeBlock, ...]:
    """Return the three ways to put an embed on a page, the best first."""
    return (
        CodeBlock(
            "component",
            "Web component",
            "Neemt lettertype en kleuren van uw pagina over en past zich in de hoogte aan. "
            "Zonder JavaScript staat er een link.",
            web_component(embed),
        ),
        CodeBlock(
            "iframe",
            "Iframe",
            "Werkt ook zonder JavaScript. Het script past alleen de hoogte aan en mag weg.",
            iframe(embed),
        ),
        CodeBlock(
            "fragment",
            "Fragment voor uw server",
            "Uw server haalt dit adres op en zet de HTML in de pagina: bezoekers vragen niets bij "
            "de Lessenbank op. Bewaar het antwoord niet langer dan drie minuten.",
            fragment(embed),
        ),
    )


def web_component(embed: ChosenEmbed) -> str:
    """Return the element with the script."""
    name = f"lessenbank-{embed.kind}"
    attributes = format_html_join("", ' {}="{}"', {**embed.attributes, **embed.looks()}.items())
    element = format_html(
        '<{name}{attributes}>\n  <a href="{url}">{title}</a>\n</{name}>',
        name=name,
        attributes=attributes,
        url=embed.fallback_url,
        title=embed.full_title,
    )
    return f"{_script()}\n{element}"


def iframe(embed: ChosenEmbed) -> str:
    """Return the iframe, with the script that lets its height follow."""
    frame = format_html(
        '<iframe src="{}"\n        title="{}" width="100%" height="{}" loading="lazy"></iframe>',
        embed.address(),
        embed.full_title,
        FIRST_HEIGHT,
    )
    return f"{frame}\n{_script()}"


def fragment(embed: ChosenEmbed) -> str:
    """Return the address of the fragment, with the stylesheet for the page."""
    name = f"lessenbank-{released.VERSION}.css"
    link = format_html(
        '<link rel="stylesheet" href="{}"\n      integrity="{}" crossorigin="anonymous">',
        released_url("css"),
        released.integrity(name),
    )
    return f"{embed.address(vorm='fragment')}\n\n{link}"


def content_security_policy() -> str:
    """Return what a page with a policy of its own adds to it."""
    found = urlsplit(settings.BASE_URL)
    origin = f"{found.scheme}://{found.netloc}"
    names = ("script-src", "connect-src", "frame-src", "style-src")
    return "\n".join(f"{name} {origin};" for name in names)


def _script() -> SafeString:
    name = f"lessenbank-{released.VERSION}.js"
    return format_html(
        '<script src="{}"\n        integrity="{}"\n        crossorigin="anonymous" defer>{}',
        released_url("js"),
        released.integrity(name),
        mark_safe("</script>"),
    )


def released_url(form: str) -> str:
    """Return the address of the present version of script or stylesheet."""
    arguments = {"version": released.VERSION, "form": form}
    return absolute(reverse("frontend_api:embed_file", kwargs=arguments))
