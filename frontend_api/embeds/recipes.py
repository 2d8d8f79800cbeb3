"""How an embed is put in place on one kind of website or another."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html

from frontend_api.embeds import released
from frontend_api.embeds.code import ChosenEmbed, released_url


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is done on one kind of website."""

    name: str
    heading: str
    steps: tuple[str, ...]
    code: str


def recipes(embed: ChosenEmbed) -> tuple[Recipe, ...]:
    """Return the recipes, filled in for an embed."""
    return (
        Recipe(
            "gewoon",
            "Een gewone website",
            (
                "Plak de code van de web component op de plek waar de lessen moeten komen.",
                "Heeft uw site een Content Security Policy, neem dan de regels hieronder op.",
            ),
            "",
        ),
        Recipe(
            "wordpress",
            "WordPress",
            (
                "Mag u scripts plaatsen? Voeg een blok ‘Aangepaste HTML’ toe en plak de code van "
                "de web component.",
                "Mag dat niet, gebruik dan de code van het iframe zonder script.",
                "Of laat de server de lessen ophalen: zet dit als "
                "wp-content/plugins/lessenbank.php, zet de plugin aan en schrijf [lessenbank] in "
                "de pagina.",
            ),
            _wordpress_shortcode(embed),
        ),
        Recipe(
            "drupal",
            "Drupal",
            (
                "Zet dit in uw thema in het bestand <thema>.libraries.yml, en onder ‘libraries’ in "
                "<thema>.info.yml de regel ‘- <thema>/lessenbank’. Leeg daarna de cache.",
                f"Laat het tekstformaat dit element toe: {_allowed_element(embed)}.",
                "Plaats een blok met dat element: de code van de web component zonder de regels "
                "van het script.",
            ),
            _drupal_library(),
        ),
    )


def _wordpress_shortcode(embed: ChosenEmbed) -> str:
    """Return a plugin for WordPress that includes the fragment, and keeps it for three minutes."""
    return (
        "<?php\n"
        "/* Plugin Name: Lessenbank */\n"
        "defined('ABSPATH') || exit;\n"
        "add_shortcode('lessenbank', function () {\n"
        f"    $adres = {_php(embed.address(vorm='fragment'))};\n"
        "    $html = get_transient('lessenbank');\n"
        "    if ($html === false) {\n"
        "        $antwoord = wp_remote_get($adres, ['timeout' => 5]);\n"
        "        $html = wp_remote_retrieve_body($antwoord);\n"
        "        if (strpos($html, 'data-lessenbank') === false) {\n"
        f"            $html = {_php(_fallback(embed))};\n"
        "        }\n"
        "        set_transient('lessenbank', $html, 180);\n"
        "    }\n"
        f"    wp_enqueue_style('lessenbank', {_php(released_url('css'))}, [], null);\n"
        "    return $html;\n"
        "});"
    )


def _allowed_element(embed: ChosenEmbed) -> str:
    """Return the element with the names of its attributes, as a text format of Drupal asks."""
    return f"<{' '.join([f'lessenbank-{embed.kind}', *embed.attributes, *embed.looks()])}>"


def _drupal_library() -> str:
    """Return the entry in the libraries file of a theme in Drupal."""
    name = f"lessenbank-{released.VERSION}.js"
    return (
        "lessenbank:\n"
        "  js:\n"
        f"    {released_url('js')}:\n"
        "      type: external\n"
        f"      attributes: {{ defer: true, crossorigin: anonymous, "
        f"integrity: {released.integrity(name)} }}"
    )


def _fallback(embed: ChosenEmbed) -> str:
    return format_html('<p><a href="{}">{}</a></p>', embed.fallback_url, embed.title)


def _php(text: str) -> str:
    """Return the text as a string of PHP, in which nothing is looked for."""
    return "'{}'".format(text.replace("\\", "\\\\").replace("'", "\\'"))
