"""The form of a lesson: panels in the order in which the story is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
    get_form_for_model,
)

from lessons.editing.drafts import SubmittedLesson
from lessons.editing.forms import LessonPageForm, RowForm
from lessons.editing.progress import Place, Progress, progress
from lessons.editing.widgets import GemeentenCheckboxes, TermCheckboxes, TermRadios


class RowsPanel(InlinePanel):
    """A child list whose rows are forms of ours."""

    def get_form_options(self) -> dict[str, Any]:
        """Return Wagtail's options, with our form of a row."""
        options: dict[str, Any] = super().get_form_options()
        of_a_row = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=RowForm,
            defer_required_on_fields=of_a_row.get("defer_required_on_fields", []),
        )
        return options


class LessonTabs(TabbedInterface):
    """The tabs of the form, under a bar that says how far the lesson is."""

    class BoundPanel(TabbedInterface.BoundPanel):
        """The tabs with the lesson that they show."""

        template_name = "lessons/panels/lesson_tabs.html"

        @cached_property
        def progress(self) -> Progress:
            """How far the lesson is, as it is in the form."""
            is_cleaned = self.form.is_bound and hasattr(self.form, "cleaned_data")
            lesson = SubmittedLesson(self.form) if is_cleaned else self.instance
            return progress(lesson, _places(self.children))


def _places(tabs: Iterable[Any]) -> dict[str, Place]:
    """Return where each field and child list of the form is."""
    return {
        name: Place(str(tab.heading), str(capfirst(label)))
        for tab in tabs
        for name, label in _named_panels([tab])
    }


def _named_panels(panels: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for panel in panels:
        definition = panel.panel
        if isinstance(definition, FieldPanel):
            yield definition.field_name, definition.db_field.verbose_name
        elif isinstance(definition, InlinePanel):
            yield definition.relation_name, definition.heading
        else:
            yield from _named_panels(getattr(panel, "children", []))


def lesson_edit_handler() -> TabbedInterface:
    """Return the form: the story, its tags, its ground, and its management."""
    return LessonTabs(
        [
            ObjectList(_story(), heading=_("Story")),
            ObjectList(_subject_and_place(), heading=_("Subject and place")),
            ObjectList(_ground(), heading=_("Ground")),
            ObjectList(_management(), heading=_("Management")),
        ],
        base_form_class=LessonPageForm,
    )


def _story() -> list[Panel]:
    return [
        TitleFieldPanel(
            "title",
            help_text=_(
                "Say what to do, in at most 100 characters. For example: 'Ask the family first "
                "whom they trust.'"
            ),
        ),
        FieldPanel("core", widget=forms.Textarea(attrs={"rows": 3, "maxlength": 280})),
        FieldPanel("kind", widget=TermRadios),
        FieldPanel("context"),
        FieldPanel("trigger"),
        FieldPanel("approach"),
        FieldPanel("result"),
        FieldPanel("explanation"),
        RowsPanel(
            "recommendations",
            heading=_("Recommendations"),
            label=_("recommendation"),
            help_text=_(
                "What should another region do tomorrow? Begin with a verb. For example: 'Agree "
                "with aanbieders on the direction before the purchase begins.'"
            ),
        ),
        FieldPanel("works_if"),
        FieldPanel("does_not_work_if"),
    ]


def _subject_and_place() -> list[Panel]:
    return [
        MultiFieldPanel(
            [
                FieldPanel("ontwikkelpunt", widget=TermRadios),
                FieldPanel("other_ontwikkelpunten", widget=TermCheckboxes),
            ],
            heading=_("Ontwikkelpunten"),
        ),
        FieldPanel("phases", widget=TermCheckboxes),
        RowsPanel(
            "partner_roles",
            heading=_("Partners"),
            label=_("partner"),
            help_text=_("Who took part, and as what? Name organisations, never people."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                FieldPanel("jeugdregio"),
                FieldPanel("gemeenten", widget=GemeentenCheckboxes),
            ],
            heading=_("Where"),
        ),
        FieldPanel("pilot", widget=forms.Select),
        FieldPanel("family_forms", widget=TermCheckboxes),
        FieldPanel("situations", widget=TermCheckboxes),
        FieldPanel("audiences", widget=TermCheckboxes),
    ]


def _ground() -> list[Panel]:
    return [
        FieldPanel("evidence_level", widget=TermRadios),
        FieldPanel("own_figures"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_to")]),
                FieldPanel("period_is_unknown"),
                FieldPanel("period_note"),
            ],
            heading=_("Period"),
        ),
        RowsPanel(
            "sources",
            heading=_("Sources"),
            label=_("source"),
            help_text=_("Where can a reader check this? An address or a document is enough."),
        ),
        FieldPanel("interpretation_note"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("money_band"), FieldPanel("money_amount")]),
                FieldPanel("money_note"),
                FieldPanel("time_band"),
                FieldPanel("time_note"),
                FieldRowPanel([FieldPanel("people_band"), FieldPanel("people_fte")]),
                FieldPanel("people_note"),
            ],
            heading=_("Means"),
            help_text=_("A band is enough; give the real figure if you have it."),
        ),
        RowsPanel(
            "relations",
            heading=_("Relations"),
            label=_("relation"),
            help_text=_("Does another lesson say the same, or the opposite?"),
        ),
    ]


def _management() -> list[Panel]:
    return [
        FieldPanel("privacy_declared"),
        MultiFieldPanel(
            [FieldPanel("licence"), FieldPanel("attribution"), FieldPanel("contact_role")],
            heading=_("Rights and contact"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("last_reviewed"), FieldPanel("next_review")])],
            heading=_("Review"),
        ),
        RowsPanel(
            "change_notes",
            heading=_("Change notes"),
            label=_("change note"),
            help_text=_("Say what changed when you edit a lesson that others already use."),
        ),
        FieldPanel("slug"),
        PublishingPanel(),
    ]
