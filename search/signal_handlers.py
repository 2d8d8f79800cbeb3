"""What makes a lesson's entry in the index old: each handler notes the lessons it touches.

The note is written in the transaction of the change, so that both happen or neither; the
index follows after the commit. Wagtail sends ``page_slug_changed`` and ``post_page_move``
when that transaction is over, too late for this. But both changes save a page within it,
and the save of a page notes every lesson under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction

from cms.models import CustomDocument
from lessons.models import (
    VOCABULARIES,
    Adoption,
    Concept,
    Gemeente,
    Jeugdregio,
    LessonPage,
    LessonRelation,
    Succession,
    Withdrawal,
)
from search import outbox
from search.affected import (
    lessons_showing,
    lessons_under,
    shown_models,
    with_dependent_terms,
)
from search.indexing import drain_after_commit
from search.models import Feed, Pin, PinnedQuery, SynonymGroup
from search.word_lists import word_lists_changed

DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
"""What Wagtail saves of a page when a draft is saved or locked: nothing of it is public."""


def _note(lesson_pks: Iterable[int]) -> None:
    if outbox.add(lesson_pks):
        drain_after_commit()


@receiver(post_save, dispatch_uid="search.page_saved")
def note_lessons_under_saved_page(
    sender: type[Any],
    instance: Any,
    update_fields: frozenset[str] | None = None,
    created: bool = False,
    **_kwargs: Any,
) -> None:
    """A page was saved: published, unpublished, renamed or moved."""
    if not isinstance(instance, Page) or (update_fields and update_fields <= DRAFT_FIELDS):
        return
    if created and not instance.live:
        # Nothing is under it, nothing refers to it, and nobody may see it.
        return
    _note(lessons_under(LessonPage, instance))


@receiver(pre_delete, dispatch_uid="search.page_deleted")
def note_lessons_under_deleted_page(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    """A page is about to be deleted, with all that is under it."""
    if isinstance(instance, Page):
        _note(lessons_under(LessonPage, instance))


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.restriction")
def note_lessons_under_restriction(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A part of the tree became private, or public again."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _note(lessons_under(LessonPage, page))


@receiver([post_save, post_delete], sender=Withdrawal, dispatch_uid="search.withdrawal")
def note_withdrawn_lesson(instance: Withdrawal, **_kwargs: Any) -> None:
    """A lesson was withdrawn or reinstated."""
    _note([instance.lesson_id])


@receiver([post_save, post_delete], sender=Adoption, dispatch_uid="search.adoption")
def note_adopted_lesson(instance: Adoption, **_kwargs: Any) -> None:
    """A region decided on a lesson, or took that back."""
    _note([instance.lesson_id])


@receiver([post_save, post_delete], sender=LessonRelation, dispatch_uid="search.relation")
def note_lesson_pointed_at(instance: LessonRelation, **_kwargs: Any) -> None:
    """A lesson replaces or contradicts another, or does so no more."""
    _note([instance.target_id])


def note_lessons_showing_term(
    sender: type[Concept], instance: Concept, created: bool = False, **_kwargs: Any
) -> None:
    """A term got another name or another place, was merged, or goes away."""
    # Nothing can refer to a term that was not there.
    if not created:
        terms = with_dependent_terms(sender, instance.pk)
        _note(lessons_showing(LessonPage, sender, terms))
    word_lists_changed()


@receiver(post_save, sender=Feed, dispatch_uid="search.feed")
def seek_members_of_saved_feed(**_kwargs: Any) -> None:
    """An editor made a feed, or asks something else in it."""
    drain_after_commit()


@receiver([post_save, post_delete], sender=SynonymGroup, dispatch_uid="search.synonyms")
def note_changed_synonyms(**_kwargs: Any) -> None:
    """An editor changed the synonyms: they count from the next search on."""
    word_lists_changed()


@receiver([post_save, post_delete], sender=Pin, dispatch_uid="search.pin")
@receiver([post_save, post_delete], sender=PinnedQuery, dispatch_uid="search.pinned_query")
def note_changed_pins(**_kwargs: Any) -> None:
    """An editor changed what stands on top, or a lesson that stood there was deleted."""
    word_lists_changed()


@receiver([post_save, pre_delete], sender=Gemeente, dispatch_uid="search.gemeente")
def note_lessons_showing_gemeente(
    instance: Gemeente, created: bool = False, **_kwargs: Any
) -> None:
    """A gemeente got another name or jeugdregio."""
    if not created:
        _note(lessons_showing(LessonPage, Gemeente, [instance.pk]))
    word_lists_changed()


@receiver([post_save, pre_delete], sender=Jeugdregio, dispatch_uid="search.jeugdregio")
def note_lessons_showing_jeugdregio(
    instance: Jeugdregio, created: bool = False, **_kwargs: Any
) -> None:
    """A jeugdregio got another name; lessons of its gemeenten are found under it too."""
    if not created:
        gemeenten = list(instance.gemeenten.values_list("pk", flat=True))
        _note(
            lessons_showing(LessonPage, Jeugdregio, [instance.pk])
            | lessons_showing(LessonPage, Gemeente, gemeenten)
        )
    word_lists_changed()


@receiver([post_save, post_delete], sender=Succession, dispatch_uid="search.succession")
def note_changed_former_names(**_kwargs: Any) -> None:
    """Lessons are found under another former name of their gemeente."""
    word_lists_changed()


FOLLOWED_MODELS = frozenset({*VOCABULARIES.values(), Gemeente, Jeugdregio})
"""Models to which lessons refer and whose changes are noted; pages are noted by their tree."""

UNINDEXED_MODELS = frozenset({CustomDocument})
"""Models to which lessons refer without a word of them in the index."""


def unfollowed_models() -> list[str]:
    """Return the models to which lessons refer and whose changes nobody notes."""
    unknown = shown_models(LessonPage) - FOLLOWED_MODELS - UNINDEXED_MODELS
    return sorted(model._meta.label for model in unknown)


for _vocabulary, _model in VOCABULARIES.items():
    for _signal in (post_save, pre_delete):
        _signal.connect(
            note_lessons_showing_term, sender=_model, dispatch_uid=f"search.term.{_vocabulary}"
        )
