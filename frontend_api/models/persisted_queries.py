"""Questions that partners ask by their hash."""

from __future__ import annotations

from django.db import models


class PersistedQuery(models.Model):
    """The text of a question that partners ask by its hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    used_on = models.DateField(db_index=True)
    is_trusted = models.BooleanField(default=False, db_index=True)
    """Let in by an administrator: it is answered where others are not, and makes no room."""

    def __str__(self) -> str:
        return self.sha256
