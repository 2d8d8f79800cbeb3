from django.db import models


class ContentChange(models.Model):
    """A transaction that may have changed what the public sees.

    Rows are only added, so that transactions at the same time never wait for each other.
    """

    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}"
