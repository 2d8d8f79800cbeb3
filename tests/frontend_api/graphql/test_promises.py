"""What partners rely on stays, or goes after a warning."""

import datetime
import re

import pytest
from django.utils import timezone
from graphql import build_schema

from cms.settings.environment import PROJECT_DIR
from frontend_api.graphql.promises import (
    RELEASED_FILE,
    broken_promises,
    deprecation_faults,
    differences,
    elements,
)
from frontend_api.graphql.schema_file import printed_schema

TODAY = datetime.date(2026, 7, 1)
SAMPLE = """
enum Kind { ONE TWO }
input Filter { kind: Kind }
type Lesson { title: String! old: String }
type Query { lesson(uuid: ID, filter: Filter, first: Int = 3): Lesson! id: ID count: Int }
"""


def released():
    return build_schema(RELEASED_FILE.read_text(encoding="utf-8"))


def current():
    """Return the schema by its text, in the classes of graphql-core as the released one is."""
    return build_schema(printed_schema())


def without(text, part, replacement=""):
    assert part in text
    return text.replace(part, replacement)


def broken(before, after, today=TODAY):
    return broken_promises(build_schema(before), build_schema(after), today)


def test_nothing_that_was_released_is_broken():
    assert broken_promises(released(), current(), timezone.localdate()) == []


def test_every_difference_from_the_released_schema_is_in_the_changelog():
    text = (PROJECT_DIR / "docs" / "schema-changelog.md").read_text()
    unreleased = text.split("\n## ")[1]
    assert unreleased.startswith("Unreleased\n")
    named = set(re.findall(r"`([^`]+)`", unreleased))
    missing = set(differences(released(), current())) - named
    assert missing == set(), "Name each in docs/schema-changelog.md, under Unreleased."


def test_every_deprecation_says_what_to_use_and_from_when():
    assert deprecation_faults(current()) == []


@pytest.mark.parametrize(
    ("part", "replacement", "said"),
    [
        (" old: String", "", "Lesson.old was removed."),
        ("title: String!", "title: String", "Lesson.title changed type from String! to String."),
        ("title: String!", "title: Int!", "Lesson.title changed type from String! to Int!."),
        ("uuid: ID", "uuid: ID!", "Query.lesson arg uuid has changed type from ID to ID!."),
        ("uuid: ID, ", "", "Query.lesson arg uuid was removed."),
        (" TWO", "", "TWO was removed from enum type Kind."),
        ("= 3", "= 4", "Query.lesson arg first has changed defaultValue from 3 to 4."),
        ("kind: Kind", "kind: Kind!", "Filter.kind changed type from Kind to Kind!."),
    ],
)
def test_what_breaks_a_partner_is_said(part, replacement, said):
    assert broken(SAMPLE, without(SAMPLE, part, replacement)) == [said]


def test_what_is_added_breaks_nothing():
    more = without(SAMPLE, "old: String", "old: String core: String!")
    more = without(more, "ONE TWO", "ONE TWO THREE").replace("uuid: ID,", "uuid: ID, slug: ID,")
    assert broken(SAMPLE, more) == []
    assert differences(build_schema(SAMPLE), build_schema(more)) == [
        *("Kind.THREE", "Lesson.core", "Query.lesson(slug)"),
    ]


@pytest.mark.parametrize(
    ("thing", "part"),
    [("old: String", " old: String"), ("TWO", " TWO"), ("uuid: ID", "uuid: ID, ")],
)
def test_what_was_announced_may_go_from_its_day_on(thing, part):
    reason = "Use `Lesson.title`. It goes from 2026-07-01."
    announced = SAMPLE.replace(thing, f'{thing} @deprecated(reason: "{reason}")', 1)
    gone = without(SAMPLE, part)

    assert broken(announced, gone) == []
    assert len(broken(announced, gone, TODAY - datetime.timedelta(days=1))) == 1
    assert len(broken(announced.replace(reason, "Old."), gone)) == 1


@pytest.mark.parametrize(
    ("reason", "faults"),
    [
        ("Use `Lesson.title`. It goes from 2027-01-31.", []),
        ("Use `Lesson.title`, which is shorter. It goes from 2027-01-31.", []),
        ("Not used any more.", ["Lesson.old: write “Use `…`. It goes from 2027-01-31.”"]),
        ("Use `Lesson.name`. It goes from 2027-01-31.", ["Lesson.old: there is no Lesson.name."]),
        ("Use `Lesson.title`. It goes from 2027-02-31.", ["Lesson.old: 2027-02-31 is no day."]),
    ],
)
def test_a_deprecation_is_of_use(reason, faults):
    text = SAMPLE.replace("old: String", f'old: String @deprecated(reason: "{reason}")')
    assert deprecation_faults(build_schema(text)) == faults


def test_differences_are_named_as_a_partner_writes_them():
    text = without(SAMPLE, " old: String").replace("uuid: ID", "uuid: ID!").replace(" TWO", "")
    text = text.replace("title: String!", 'title: String! @deprecated(reason: "x")')
    assert differences(build_schema(SAMPLE), build_schema(text)) == [
        *("Kind.TWO", "Lesson.old", "Lesson.title", "Query.lesson(uuid)"),
    ]
    assert len(elements(current())) > 500
