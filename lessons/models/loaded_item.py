"""What the loading commands brought in."""

from django.db import models


class LoadedItem(models.Model):
    """An item of the shipped content that was loaded once.

    Loading creates an item once only: what editors change, rename or delete afterwards
    does not come back at the next start.
    """

    key = models.CharField(max_length=160, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
