"""The page on which a web editor puts an embed together, as values.

The address holds the whole state, so that the page works without a script, and a search or a
lesson can lead to it with everything filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from frontend_api.embeds import contents
from frontend_api.embeds.code import (
    ChosenEmbed,
    CodeBlock,
    code_blocks,
    content_security_policy,
)
from frontend_api.embeds.options import (
    COLORS,
    HEADING_LEVELS,
    LOOKS,
    MAX_NUMBER,
    EmbedFault,
    EmbedOptions,
    options_from,
)
from frontend_api.embeds.recipes import Recipe, recipes
from frontend_api.embeds.shown import GoneEmbed
from frontend_api.feeds.items import absolute
from frontend_api.portal.place_links import place_url
from frontend_api.portal.search_page import fault_message, search_url
from lessons import selectors
from lessons.records import LessonDetail
from search import service
from search.service import LessonQuery, QueryError, from_parameters, to_parameters

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "lijst": "Lijst van lessen",
        "les": "Eén les",
        "zoeken": "Zoekvak",
        "gemeente": "Een gemeente",
    }
)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from a list, or a link that chooses it."""

    value: str
    label: str
    is_chosen: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class BuilderPage:
    """What the page shows; without ``embed`` something is still to be chosen."""

    kind: str
    kinds: tuple[Choice, ...]
    feeds: tuple[Choice, ...]
    language_levels: tuple[Choice, ...]
    """For a list, the levels at which feeds are kept."""
    gemeenten: tuple[Choice, ...]
    lesson: str
    question: str
    question_url: str
    kept: tuple[tuple[str, str], ...]
    options: EmbedOptions
    most: int
    levels: tuple[int, ...]
    looks: tuple[Choice, ...]
    colors: tuple[Choice, ...]
    message: str
    is_wrong: bool
    """Whether the message tells of a fault, and not of what is still to be chosen."""
    embed: ChosenEmbed | None
    preview_url: str
    blocks: tuple[CodeBlock, ...]
    policy: str
    recipes: tuple[Recipe, ...]


def builder_url(kind: str, query: LessonQuery | None = None, **given: str) -> str:
    """Return the address of the builder with something filled in."""
    asked = to_parameters(replace(query, after=None)) if query else ()
    return f"{reverse('frontend_api:embed_builder')}?{_encoded(kind, (*asked, *given.items()))}"


def builder_page(given: QueryDict) -> BuilderPage:
    """Return the page for what is filled in; it says what is wrong or lacking."""
    kind = given.get("soort", "")
    kind = kind if kind in KINDS else "lijst"
    message, is_wrong, embed, options, query = "", False, None, EmbedOptions(), LessonQuery()
    try:
        options = options_from(given)
        query = _question(given)
        embed = _CHOSEN[kind](given, query, options)
    except EmbedFault as fault:
        message = fault.message
        is_wrong = fault.status >= 400 and bool(given.keys() - {"soort"})
    asked = to_parameters(query)
    return BuilderPage(
        kind=kind,
        kinds=_kinds(kind, asked),
        feeds=_feeds(given) if kind == "lijst" else (),
        language_levels=_language_levels(given) if kind == "lijst" else (),
        gemeenten=_gemeenten(given.get("code", "")) if kind == "gemeente" else (),
        lesson=given.get("les", ""),
        question=contents.chosen(query),
        question_url=search_url(query),
        kept=asked if kind in {"lijst", "zoeken"} else (),
        options=options,
        most=MAX_NUMBER,
        levels=tuple(HEADING_LEVELS),
        looks=tuple(Choice(code, name, code == options.look) for code, name in LOOKS.items()),
        colors=tuple(Choice(code, name, code == options.colors) for code, name in COLORS.items()),
        message=message,
        is_wrong=is_wrong,
        embed=embed,
        preview_url=_preview_url(embed),
        blocks=code_blocks(embed) if embed else (),
        policy=content_security_policy(),
        recipes=recipes(embed) if embed else (),
    )


def _encoded(kind: str, asked: tuple[tuple[str, str], ...]) -> str:
    return urlencode([("soort", kind), *asked])


def _question(given: QueryDict) -> LessonQuery:
    """Return the question that was carried over; raise ``EmbedFault`` when it has a fault."""
    pairs = [(name, value) for name, values in given.lists() for value in values]
    try:
        query = replace(from_parameters(pairs), after=None)
        service.search(replace(query, first=1))
    except QueryError as fault:
        raise EmbedFault(fault_message(fault)) from fault
    return query


def _list(given: QueryDict, query: LessonQuery, options: EmbedOptions) -> ChosenEmbed:
    slug = given.get("feed", "").strip()
    _require_language_level(given, slug)
    asked = (("feed", slug),) if slug else to_parameters(query)
    shown = contents.lesson_list(asked, options)
    return ChosenEmbed(
        kind="lijst",
        title=shown.title,
        path=reverse("frontend_api:embed_list"),
        attributes={"feed": slug} if slug else _as_question(asked),
        parameters=asked,
        fallback_url=shown.more_url,
        options=options,
    )


