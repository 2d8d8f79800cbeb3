"""The system checks notice what somebody forgot."""

from __future__ import annotations

import pytest

from lessons import checks
from lessons.completeness import Requirement
from lessons.models import LessonPage, Phase


def test_nothing_is_forgotten_now() -> None:
    assert checks.check_texts_are_checked_for_privacy() == []
    assert checks.check_requirements_name_fields() == []
    assert checks.check_vocabularies_are_known() == []
    assert checks.check_vocabularies_can_be_managed() == []


def test_a_text_without_privacy_check_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = tuple(name for name in LessonPage.TEXT_FIELDS if name != "core")
    monkeypatch.setattr(LessonPage, "TEXT_FIELDS", fields)

    (error,) = checks.check_texts_are_checked_for_privacy()

    assert (error.id, "'core'" in error.msg) == ("lessons.E001", True)


def test_a_text_of_a_child_without_privacy_check_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(checks.CHILD_TEXT_FIELDS, "sources", ("title",))

    (error,) = checks.check_texts_are_checked_for_privacy()

    assert "'sources.publisher'" in error.msg


def test_a_requirement_without_a_field_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = Requirement("strange", lambda lesson: True, "")
    monkeypatch.setattr(checks, "REQUIREMENTS", (strange,))

    assert [error.id for error in checks.check_requirements_name_fields()] == ["lessons.E002"]


def test_a_vocabulary_that_is_not_listed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(checks.VOCABULARIES, "phase")

    (error,) = checks.check_vocabularies_are_known()

    assert (error.id, "'Phase'" in error.msg) == ("lessons.E003", True)


def test_a_vocabulary_that_editors_cannot_manage_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "get_snippet_models", lambda: [])
    monkeypatch.setattr(checks, "VOCABULARIES", {"phase": Phase})

    assert [error.id for error in checks.check_vocabularies_can_be_managed()] == ["lessons.E004"]
