"""What an editor asks of the workbench: a question, and a change to try on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield

from lessons import selectors
from search.documents import lesson_documents
from search.editing.pinning import MOST_PINS
from search.editing.synonym_lists import WORD_FIELDS
from search.models import Pin, SynonymGroup
from search.naming_rules import WORD_LISTS, lines
from search.query import MAX_TEXT_LENGTH, LessonQuery
from search.trying import Draft
from search.ways_out import FACET_NAMES

CHOSEN_FACETS = tuple(facet for facet in selectors.FACETS if facet != "gemeente")
"""Filters that can be tried; a gemeente is typed as a word."""


class QuestionForm(forms.Form):
    """A question as a visitor would ask it."""

    q = forms.CharField(label=_("Question"), max_length=MAX_TEXT_LENGTH, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = selectors.facet_tables(CHOSEN_FACETS)
        for facet in CHOSEN_FACETS:
            labels = tables[facet].labels
            self.fields[facet] = forms.ChoiceField(
                label=FACET_NAMES[facet], required=False, choices=[("", "–"), *labels.items()]
            )

    @property
    def filters(self) -> list[forms.BoundField]:
        """The filters, apart from the question."""
        return [self[facet] for facet in CHOSEN_FACETS]

    @property
    def has_filters(self) -> bool:
        """Whether a filter is chosen."""
        return any(self.data.get(facet) for facet in CHOSEN_FACETS)

    def query(self) -> LessonQuery:
        """Return the question, once the form is valid."""
        chosen = {facet: (code,) for facet in CHOSEN_FACETS if (code := self.cleaned_data[facet])}
        return LessonQuery(text=self.cleaned_data["q"], filters=chosen)


class DraftGroupForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A group of synonyms that is tried and not saved; the rules are those of saving."""

    class Meta:
        model = SynonymGroup
        fields = WORD_FIELDS
        widgets = {
            field: forms.Textarea(attrs={"rows": 2})
            for field in WORD_FIELDS
            if field != "preferred"
        }

    def __init__(self, data: QueryDict) -> None:
        number = data.get("group", "")
        group = SynonymGroup.objects.filter(pk=number).first() if number.isdecimal() else None
        self.is_given = any(data.get(field, "").strip() for field in WORD_FIELDS)
        if group is None and (group := _group_named(data.get("preferred", ""))):
            data = _with_words_of(group, data)
        super().__init__(
            data if self.is_given else None, instance=group or SynonymGroup(), label_suffix=""
        )
        self.instance.is_active = True

    @property
    def words(self) -> dict[str, str]:
        """What is filled in, by field."""
        return {field: str(self[field].value() or "") for field in WORD_FIELDS}


def _group_named(preferred: str) -> SynonymGroup | None:
    return SynonymGroup.objects.filter(preferred__iexact=preferred.strip()).first()


def _with_words_of(group: SynonymGroup, data: QueryDict) -> QueryDict:
    """Add what was typed to the group that is there: a new one of that name cannot be."""
    merged = data.copy()
    merged["preferred"] = group.preferred
    for field in WORD_LISTS:
        together = dict.fromkeys((*group.words[field], *lines(data.get(field, ""))))
        merged[field] = "\n".join(together)
    return merged


class DraftPins:
    """Lessons that are tried on top: those chosen before, and one more."""

    def __init__(self, data: QueryDict) -> None:
        asked = [int(pk) for pk in (*data.getlist("pin"), data.get("lesson", "")) if pk.isdecimal()]
        public = selectors.still_public(asked)
        self.pks = tuple(pk for pk in dict.fromkeys(asked) if pk in public)[:MOST_PINS]
        self.has_refused = bool(set(asked) - set(self.pks))
        field = formfield_for_dbfield(
            Pin._meta.get_field("lesson"), required=False, help_text=_("Public lessons only.")
        )
        self.form = _one_field_form("lesson", field)

    @property
    def titles(self) -> Mapping[int, str]:
        """The chosen lessons with their titles, in order."""
        titles = {document.pk: document.card.title for document in lesson_documents(self.pks)}
        return {pk: titles[pk] for pk in self.pks if pk in titles}


def _one_field_form(name: str, field: forms.Field) -> forms.Form:
    form = forms.Form()
    form.fields[name] = field
    return form


def draft(group: DraftGroupForm, pins: DraftPins) -> Draft:
    """Return the change, once the form of the group is valid or empty."""
    return Draft(group.instance if group.is_given else None, pins.pks)
