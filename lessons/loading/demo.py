"""Log-ins and made-up examples for trying Lessenbank out, from ``content/demo.yaml``.

For a desk, not for a public installation. The passwords follow from the secret key, so
they differ between installations and can be told again at every start.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.users.models import User
from lessons.editing.roles import ADMINISTRATORS, REVIEWERS, region_group_name
from lessons.loading.demo_files import (
    DemoAdoption,
    DemoEntry,
    DemoLesson,
    DemoRole,
    DemoUser,
    LessonState,
)
from lessons.loading.ledger import Ledger
from lessons.loading.lesson_collection import PublicationEntry
from lessons.loading.lesson_pages import LessonWriter, declare_privacy, lesson_uuid
from lessons.loading.problems import raise_if_any
from lessons.loading.publishing import Counts, add_draft, publish
from lessons.models import Adoption, Jeugdregio, LessonPage, LessonSectionPage
from lessons.withdrawing import withdraw

PASSWORD_LENGTH = 12
DEMO_FIRST_NAME = "Demo"
SCHEDULED_AHEAD = datetime.timedelta(days=365)


@dataclass(frozen=True)
class LogIn:
    """A demo log-in as it is told; no password when somebody changed or removed it."""

    username: str
    role: str
    password: str | None


def demo_password(username: str) -> str:
    """Return the password that a demo log-in gets in this installation."""
    return salted_hmac("lessons.loading.demo", username).hexdigest()[:PASSWORD_LENGTH]


@transaction.atomic
def load_users(users: tuple[DemoUser, ...]) -> Counts:
    """Create the log-ins that were never made; needs the groups of ``setup_roles``."""
    ledger = Ledger()
    present = set(User.objects.values_list("username", flat=True))
    created = 0
    for entry in users:
        if not ledger.is_first_time(f"user:{entry.username}") or entry.username in present:
            continue
        # No e-mail address: nobody is at the other end of it.
        user = User(username=entry.username, first_name=DEMO_FIRST_NAME, last_name=entry.name)
        user.set_password(demo_password(entry.username))
        user.save()
        user.groups.add(Group.objects.get(name=_group_name(entry)))
        created += 1
    ledger.save()
    return Counts(created=created, kept=len(users) - created)


def log_ins(users: tuple[DemoUser, ...]) -> list[LogIn]:
    """Return the log-ins to tell, in the order of the file."""
    present = User.objects.in_bulk([entry.username for entry in users], field_name="username")
    told = []
    for entry in users:
        user = present.get(entry.username)
        password = demo_password(entry.username)
        is_unchanged = user is not None and user.is_active and user.check_password(password)
        told.append(LogIn(entry.username, _group_name(entry), password if is_unchanged else None))
    return told


def _group_name(entry: DemoUser) -> str:
    if entry.role is DemoRole.REVIEWER:
        return REVIEWERS
    if entry.role is DemoRole.ADMINISTRATOR:
        return ADMINISTRATORS
    return region_group_name(LessonSectionPage.objects.get(jeugdregio__code=entry.jeugdregio))


@transaction.atomic
def load_examples(demo: DemoEntry, publication: PublicationEntry) -> Counts:
    """Create the examples that were never made: lessons in every state, and adoptions."""
    ledger = Ledger()
    writer = LessonWriter(publication)
    created = 0
    for example in demo.lessons:
        if ledger.is_first_time(f"lesson:{example.lesson.code}"):
            _add_lesson(example, writer)
            created += 1
    for adoption in demo.adoptions:
        if ledger.is_first_time(f"adoption:{adoption.code}"):
            _add_adoption(adoption)
            created += 1
    ledger.save()
    return Counts(created=created, kept=len(demo.lessons) + len(demo.adoptions) - created)


def _add_lesson(example: DemoLesson, writer: LessonWriter) -> None:
    author = User.objects.filter(username=example.author).first()
    lesson = example.lesson
    page = LessonPage(uuid=lesson_uuid(lesson.code), owner=author)
    values = {**writer.values(lesson), "attribution": "Voorbeeld van de redactie Lessenbank"}
    add_draft(writer.section_of(lesson), page, values)
    if example.state is not LessonState.DRAFT:
        raise_if_any(declare_privacy(page, f"les {lesson.code}"))
    if example.state is LessonState.WITHDRAWN:
        publish(page)
        withdraw(
            LessonPage.objects.get(pk=page.pk),
            reason=example.reason,
            explanation=example.explanation,
            replacement=_lesson_page(example.replacement),
        )
    elif example.state is LessonState.SCHEDULED:
        page.go_live_at = timezone.now() + SCHEDULED_AHEAD
        publish(page)
    else:
        page.save_revision(user=author, log_action=True)
        if example.state is LessonState.SUBMITTED:
            page.get_workflow().start(page, author)


def _add_adoption(entry: DemoAdoption) -> None:
    lesson = _lesson_page(entry.lesson)
    if lesson is None:
        return
    Adoption.objects.create(
        lesson=lesson,
        jeugdregio=Jeugdregio.objects.get(code=entry.jeugdregio),
        decision=entry.decision,
        decided_on=entry.decided_on,
        reason=entry.reason,
        outcome=entry.outcome,
        is_generated=True,
    )


def _lesson_page(code: str) -> LessonPage | None:
    return LessonPage.objects.filter(uuid=lesson_uuid(code)).first() if code else None
