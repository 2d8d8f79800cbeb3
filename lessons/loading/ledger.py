"""Remembering what was loaded before, so that nothing comes back that an editor removed."""

from __future__ import annotations

from lessons.models import LoadedItem


class Ledger:
    """The items loaded so far. Make and save it in the transaction of the step."""

    def __init__(self) -> None:
        self._keys = set(LoadedItem.objects.values_list("key", flat=True))
        self._new: list[str] = []

    def is_first_time(self, key: str) -> bool:
        """Tell whether the item was never loaded; from now on it was."""
        if key in self._keys:
            return False
        self._keys.add(key)
        self._new.append(key)
        return True

    def save(self) -> None:
        """Keep what was added."""
        LoadedItem.objects.bulk_create(LoadedItem(key=key) for key in self._new)
        self._new = []
