"""How alike the places of lessons are to the place that somebody looks from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import fmean

from lessons.comparability.finding import Finder, gemeente_finder, jeugdregio_finder
from lessons.comparability.weighting import Weighting
from lessons.models import Gemeente
from lessons.records import PlaceRef, ViewedPlace


class Viewpoint:
    """A gemeente or jeugdregio, with how alike every other place is to it.

    From a gemeente, a jeugdregio is as alike as its gemeenten are on average. From a
    jeugdregio, a gemeente is as alike as the jeugdregio that it is part of. So a lesson
    can be compared whether it names gemeenten or only a region.
    """

    def __init__(self, code: str, finder: Finder, regions: Mapping[str, str]) -> None:
        """Take all places of the kind of ``code``, and the jeugdregio of each gemeente."""
        self._finder = finder
        self._refs = {place.ref.code: place.ref for place in finder.places}
        self._regions = regions
        self._own = finder.similarities(code)
        self.place = self._refs[code]
        self.similarities: Mapping[str, float] = {**self._of_other_kind(), **self._own}
        """Code of a gemeente or jeugdregio → how alike, 1 being alike on every trait.
        Places of which nothing is known are left out."""

    def _of_other_kind(self) -> dict[str, float]:
        if self.place.code not in self._regions:
            return {
                gemeente: self._own[region]
                for gemeente, region in self._regions.items()
                if region in self._own
            }
        members: defaultdict[str, list[float]] = defaultdict(list)
        for gemeente, similarity in self._own.items():
            members[self._regions[gemeente]].append(similarity)
        return {region: fmean(values) for region, values in members.items()}

    def nearest(self, places: Iterable[PlaceRef]) -> ViewedPlace | None:
        """Return the most alike of these places with the reasons; None when none is known."""
        known = [place for place in places if place.code in self.similarities]
        if not known:
            return None
        place = max(known, key=lambda each: self.similarities[each.code])
        return self._viewed(place)

    def _viewed(self, place: PlaceRef) -> ViewedPlace:
        similarity = round(self.similarities[place.code], 4)
        if place.code == self.place.code:
            return ViewedPlace(place, similarity, (), "Van hier.")
        if place.code in self._refs:
            reasons = self._finder.reasons(self.place.code, place.code)
            return ViewedPlace(place, similarity, reasons, "")
        if self.place.code in self._regions:
            note = "Geldt voor de hele jeugdregio; vergeleken met haar gemeenten, gemiddeld."
            return ViewedPlace(place, similarity, (), note)
        region = self._refs[self._regions[place.code]]
        if region.code == self.place.code:
            return ViewedPlace(place, similarity, (), "Uit deze jeugdregio.")
        reasons = self._finder.reasons(self.place.code, region.code)
        return ViewedPlace(
            place, similarity, reasons, f"Vergeleken is de jeugdregio {region.name}."
        )


def viewpoint(code: str, weighting: Weighting) -> Viewpoint | None:
    """Return the view from a gemeente or jeugdregio; None for an unknown code. Four queries."""
    regions = dict(Gemeente.objects.values_list("code", "jeugdregio__code"))
    if code in regions:
        return Viewpoint(code, gemeente_finder(weighting), regions)
    finder = jeugdregio_finder(weighting)
    if any(place.ref.code == code for place in finder.places):
        return Viewpoint(code, finder, regions)
    return None
