"""Form controls for choosing among few terms and among many gemeenten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.models import Gemeente, Jeugdregio


class TermCheckboxes(forms.CheckboxSelectMultiple):
    """All terms of a small vocabulary, each with a box to tick."""

    template_name = "lessons/widgets/terms.html"


class TermRadios(forms.RadioSelect):
    """All terms of a small vocabulary, one to choose."""

    template_name = "lessons/widgets/terms.html"


class GemeentenCheckboxes(forms.CheckboxSelectMultiple):
    """The gemeenten of the own region at hand, all others folded under their region.

    Works without a script; with one, the others can be found by typing.
    """

    template_name = "lessons/widgets/gemeenten.html"

    class Media:
        js = ["lessons/gemeenten.js"]


class GroupedGemeenten:
    """Choices for :class:`GemeentenCheckboxes`; one query each time they are shown."""

    def __init__(self, own_region: Jeugdregio | None) -> None:
        self._own_region = own_region

    def __iter__(self) -> Iterator[tuple[Any, list[tuple[int, str]]]]:
        groups: dict[str, list[tuple[int, str]]] = {}
        own_region = self._own_region
        if own_region is not None:
            groups[own_region.name] = []
        rows = Gemeente.objects.order_by("jeugdregio__name", "name")
        for pk, name, region in rows.values_list("pk", "name", "jeugdregio__name"):
            groups.setdefault(region, []).append((pk, name))
        if own_region is None:
            yield _("Own region"), []
        yield from groups.items()
