"""What the home page and the pages of pilots look up for themselves."""

from __future__ import annotations

from django import template

from frontend_api.portal import home_page
from frontend_api.portal.pilot_timeline import pilot_timeline

register = template.Library()

register.simple_tag(home_page.most_applied)
register.simple_tag(home_page.place_choice)
register.simple_tag(home_page.pilot_map)
register.simple_tag(pilot_timeline)
