"""What every page type of the project shares."""

from typing import Any

from django.db import transaction
from wagtail.models import Page


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
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take the page offline in one transaction; see Wagtail's ``Page.unpublish``."""
        return super().unpublish(*args, **kwargs)
