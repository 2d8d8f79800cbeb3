"""Editors who do whatever comes to mind, one step after the other, from a seed."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from lessons.models import Adoption, LessonPage, Phase, Recommendation, Withdrawal
from lessons.withdrawing import reinstate, withdraw
from tests.factories import make_gemeente, make_jeugdregio, make_lesson, make_section, make_term

MOST_LESSONS = 12
PHASES = ("aanmelding", "selectie", "analyse", "uitvoering", "borging")
WORDS = ("thuis", "buurt", "samen", "helpen", "gezin", "vragen", "eerst", "later", "dichtbij")
REASONS = ("incorrect", "outdated", "privacy", "replaced")


class RandomEditors:
    """Each step changes something that the public may see."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.sections = [make_section(make_jeugdregio()), make_section(None)]
        self.phases = [make_term(Phase, code) for code in PHASES]
        self.gemeente = make_gemeente()
        self.done: list[str] = []

    def step(self) -> None:
        """Do something."""
        ways: list[tuple[int, Callable[[], None]]] = [
            (6, self.publish_new),
            (8, self.publish_changed),
            (6, self.tag_anew),
            (4, self.withdraw),
            (4, self.reinstate),
            (2, self.delete),
            (3, self.let_expire),
            (2, self.unschedule),
            (3, self.rename_term),
            (2, self.merge_or_split_term),
            (2, self.rename_place),
            (3, self.restrict_or_open),
            (4, self.decide_on_adoption),
            (1, self.rename_section),
        ]
        (way,) = self.chance.choices([way for _weight, way in ways], [each for each, _ in ways])
        self.done.append(way.__name__)
        way()

    def publish_new(self) -> None:
        if LessonPage.objects.count() >= MOST_LESSONS:
            self.delete()
        make_lesson(
            self.chance.choice(self.sections),
            title=self._words(),
            phases=self._some_phases(),
            gemeenten=self.chance.choice([[], [self.gemeente]]),
            recommendations=[
                Recommendation(text="Begin.", phase=self.chance.choice([None, *self.phases]))
            ],
        )

    def publish_changed(self) -> None:
        if lesson := self._one(live=True):
            lesson.title = self._words()
            lesson.core = f"Kern {self._words()}"
            lesson.save_revision().publish()

    def tag_anew(self) -> None:
        if lesson := self._one(live=True):
            lesson.phases.set(self._some_phases())
            lesson.save_revision().publish()

    def withdraw(self) -> None:
        lesson, other = self._one(live=True), self._one(live=True)
        if lesson and other and lesson.pk != other.pk:
            reason = self.chance.choice(REASONS)
            replacement = other if reason == "replaced" else None
            withdraw(lesson, reason=reason, replacement=replacement, explanation=self._words())

    def reinstate(self) -> None:
        in_force = Withdrawal.objects.filter(reinstated_at__isnull=True).order_by("pk")
        if rows := list(in_force):
            reinstate(LessonPage.objects.get(pk=self.chance.choice(rows).lesson_id))

    def delete(self) -> None:
        if lesson := self._one():
            Page.objects.get(pk=lesson.pk).specific.delete()

    def let_expire(self) -> None:
        if lesson := self._one(live=True):
            lesson.expire_at = timezone.now() + datetime.timedelta(days=1)
            lesson.save_revision().publish()
            Page.objects.filter(pk=lesson.pk).update(expire_at=timezone.now())
            call_command("publish_scheduled", verbosity=0)

    def unschedule(self) -> None:
        if lesson := self._one(live=False, expired=True):
            lesson.expire_at = None
            lesson.save_revision().publish()

    def rename_term(self) -> None:
        term = self._phase()
        term.label = self._words()
        term.save()

    def merge_or_split_term(self) -> None:
        term, other = self._phase(), self._phase()
        if term.replaced_by_id:
            term.replaced_by = None
        elif term.pk != other.pk and not other.replaced_by_id:
            term.replaced_by = other
        term.save()

    def rename_place(self) -> None:
        self.gemeente.name = self._words()
        self.gemeente.save()

    def restrict_or_open(self) -> None:
        existing = list(PageViewRestriction.objects.order_by("pk"))
        if existing and self.chance.random() < 0.7:
            self.chance.choice(existing).delete()
        elif page := self.chance.choice([self._one(), self.sections[1]]):
            page = Page.objects.get(pk=page.pk)
            if not PageViewRestriction.objects.filter(page=page).exists():
                PageViewRestriction.objects.create(page=page, restriction_type="login")

    def decide_on_adoption(self) -> None:
        if (adoption := Adoption.objects.order_by("pk").last()) and self.chance.random() < 0.4:
            adoption.delete()
        elif adoption and self.chance.random() < 0.5:
            adoption.decision = self.chance.choice(["applied", "adapted", "rejected"])
            adoption.save()
        elif lesson := self._one(live=True):
            Adoption.objects.create(
                lesson=lesson,
                jeugdregio=make_jeugdregio(),
                decision="applied",
                reason=self._words(),
                decided_on=datetime.date(2026, 2, 1),
            )

    def rename_section(self) -> None:
        section = self.sections[0]
        section.refresh_from_db()
        section.title = self._words()
        section.save_revision().publish()

    def _one(self, **conditions: object) -> LessonPage | None:
        found = list(LessonPage.objects.filter(**conditions).order_by("pk"))
        return self.chance.choice(found) if found else None

    def _phase(self) -> Phase:
        return Phase.objects.get(pk=self.chance.choice(self.phases).pk)

    def _some_phases(self) -> list[Phase]:
        return self.chance.sample(self.phases, self.chance.randint(1, 3))

    def _words(self) -> str:
        return " ".join(["Woorden", *self.chance.choices(WORDS, k=5)])
