"""The places beside a lesson."""

from types import SimpleNamespace

import pytest

from frontend_api.portal.place_links import PlaceLink, place_links
from lessons.records import PlaceRef

DRENTHE = PlaceRef("JZ04", "Drenthe", "")


def links(*names, jeugdregio=None):
    gemeenten = tuple(PlaceRef(f"GM{number:04}", name, "") for number, name in enumerate(names))
    card = SimpleNamespace(gemeenten=gemeenten, jeugdregio=jeugdregio, scope_label="het hele land")
    return place_links(card)


def test_the_smallest_area_known_is_named_and_leads_to_its_page():
    assert links("Meppel", jeugdregio=DRENTHE) == (PlaceLink("Meppel", "/gemeenten/GM0000/"),)
    assert links(jeugdregio=DRENTHE) == (PlaceLink("Jeugdregio Drenthe", "/jeugdregios/JZ04/"),)
    assert links() == (PlaceLink("Het hele land"),)


def test_of_many_gemeenten_three_are_named():
    assert [link.label for link in links("A", "B", "C", "D", "E")] == ["A", "B", "C", "2 andere"]


@pytest.mark.parametrize(
    ("names", "joints"),
    [
        (["A"], [""]),
        (["A", "B"], [" en", ""]),
        (["A", "B", "C"], [",", " en", ""]),
        (["A", "B", "C", "D", "E"], [",", ",", " en", ""]),
    ],
)
def test_the_last_two_are_joined_by_a_word(names, joints):
    assert [link.joint for link in links(*names)] == joints
