"""Feeds in the CMS: named selections of lessons that others follow."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from search.feeds.questions import stored_form
from search.models import Feed
from search.query import QueryError


class FeedForm(WagtailAdminModelForm):
    """A feed; its name in the address is settled when it is first saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["slug"].disabled = True

    def clean_query(self) -> str:
        """Keep the question in its own form; refuse one that cannot be asked."""
        try:
            return stored_form(self.cleaned_data["query"])
        except QueryError as fault:
            raise ValidationError(
                gettext("This question cannot be asked: %(fault)s") % {"fault": fault.message}
            ) from fault


def _state(feed: Feed) -> str:
    if not feed.is_active:
        return gettext("ended")
    if feed.fault:
        return gettext("no longer kept up to date: %(fault)s") % {"fault": feed.fault}
    number = feed.present  # type: ignore[attr-defined]  # annotated below
    return ngettext("%(number)s lesson", "%(number)s lessons", number) % {"number": number}


def _maker(feed: Feed) -> str:
    return feed.made_by or gettext("editors")


class FeedViewSet(SnippetViewSet):
    """The list and form of feeds."""

    model = Feed
    icon = "redirect"
    menu_label = _("Feeds")
    menu_name = "feeds"
    menu_order = 320
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        "slug",
        Column("state", label=_("State"), accessor=_state),
        Column("made_by", label=_("Made by"), accessor=_maker),
        "changed_at",
    ]
    list_per_page = 50
    search_fields = ["title", "slug", "description"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("slug"),
            FieldPanel("description"),
            FieldPanel("query"),
            FieldPanel("language_level"),
            FieldPanel("is_active"),
            FieldPanel("made_by", read_only=True),
        ],
        base_form_class=FeedForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        """Return the feeds, each with the number of its lessons."""
        present = Count("members", filter=Q(members__left_at__isnull=True))
        return Feed.objects.annotate(present=present)
