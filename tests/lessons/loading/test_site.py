from __future__ import annotations

from django.conf import settings
from wagtail.models import Page, Site

from cms.models import ContentPage, HomePage
from lessons.loading.site import load_site, read_site
from lessons.models import LessonIndexPage, LessonSectionPage
from lessons.selectors import pilots


def test_the_home_page_takes_the_place_of_the_welcome_page(site: None) -> None:
    record = Site.objects.get()

    assert record.root_page.specific == HomePage.objects.get()
    assert record.root_url == settings.BASE_URL
    assert not Page.objects.exact_type(Page).filter(depth=2).exists()


def test_every_jeugdregio_has_a_section_and_the_country_too(site: None) -> None:
    assert LessonIndexPage.objects.get().get_url() == "/lessen/"
    assert LessonSectionPage.objects.count() == 43
    assert LessonSectionPage.objects.get(jeugdregio=None).slug == "landelijk"
    assert LessonSectionPage.objects.get(jeugdregio__code="JZ17").slug == (
        "midden-ijssel-oost-veluwe"
    )


def test_the_editorial_pages_are_online(site: None) -> None:
    pages = ContentPage.objects.live().order_by("path")

    assert [page.get_url() for page in pages] == ["/over/", "/toegankelijkheid/", "/privacy/"]


def test_a_page_that_an_editor_renamed_or_deleted_stays_so(site: None) -> None:
    ContentPage.objects.get(slug="privacy").delete()
    about = ContentPage.objects.get(slug="over")
    about.slug = "over-ons"
    about.save()

    load_site(read_site())

    assert set(ContentPage.objects.values_list("slug", flat=True)) == {
        "over-ons",
        "toegankelijkheid",
    }


def test_refreshing_gives_a_page_its_text_back(site: None) -> None:
    about = ContentPage.objects.get(slug="over")
    about.title = "Iets anders"
    about.save_revision().publish()

    counts = load_site(read_site(), refresh=True)

    assert ContentPage.objects.get(slug="over").title == "Over Lessenbank"
    assert counts.changed == 1


def test_the_site_follows_a_changed_address(site: None, settings: object) -> None:
    settings.BASE_URL = "https://lessenbank.example"

    load_site(read_site())

    assert Site.objects.get().root_url == "https://lessenbank.example"


def test_five_pilots_are_public_with_what_is_known(site: None) -> None:
    by_slug = {pilot.slug: pilot for pilot in pilots()}

    assert set(by_slug) == {
        "flevoland",
        "groningen",
        "midden-ijssel-oost-veluwe",
        "noord-limburg",
        "zuid-kennemerland",
    }
    pilot = by_slug["noord-limburg"]
    assert pilot.jeugdregio is not None
    assert pilot.jeugdregio.code == "JZ37"
    assert len(pilot.gemeenten) == 7
    assert pilot.ontwikkelpunten == ()
    assert [phase.phase.code for phase in pilot.phases] == [
        "aanmelding",
        "selectie",
        "analyse-startfoto",
        "plan-van-aanpak",
        "uitvoering",
        "borging",
        "landelijk-delen",
    ]
    assert str(pilot.phases[0].ends_on) == "2018-09-24"
    assert [(role.partner.code, role.role) for role in pilot.partners] == [
        ("nji", "lead"),
        ("nvp", "lead"),
        ("vng", "participant"),
        ("jeugdzorg-nederland", "participant"),
        ("vws", "funder"),
    ]
