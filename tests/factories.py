"""Makers of what tests need, complete by the product's own bar.

Each makes the real thing in the database, with its signals and revisions. A lesson that is
to be public is added as a page that is live, in half the time of publishing a draft, and
stands as one that was published: what publishing itself does is for a test to do.
"""

from __future__ import annotations

import datetime
import itertools
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from cms.models import ContentPage, HomePage
from lessons.models import (
    Audience,
    Concept,
    EvidenceLevel,
    Gemeente,
    Jeugdregio,
    LessonIndexPage,
    LessonPage,
    LessonPartner,
    LessonSectionPage,
    LessonSource,
    Ontwikkelpunt,
    Partner,
    Phase,
    PilotIndexPage,
    PilotPage,
    Recommendation,
    Succession,
)

ConceptT = TypeVar("ConceptT", bound=Concept)
_numbers = itertools.count(1)

RELATIONS = {
    *("phases", "audiences", "other_ontwikkelpunten", "family_forms", "situations", "gemeenten"),
    *("partner_roles", "recommendations", "sources", "relations", "change_notes"),
}


def make_term(
    model: type[ConceptT], code: str, label: str | None = None, **fields: Any
) -> ConceptT:
    """Return the term with this code, made when absent, with the fields that are given."""
    given = fields if label is None else {"label": label, **fields}
    term, created = model._default_manager.get_or_create(
        code=code, defaults={"label": code.capitalize(), **given}
    )
    if not created and any(getattr(term, name) != value for name, value in given.items()):
        for name, value in given.items():
            setattr(term, name, value)
        term.save()
    return term


def make_jeugdregio(code: str = "JZ01", name: str | None = None) -> Jeugdregio:
    """Return the jeugdregio with this code, made when absent, with the name that is given."""
    region, _created = Jeugdregio.objects.get_or_create(
        code=code, defaults={"name": name or "Groningen"}
    )
    if name is not None and region.name != name:
        region.name = name
        region.save()
    return region


def make_gemeente(
    code: str = "GM0014", name: str = "Groningen", jeugdregio: Jeugdregio | None = None
) -> Gemeente:
    """Return the gemeente with this code, made when absent."""
    return Gemeente.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "cbs_name": name,
            "tooi_uri": f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}",
            "provincie_code": "PV20",
            "provincie": "Groningen",
            "jeugdregio": jeugdregio or make_jeugdregio(),
            "latitude": 53.2,
            "longitude": 6.6,
        },
    )[0]


def make_former_gemeente(
    code: str, name: str, *successors: Gemeente, ended_on: str = "2019-01-01"
) -> None:
    """Make a gemeente that ended and went to these, the first as main successor."""
    for successor in successors:
        Succession.objects.create(
            former_code=code,
            former_name=name,
            ended_on=ended_on,
            successor=successor,
            is_main=successor is successors[0],
            sources="R",
        )


