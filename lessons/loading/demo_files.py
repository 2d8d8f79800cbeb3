"""Reading the file of made-up examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from lessons.choices import AdoptionDecision, WithdrawalReason
from lessons.loading.content_files import CONTENT_DIR, Entry, read_entry
from lessons.loading.lesson_files import KnownCodes, LessonEntry, read_lesson
from lessons.loading.problems import Problem, raise_if_any

EXAMPLE_MARK = "Voorbeeld"
"""How everything made up begins, so that nobody takes it for real."""


class DemoRole(StrEnum):
    """What a demo log-in may do."""

    REGION_EDITOR = "regioredacteur"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "beheerder"


class LessonState(StrEnum):
    """The state in which an example shows itself."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class DemoUser:
    """A log-in with its role; ``jeugdregio`` only for a region editor."""

    username: str
    name: str
    role: DemoRole
    jeugdregio: str


@dataclass(frozen=True)
class DemoLesson:
    """An example in a state; the withdrawal fields only for a withdrawn one."""

    lesson: LessonEntry
    state: LessonState
    author: str
    reason: str
    explanation: str
    replacement: str


@dataclass(frozen=True)
class DemoAdoption:
    """An example of a region's decision on a real lesson."""

    code: str
    lesson: str
    jeugdregio: str
    decision: str
    decided_on: date
    reason: str
    outcome: str


@dataclass(frozen=True)
class DemoEntry:
    """The whole file of examples."""

    users: tuple[DemoUser, ...]
    lessons: tuple[DemoLesson, ...]
    adoptions: tuple[DemoAdoption, ...]


def read_demo(path: Path = CONTENT_DIR / "demo.yaml") -> DemoEntry:
    """Read the examples; raise ``LoadingError`` with every fault, also an unmarked example."""
    problems: list[Problem] = []
    file = read_entry(path, problems)
    known = KnownCodes.load()
    users = tuple(_user(entry, known) for entry in file.entries("users", required=True))
    usernames = {user.username for user in users}
    demo = DemoEntry(
        users=users,
        lessons=tuple(
            _lesson(entry, known, usernames) for entry in file.entries("lessons", required=True)
        ),
        adoptions=tuple(_adoption(entry, known) for entry in file.entries("adoptions")),
    )
    file.finish()
    raise_if_any(problems)
    return demo


def _user(entry: Entry, known: KnownCodes) -> DemoUser:
    role = entry.code("role", list(DemoRole))
    user = DemoUser(
        username=entry.text("username", max_length=60),
        name=entry.text("name", max_length=80),
        role=DemoRole(role) if role in list(DemoRole) else DemoRole.REGION_EDITOR,
        jeugdregio=entry.code(
            "jeugdregio", known.jeugdregios, required=role == DemoRole.REGION_EDITOR
        ),
    )
    entry.finish()
    return user


def _lesson(entry: Entry, known: KnownCodes, usernames: set[str]) -> DemoLesson:
    state = entry.code("state", list(LessonState))
    withdrawal = entry.entry("withdrawal")
    reason = explanation = replacement = ""
    if withdrawal is not None:
        reason = withdrawal.code("reason", WithdrawalReason.values)
        explanation = withdrawal.text("explanation", max_length=300)
        replacement = withdrawal.text("replacement", required=False)
        _require_mark(withdrawal, "explanation", explanation)
        withdrawal.finish()
    elif state == LessonState.WITHDRAWN:
        entry.report("withdrawal", "dit veld ontbreekt.")
    demo = DemoLesson(
        lesson=read_lesson(entry, known, complete=state != LessonState.DRAFT),
        state=LessonState(state) if state in list(LessonState) else LessonState.DRAFT,
        author=entry.code("author", usernames),
        reason=reason,
        explanation=explanation,
        replacement=replacement,
    )
    _require_mark(entry, "title", demo.lesson.title)
    entry.finish()
    return demo


def _adoption(entry: Entry, known: KnownCodes) -> DemoAdoption:
    adoption = DemoAdoption(
        code=entry.text("code"),
        lesson=entry.text("lesson"),
        jeugdregio=entry.code("jeugdregio", known.jeugdregios),
        decision=entry.code("decision", AdoptionDecision.values),
        decided_on=entry.date("decided_on") or date.max,
        reason=entry.text("reason", max_length=400),
        outcome=entry.text("outcome", required=False, max_length=400),
    )
    _require_mark(entry, "reason", adoption.reason)
    if adoption.outcome:
        _require_mark(entry, "outcome", adoption.outcome)
    entry.finish()
    return adoption


def _require_mark(entry: Entry, name: str, text: str) -> None:
    if text and not text.startswith(EXAMPLE_MARK):
        entry.report(name, f"begin met '{EXAMPLE_MARK}', want dit is verzonnen.")
