"""Secrets in every place where a text can be and not be public.

Each holds the word ``kanarie``. Public texts never do, so whatever output shows that
word leaks. ``plant`` returns what a nosy visitor could guess: slugs, uuids, addresses.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import CustomDocument, CustomImage
from lessons.models import (
    Adoption,
    ChangeNote,
    LessonPage,
    LessonRelation,
    LessonSource,
    Phase,
    Recommendation,
)
from lessons.withdrawing import withdraw
from search import service
from search.models import Feed
from tests.factories import (
    make_content_page,
    make_gemeente,
    make_jeugdregio,
    make_lesson,
    make_pilot,
    make_section,
    make_term,
    story,
)

SECRET = "kanarie"
FEEDS = ("alle-lessen", "geheimen")


@dataclass
class Planted:
    """What is public, and what somebody could try in order to see the rest."""

    public: list[LessonPage] = field(default_factory=list)
    hidden: list[LessonPage] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    private_files: list[str] = field(default_factory=list)


def _secret_lesson(name: str, section: Any = None, **overrides: Any) -> LessonPage:
    """Return a lesson that holds the secret in every field that can hold words."""
    secret = f"{SECRET}{name}"
    texts = {
        "title": f"Titel {secret}",
        "slug": f"titel-{secret}",
        "core": f"Kern {secret}",
        **{
            part: story(f"Verhaal {secret}")
            for part in ("context", "trigger", "approach", "result", "explanation")
        },
        "works_if": [("condition", f"Voorwaarde {secret}")],
        "does_not_work_if": [("condition", f"Tenzij {secret}")],
        **dict.fromkeys(
            ("money_note", "time_note", "people_note", "period_note"), f"Noot {secret}"
        ),
        "interpretation_note": f"Duiding {secret}",
        "attribution": f"Bron {secret}",
        "contact_role": f"Rol {secret}",
        "recommendations": [Recommendation(text=f"Doe {secret}")],
        "sources": [
            LessonSource(title=f"Stuk {secret}", publisher=f"Uitgever {secret}", page=secret)
        ],
        "change_notes": [ChangeNote(date=datetime.date(2026, 1, 1), text=f"Anders {secret}")],
    }
    lesson = make_lesson(section, **{**texts, **overrides})
    Adoption.objects.create(
        lesson=lesson,
        jeugdregio=make_jeugdregio(),
        decision="applied",
        reason=f"Want {secret}",
        outcome=f"Daarna {secret}",
        decided_on=datetime.date(2026, 2, 1),
    )
    return lesson


def plant() -> Planted:
    """Fill the site with public lessons and with secrets all around them."""
    planted = Planted()
    planted.hidden = _hidden_lessons()
    image, document = _private_files(planted)
    hidden_pilots = _hidden_pages(planted)
    planted.public = _public_lessons(planted, image, document, hidden_pilots)
    planted.addresses += [lesson.get_url_parts()[2] for lesson in planted.hidden if lesson.pk]
    for form in ("", ".jsonld"):
        planted.addresses += [f"/id/les/{lesson.uuid}{form}" for lesson in planted.hidden]
        planted.addresses += [
            f"/id/pilot/{slug}{form}" for slug in ("kanarie-pilot", "kanarie-besloten")
        ]
    _feeds()
    get_user_model().objects.create_superuser(
        f"{SECRET}gebruiker", f"{SECRET}@example.org", "geheim", first_name=f"{SECRET}naam"
    )
    return planted


def _hidden_lessons() -> list[LessonPage]:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    draft = _secret_lesson("concept", published=False)
    private = _secret_lesson("besloten")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    locked = _secret_lesson("wachtwoord")
    PageViewRestriction.objects.create(
        page=locked, restriction_type="password", password=f"{SECRET}wachtwoord"
    )
    closed_section = make_section(make_jeugdregio("JZ09", "Besloten regio"))
    PageViewRestriction.objects.create(page=closed_section, restriction_type="login")
    inside = _secret_lesson("sectie", closed_section)
    scheduled = _secret_lesson("gepland", published=False, go_live_at=tomorrow)
    scheduled.get_latest_revision().publish()
    expired = _secret_lesson("verlopen")
    LessonPage.objects.filter(pk=expired.pk).update(
        expire_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    unpublished = _secret_lesson("offline")
    unpublished.unpublish()
    withdrawn = _secret_lesson("ingetrokken")
    withdraw(withdrawn, reason="privacy", explanation="Op verzoek.", replacement=draft)
    withdrawn_private = _secret_lesson("ingetrokkenbesloten")
    withdraw(withdrawn_private, reason="other", explanation=f"Want {SECRET}")
    PageViewRestriction.objects.create(page=withdrawn_private, restriction_type="login")
    deleted = _secret_lesson("verwijderd")
    Page.objects.get(pk=deleted.pk).specific.delete()
    return [
        draft, private, locked, inside, scheduled, expired, unpublished, withdrawn,
        withdrawn_private, deleted,
    ]  # fmt: skip


def _feeds() -> None:
    """Make a feed of all lessons, and one that asks for the secret."""
    for slug, query in zip(FEEDS, ("", f"q={SECRET}verlopen"), strict=True):
        Feed.objects.create(title=slug, slug=slug, description="Voor partners.", query=query)
    service.rebuild()


def _private_files(planted: Planted) -> tuple[CustomImage, CustomDocument]:
    collection = Collection.get_first_root_node().add_child(name=f"Map {SECRET}")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    image = CustomImage.objects.create(
        title=f"Foto {SECRET}",
        description=f"Op de foto {SECRET}",
        file=get_test_image_file(f"{SECRET}.png"),
        collection=collection,
    )
    document = CustomDocument.objects.create(
        title=f"Stuk {SECRET}",
        file=ContentFile(f"inhoud {SECRET}".encode(), f"{SECRET}.txt"),
        collection=collection,
    )
    rendition = image.get_rendition("width-960|format-webp")
    planted.private_files = [document.url, rendition.url, image.file.url]
    return image, document


def _hidden_pages(planted: Planted) -> list[Any]:
    draft = make_pilot("kanarie-pilot", published=False, title=f"Pilot {SECRET}")
    closed = make_pilot("kanarie-besloten", title=f"Pilot {SECRET}", startfoto=f"<p>{SECRET}</p>")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    draft_page = make_content_page(f"Pagina {SECRET}", live=False, summary=SECRET)
    closed_page = make_content_page(f"Besloten {SECRET}", summary=SECRET)
    PageViewRestriction.objects.create(page=closed_page, restriction_type="login")
    expired_page = make_content_page(
        f"Verlopen {SECRET}", expire_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    planted.addresses += [
        page.get_url_parts()[2] for page in (draft, closed, draft_page, closed_page, expired_page)
    ]
    return [draft, closed, draft_page, closed_page]


def _public_lessons(
    planted: Planted, image: CustomImage, document: CustomDocument, hidden_pages: list[Any]
) -> list[LessonPage]:
    """Make public lessons that refer to everything hidden."""
    links = " ".join(
        f'<a linktype="page" id="{page.pk}">hier</a>'
        for page in [*hidden_pages, *planted.hidden]
        if page.pk
    )
    with_revision = make_lesson(title="Openbaar een", gemeenten=[make_gemeente()])
    with_revision.title = f"Straks {SECRET}"
    with_revision.core = f"Straks {SECRET}"
    with_revision.save_revision()
    referring = make_lesson(
        title="Openbaar twee",
        pilot=hidden_pages[0],
        phases=[make_term(Phase, "uitvoering")],
        context=[
            ("paragraph", f"<p>Lees {links}.</p>"),
            ("picture", {"image": image, "caption": "Het huis"}),
            ("document", document),
        ],
        sources=[LessonSource(title="Stuk", document=document)],
        relations=[
            LessonRelation(kind="confirms", target=lesson)
            for lesson in planted.hidden
            if lesson.pk and LessonPage.objects.filter(pk=lesson.pk).exists()
        ],
    )
    # A hidden lesson that says something of a public one.
    hidden = planted.hidden[1]
    LessonRelation.objects.create(lesson=hidden, target=referring, kind="contradicts")
    make_lesson(title="Openbaar drie", pilot=hidden_pages[1])
    return list(LessonPage.objects.filter(title__startswith="Openbaar"))
