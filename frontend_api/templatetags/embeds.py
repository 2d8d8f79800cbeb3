"""What other pages need to lead to the builder of embeds."""

from __future__ import annotations

from django import template

from frontend_api.embeds.builder import builder_url

register = template.Library()

register.simple_tag(builder_url, name="embed_builder_url")