def _lesson(given: QueryDict, _query: LessonQuery, options: EmbedOptions) -> ChosenEmbed:
    typed = given.get("les", "").strip()
    if not typed:
        raise EmbedFault("Plak in het formulier het adres van de les die u wilt tonen.")
    uuid = _uuid_of(typed)
    shown = contents.lesson_card(uuid) if uuid else None
    if shown is None:
        raise EmbedFault("Onder dit adres is geen les gevonden. Open de les en kopieer het adres.")
    if isinstance(shown, GoneEmbed):
        raise EmbedFault(shown.sentence)
    return ChosenEmbed(
        kind="les",
        title=shown.lesson.card.title,
        path=reverse("frontend_api:embed_lesson", args=[uuid]),
        attributes={"uuid": uuid},
        parameters=(),
        fallback_url=shown.lesson.card.uri,
        options=options,
    )


def _search(_given: QueryDict, query: LessonQuery, options: EmbedOptions) -> ChosenEmbed:
    asked = to_parameters(replace(query, text=""))
    return ChosenEmbed(
        kind="zoeken",
        title="Zoeken in de lessen",
        path=reverse("frontend_api:embed_search"),
        attributes=_as_question(asked),
        parameters=asked,
        fallback_url=absolute(search_url(replace(query, text=""))),
        options=options,
    )


def _gemeente(given: QueryDict, _query: LessonQuery, options: EmbedOptions) -> ChosenEmbed:
    code = given.get("code", "").strip()
    if not code:
        raise EmbedFault("Kies in het formulier een gemeente.")
    found = selectors.gemeente(code)
    if found is None:
        raise EmbedFault("Deze gemeente is er niet. Kies er een uit de lijst.")
    return ChosenEmbed(
        kind="gemeente",
        title=f"Gemeente {found.name}",
        path=reverse("frontend_api:embed_gemeente", args=[found.code]),
        attributes={"code": found.code},
        parameters=(),
        fallback_url=absolute(place_url("gemeente", found.code)),
        options=options,
    )


_CHOSEN: Mapping[str, Callable[[QueryDict, LessonQuery, EmbedOptions], ChosenEmbed]] = (
    MappingProxyType({"lijst": _list, "les": _lesson, "zoeken": _search, "gemeente": _gemeente})
)


def _as_question(asked: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {"vraag": urlencode(asked)} if asked else {}


def _uuid_of(typed: str) -> str:
    """Return the identity of the lesson under an address, or empty."""
    if found := _UUID.search(typed):
        return found[0].lower()
    slug = urlsplit(typed).path.rstrip("/").rpartition("/")[2]
    found_lesson = selectors.lesson(slug=slug) if slug and "\0" not in slug else None
    if found_lesson is None:
        return ""
    return found_lesson.card.uuid if isinstance(found_lesson, LessonDetail) else found_lesson.uuid


def _kinds(chosen: str, asked: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    path = reverse("frontend_api:embed_builder")
    return tuple(
        Choice(kind, label, kind == chosen, f"{path}?{_encoded(kind, asked)}")
        for kind, label in KINDS.items()
    )


def _feeds(given: QueryDict) -> tuple[Choice, ...]:
    """Return the feeds at the language level that was chosen, or all."""
    chosen, level = given.get("feed", ""), given.get("taalniveau", "")
    return tuple(
        Choice(
            feed.slug, f"{feed.title} (taalniveau {feed.language_level_label})", feed.slug == chosen
        )
        for feed in service.feeds()
        if level in {"", feed.language_level} or feed.slug == chosen
    )


def _language_levels(given: QueryDict) -> tuple[Choice, ...]:
    labels = {feed.language_level: feed.language_level_label for feed in service.feeds()}
    chosen = given.get("taalniveau", "")
    return tuple(Choice(code, label, code == chosen) for code, label in sorted(labels.items()))


def _require_language_level(given: QueryDict, slug: str) -> None:
    """Raise ``EmbedFault`` for a level at which there is no feed, or not this one."""
    level = given.get("taalniveau", "").strip()
    if not level:
        return
    feeds = service.feeds()
    if level not in {feed.language_level for feed in feeds}:
        raise EmbedFault("Op dit taalniveau is er geen feed. Kies een ander taalniveau.")
    if not slug:
        raise EmbedFault(
            "Kies in het formulier een feed op dit taalniveau. Een eigen zoekvraag toont lessen "
            "zoals zij geschreven zijn; laat het taalniveau daarvoor op ‘elk niveau’ staan.",
            status=200,
        )
    if any(feed.slug == slug and feed.language_level != level for feed in feeds):
        raise EmbedFault("Deze feed heeft een ander taalniveau. Kies een feed uit de lijst.")


def _gemeenten(chosen: str) -> tuple[Choice, ...]:
    labels = selectors.facet_labels("gemeente")
    return tuple(Choice(code, name, code == chosen) for code, name in labels.items())


def _preview_url(embed: ChosenEmbed | None) -> str:
    if embed is None:
        return ""
    found = urlsplit(embed.address())
    return f"{found.path}?{found.query}" if found.query else found.path
