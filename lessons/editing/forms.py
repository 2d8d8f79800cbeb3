"""The form of a lesson: light to begin, strict when the lesson goes out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from lessons.editing.choosers import offer_lessons
from lessons.editing.defaults import give_defaults
from lessons.editing.drafts import SubmittedLesson
from lessons.editing.permissions import choosable_lessons
from lessons.editing.widgets import GroupedGemeenten, TermRadios
from lessons.models import Concept, LessonPage
from lessons.obstacles import obstacles


class RowForm(WagtailAdminModelForm):
    """A row of a child list; one that was added and left empty does not stand in the way.

    A draft also leaves out a row that lacks what the database asks of it, such as the
    partner of a role: it stays in the browser until it is filled in.
    """

    def is_begun(self) -> bool:
        """Return whether somebody filled in enough of the row to keep it."""
        if self.instance.pk is not None:
            return True
        if self.is_deferred_validation and self._lacks_something_required():
            return False
        return bool(set(self.changed_data) - {ORDERING_FIELD_NAME})

    def _lacks_something_required(self) -> bool:
        return any(field.required and not self[name].data for name, field in self.fields.items())

    def has_changed(self) -> bool:
        """Return whether there is something to save; Django counts the place of a new row."""
        return self.is_begun() and bool(super().has_changed())

    def full_clean(self) -> None:
        """Validate; ask nothing of a row that is not begun."""
        if self.is_bound and not self.is_begun():
            for field in self.fields.values():
                field.required = False
        super().full_clean()
        if self.is_bound and ORDERING_FIELD_NAME in self.fields:
            # Django reads nothing of a row that is not begun; Wagtail sorts by every place.
            self.cleaned_data.setdefault(ORDERING_FIELD_NAME, self._place())

    def _place(self) -> int | None:
        try:
            place: int | None = self.fields[ORDERING_FIELD_NAME].clean(
                self[ORDERING_FIELD_NAME].data
            )
        except ValidationError:
            return None
        return place


class LessonPageForm(WagtailAdminPageForm):
    """Fills in what is known of a new lesson; holds a lesson that goes out to the bar.

    Saving a draft asks for a title only. Submitting, publishing and approving ask for
    everything, and say at each field what is missing or must be taken out.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        parent_page: Any = None,
        *args: Any,
        instance: LessonPage | None = None,
        **kwargs: Any,
    ) -> None:
        if instance is not None and instance.pk is None and data is None and parent_page:
            give_defaults(instance, parent_page.specific)
        super().__init__(data, files, parent_page, *args, instance=instance, **kwargs)
        self.fields["slug"].required = False  # made from the title when left empty
        self._offer_current_terms()
        self._group_gemeenten()
        self._offer_choosable_lessons()

    def _offer_current_terms(self) -> None:
        """Offer the terms that are not retired, and those that the lesson already has."""
        for name, field in self.fields.items():
            model = getattr(getattr(field, "queryset", None), "model", None)
            if model is not None and issubclass(model, Concept):
                chosen = self._chosen_keys(name)
                field.queryset = field.queryset.filter(Q(is_retired=False) | Q(pk__in=chosen))
                if isinstance(field.widget, TermRadios):
                    field.empty_label = _("Not chosen yet")

    def _chosen_keys(self, name: str) -> list[Any]:
        value = self.initial.get(name)
        items = value if isinstance(value, Iterable) else [value]
        return [getattr(item, "pk", item) for item in items if item is not None]

    def _group_gemeenten(self) -> None:
        if "gemeenten" in self.fields:
            section = self.parent_page.specific if self.parent_page else None
            own_region = self.instance.jeugdregio or getattr(section, "jeugdregio", None)
            self.fields["gemeenten"].choices = GroupedGemeenten(own_region)

    def _offer_choosable_lessons(self) -> None:
        formset = self.formsets.get("relations")
        if formset is not None and self.for_user is not None:
            lessons = choosable_lessons(self.for_user)
            for row in formset.forms:
                offer_lessons(row.fields["target"], lessons, chosen_key=row.instance.target_id)

    def clean_slug(self) -> str:
        """Return an address that is free, as long as nobody can know the address yet.

        Two lessons may well begin with the same title; that must not stop the writer.
        """
        slug = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("title", ""))
        if self.instance.first_published_at is not None or self.parent_page is None:
            return str(slug)
        siblings = self.parent_page.get_children().exclude(pk=self.instance.pk)
        taken = set(siblings.filter(slug__startswith=slug).values_list("slug", flat=True))
        numbered = (f"{slug}-{number}" for number in itertools.count(2))
        return slug if slug not in taken else next(free for free in numbered if free not in taken)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_bound and not self.is_deferred_validation and not self._takes_a_step_back():
            self._hold_to_the_bar()

    def _takes_a_step_back(self) -> bool:
        """Whether the lesson is sent back or called back, which needs no complete lesson."""
        return "action-cancel-workflow" in self.data or (
            "action-workflow-action" in self.data
            and self.data.get("workflow-action-name") == "reject"
        )

    def _hold_to_the_bar(self) -> None:
        for obstacle in obstacles(SubmittedLesson(self)):
            if obstacle.field in self.formsets:
                self.formsets[obstacle.field].non_form_errors().append(obstacle.message)
            elif obstacle.field in self.fields:
                self.add_error(obstacle.field, obstacle.message)
            else:
                self.add_error(None, obstacle.message)
