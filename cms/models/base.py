"""What every page type of the project shares."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.url_routing import RouteResult


class AtomicPage(Page):
    """A page whose publication happens wholly or not at all.

    Wagtail saves the page in a transaction, but writes the log and ends the workflow
    after it. Here one transaction holds all of it, with what signal handlers add, so
    that a process killed half-way leaves nothing half-published.
    """

    class Meta:
        abstract = True

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision in one transaction; see Wagtail's ``Page.publish``."""
        # Needs models that are loaded.
        from wagtail.signal_handlers import (
            disable_reference_index_auto_update,
            update_reference_index_on_save,
        )

        # A lesson has some fifteen rows with it; Wagtail would go through all of it for each.
        with disable_reference_index_auto_update():
            published = super().publish(*args, **kwargs)
        update_reference_index_on_save(self)
        return published

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take the page offline in one transaction; see Wagtail's ``Page.unpublish``."""
        return super().unpublish(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answer for the page's address only within its time.

        Wagtail takes an expired page offline when its scheduler passes by; until then
        the address would still show it.
        """
        now = timezone.now()
        begun = self.go_live_at is None or self.go_live_at <= now
        expired = self.expire_at is not None and self.expire_at <= now
        if not path_components and (expired or not begun):
            raise Http404
        return super().route(request, path_components)
