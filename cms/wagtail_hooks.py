"""What the project changes in Wagtail's admin as a whole."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("construct_main_menu")
def leave_out_wagtail_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out links to Wagtail's own manuals, which are in English."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
