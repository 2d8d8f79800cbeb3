"""Links by which somebody without an account reads a draft."""

from django.conf import settings
from django.db import models

from lessons.models.lesson import LessonPage


class DraftLink(models.Model):
    """One link that was given out for a lesson; without its row a link opens nothing.

    It ends on its own at ``expires_at``, with the lesson, and with the account of whoever
    made it. ``lessons.draft_links`` makes, reads and revokes it.
    """

    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="draft_links")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="draft_links"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.lesson} ({self.expires_at:%Y-%m-%d})"