def make_home() -> HomePage:
    """Return the home page, made as root of the one site when absent."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title="Lessenbank", slug="lessenbank"))
        Site.objects.all().delete()
        Site.objects.create(
            hostname="testserver", root_page=home, is_default_site=True, site_name="Lessenbank"
        )
    return home


def make_index() -> LessonIndexPage:
    """Return the list of lessons, made when absent."""
    found = LessonIndexPage.objects.first()
    return found or make_home().add_child(instance=LessonIndexPage(title="Lessen", slug="lessen"))


def make_section(jeugdregio: Jeugdregio | None = None) -> LessonSectionPage:
    """Return the section of a jeugdregio (none: the national one), made when absent."""
    found = LessonSectionPage.objects.filter(jeugdregio=jeugdregio).first()
    title = jeugdregio.name if jeugdregio else "Landelijk"
    return found or make_index().add_child(
        instance=LessonSectionPage(title=title, jeugdregio=jeugdregio)
    )


def make_pilot(
    slug: str = "pilot-groningen", *, published: bool = True, **fields: Any
) -> PilotPage:
    """Return a new pilot."""
    index = PilotIndexPage.objects.first() or make_home().add_child(
        instance=PilotIndexPage(title="Pilots", slug="pilots")
    )
    values = {
        "title": "Pilot Groningen",
        "summary": "Wat is er nodig om kinderen thuis te laten opgroeien?",
        "jeugdregio": make_jeugdregio(),
        **fields,
    }
    return index.add_child(instance=PilotPage(slug=slug, live=published, **values))


def make_content_page(title: str = "Over Lessenbank", **fields: Any) -> ContentPage:
    """Return a new editorial page."""
    values = {"body": "<p>Een pagina.</p>", **fields}
    return make_home().add_child(instance=ContentPage(title=title, **values))


def story(*paragraphs: str) -> list[tuple[str, str]]:
    """Return a StreamField value of paragraphs."""
    return [("paragraph", f"<p>{text}</p>") for text in paragraphs]


def make_base() -> None:
    """Make what a first lesson would make beside itself: its section, and its terms."""
    section = make_section(make_jeugdregio())
    _complete_relations()
    _complete_fields(section, 0)


def forget_base() -> None:
    """Take away what ``make_base`` made: the database is as after its migrations."""
    for home in HomePage.objects.all():
        home.delete()
    for model in (Phase, Audience, Partner, Ontwikkelpunt, EvidenceLevel, Jeugdregio):
        model._default_manager.all().delete()
    welcome = Page.objects.filter(depth=2).first()
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def make_lesson(
    section: LessonSectionPage | None = None, *, published: bool = True, **overrides: Any
) -> LessonPage:
    """Return a new lesson that is complete; ``overrides`` replace fields and relations."""
    section = section or make_section(make_jeugdregio())
    values = {**_complete_fields(section, next(_numbers)), **_complete_relations(), **overrides}
    relations = {name: values.pop(name) for name in RELATIONS & values.keys()}
    is_due = published and values.get("go_live_at") is None
    lesson = LessonPage(**{"live": is_due, **values})
    # A page keeps its relations in memory until it is saved, which here is once.
    for name, related in relations.items():
        getattr(lesson, name).set(related)
    section.add_child(instance=lesson)
    # Saving the page has just cleaned it.
    revision = lesson.save_revision(clean=False)
    if is_due:
        _stand_as_published(lesson, revision)
    elif published:
        revision.publish()
    if published:
        lesson.refresh_from_db()
    return lesson


def _stand_as_published(lesson: LessonPage, revision: Revision) -> None:
    now = timezone.now()
    LessonPage.objects.filter(pk=lesson.pk).update(
        live_revision=revision,
        has_unpublished_changes=False,
        first_published_at=lesson.first_published_at or now,
        last_published_at=lesson.last_published_at or now,
    )


def _complete_relations() -> dict[str, Any]:
    return {
        "phases": [make_term(Phase, "uitvoering")],
        "audiences": [make_term(Audience, "beleidsmakers")],
        "partner_roles": [LessonPartner(partner=make_term(Partner, "nji", "NJi"), role="lead")],
        "recommendations": [Recommendation(text="Begin met een gesprek.")],
        "sources": [LessonSource(title="Verslag", url="https://example.org/verslag")],
    }


def _complete_fields(section: LessonSectionPage, number: int) -> dict[str, Any]:
    return {
        "title": f"Vraag eerst het gezin zelf {number}",
        "core": "Wie het gezin eerst vraagt wie het vertrouwt, vindt vaker hulp dichtbij.",
        "context": story("Een wijkteam zocht hulp in de eigen kring."),
        "approach": story("Het team vroeg elk gezin wie het vertrouwt."),
        "result": story("In acht van tien gezinnen kwam er iemand bij."),
        "ontwikkelpunt": make_term(Ontwikkelpunt, "informele-steun", "Informele steun"),
        "evidence_level": make_term(EvidenceLevel, "ervaring", "Eén ervaring"),
        "jeugdregio": section.jeugdregio,
        "scope": "regional" if section.jeugdregio else "national",
        "period_from": 2024,
        "last_reviewed": datetime.date(2026, 1, 15),
        "next_review": datetime.date(2027, 1, 15),
        "attribution": "Jeugdregio Groningen",
        "contact_role": "projectleider pleegzorg",
        "privacy_declared": True,
    }


def base_url() -> str:
    """Return the address that the tests' URIs begin with."""
    return str(settings.BASE_URL)
