"""Bringing what became of former gemeenten in line with the table, lessons included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from lessons.loading.former_gemeenten import FormerGemeente
from lessons.models import Adoption, Gemeente, LessonPage, PilotPage, Succession

PAGES: tuple[type[LessonPage | PilotPage], ...] = (LessonPage, PilotPage)


def save_successions(former: Iterable[FormerGemeente]) -> tuple[int, int, int]:
    """Make the successions equal to the table; return how many were new, changed and removed.

    Counts former gemeenten. Rows are saved and deleted one by one: who listens hears of each.
    """
    wanted = {one.code: _values(one) for one in former}
    pks = dict(Gemeente.objects.values_list("code", "pk"))
    present: defaultdict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for code, *values in Succession.objects.values_list(
        "former_code", "former_name", "ended_on", "sources", "is_main", "successor__code"
    ):
        present[code].add(tuple(values))
    stale = {code for code, values in present.items() if values != wanted.get(code)}
    fresh = [code for code, values in wanted.items() if values != present.get(code)]
    Succession.objects.filter(former_code__in=stale).delete()
    for code in fresh:
        for name, ended_on, sources, is_main, successor in sorted(wanted[code]):
            Succession.objects.create(
                former_code=code,
                former_name=name,
                ended_on=ended_on,
                sources=sources,
                is_main=is_main,
                successor_id=pks[successor],
            )
    changed = len(stale & wanted.keys())
    return len(fresh) - changed, changed, len(stale) - changed


def _values(one: FormerGemeente) -> set[tuple[Any, ...]]:
    return {
        (one.name, one.ended_on, one.sources, code == one.successors[0], code)
        for code in one.successors
    }


def move_to_successor(gone: Gemeente, successor: Gemeente) -> None:
    """Point all that refers to a gemeente that ended to its successor, drafts included.

    Call it before ``gone`` is removed. Whoever listens for changed places hears of the
    successor.
    """
    for model in PAGES:
        _move_pages(model, gone, successor)
    Adoption.objects.filter(gemeente=gone).update(gemeente=successor)
    successor.save()


def _move_pages(model: type[LessonPage | PilotPage], gone: Gemeente, successor: Gemeente) -> None:
    through = model.gemeenten.through
    rows = through._default_manager
    page_key = f"{model._meta.model_name}_id"
    moved = set(rows.filter(gemeente=gone).values_list(page_key, flat=True))
    already = set(rows.filter(gemeente=successor).values_list(page_key, flat=True))
    rows.filter(gemeente=gone).delete()
    rows.bulk_create(
        through(**{page_key: pk, "gemeente_id": successor.pk}) for pk in sorted(moved - already)
    )
    drafts = model._default_manager.filter(Q(pk__in=moved) | Q(has_unpublished_changes=True))
    for page in drafts:
        _move_revisions(page, gone.pk, successor.pk)


def _move_revisions(page: Page, gone: int, successor: int) -> None:
    """Change the drafts and earlier versions of a page, which keep keys of gemeenten."""
    for revision in page.revisions.all():
        pks = revision.content.get("gemeenten", [])
        if gone in pks:
            kept = (successor if pk == gone else pk for pk in pks)
            revision.content["gemeenten"] = list(dict.fromkeys(kept))
            # Not save(): that would make this the newest version.
            type(revision).objects.filter(pk=revision.pk).update(content=revision.content)
