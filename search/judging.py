"""The judged queries: what people type, and how well each lesson answers it.

A person read all lessons and graded them for each query; no engine took part. The files
in ``search/judgements`` name a lesson by its code. ``lessons.yaml`` beside them maps the
code to the uuid by which an answer of the search names the lesson, so nothing here has
to know how lessons are loaded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar
from uuid import UUID

import yaml
from pydantic import Field, StrictBool, StrictInt, TypeAdapter, ValidationError, with_config

JUDGEMENTS_DIR = Path(__file__).resolve().parent / "judgements"
MIN_QUERIES_PER_KIND = 14
ASIDE_EVERY = 3
"""The third, sixth … query of each kind is set aside while the search is tuned."""


class QueryKind(StrEnum):
    """What makes a query easy or hard; a file of queries is named after its kind."""

    QUESTION = "question"
    TOPIC = "topic"
    COMPOUND_SPLIT = "compound_split"
    COMPOUND_JOINED = "compound_joined"
    EVERYDAY_WORDS = "everyday_words"
    TYPING_ERROR = "typing_error"
    ABBREVIATION = "abbreviation"
    PLACE = "place"
    APPROACH_NAME = "approach_name"


class JudgementsError(ValueError):
    """The files do not hold judged queries as agreed; ``faults`` tells all that is wrong."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well one lesson answers: 3 exactly what is asked, 2 very useful, 1 touches it."""

    code: str
    uuid: str
    grade: int
    reason: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with all lessons that are relevant; one that is not named is not relevant."""

    id: str
    kind: QueryKind
    text: str
    aside: bool
    judgements: tuple[Judgement, ...]

    @property
    def grades(self) -> dict[str, int]:
        """The grade of each relevant lesson by uuid, as ``search.measures`` takes it."""
        return {judgement.uuid: judgement.grade for judgement in self.judgements}


_Text = Annotated[str, Field(min_length=1, pattern=r"\S")]


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class _LessonForm:
    uuid: UUID
    title: _Text


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class _JudgementForm:
    grade: Annotated[StrictInt, Field(ge=1, le=3)]
    reason: _Text


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class _QueryForm:
    id: Annotated[str, Field(pattern=r"^q\d{3}$")]
    kind: QueryKind
    text: _Text
    aside: StrictBool
    judgements: Annotated[dict[str, _JudgementForm], Field(min_length=1)]


Form = TypeVar("Form")
_LESSONS = TypeAdapter(dict[str, _LessonForm])
_QUERIES = TypeAdapter(list[_QueryForm])


def judged_lessons(directory: Path = JUDGEMENTS_DIR) -> dict[str, str]:
    """Return the uuid of each lesson that can be judged, by code."""
    forms = _read(directory / "lessons.yaml", _LESSONS)
    return {code: str(form.uuid) for code, form in forms.items()}


def load_judged_queries(directory: Path = JUDGEMENTS_DIR) -> tuple[JudgedQuery, ...]:
    """Return all judged queries, kind by kind; raise ``JudgementsError`` with every fault."""
    uuids = judged_lessons(directory)
    forms = {
        kind: _read(directory / "queries" / f"{kind.value}.yaml", _QUERIES) for kind in QueryKind
    }
    if faults := [*_faults(forms, uuids)]:
        raise JudgementsError(faults)
    return tuple(_query(form, uuids) for kind in QueryKind for form in forms[kind])


def _query(form: _QueryForm, uuids: dict[str, str]) -> JudgedQuery:
    judgements = tuple(
        Judgement(code=code, uuid=uuids[code], grade=judged.grade, reason=judged.reason)
        for code, judged in form.judgements.items()
    )
    return JudgedQuery(
        id=form.id,
        kind=form.kind,
        text=form.text,
        aside=form.aside,
        judgements=judgements,
    )


def _faults(forms: dict[QueryKind, list[_QueryForm]], uuids: dict[str, str]) -> Iterator[str]:
    for kind, queries in forms.items():
        yield from _faults_of_kind(kind, queries)
    everything = [form for queries in forms.values() for form in queries]
    for number, times in Counter(form.id for form in everything).items():
        if times > 1:
            yield f"{number}: dit nummer komt {times} keer voor."
    ids_by_text: defaultdict[str, list[str]] = defaultdict(list)
    for form in everything:
        ids_by_text[form.text.casefold()].append(form.id)
        for code in sorted(form.judgements.keys() - uuids.keys()):
            yield f"{form.id}: les '{code}' staat niet in lessons.yaml."
    for ids in ids_by_text.values():
        if len(ids) > 1:
            yield f"{', '.join(ids)}: deze vragen hebben dezelfde tekst."


def _faults_of_kind(kind: QueryKind, queries: list[_QueryForm]) -> Iterator[str]:
    if len(queries) < MIN_QUERIES_PER_KIND:
        yield f"{kind.value}.yaml: {len(queries)} vragen, minstens {MIN_QUERIES_PER_KIND}."
    for place, form in enumerate(queries, start=1):
        if form.kind != kind:
            yield f"{form.id}: soort '{form.kind.value}' hoort niet in {kind.value}.yaml."
        expected = place % ASIDE_EVERY == 0
        if form.aside != expected:
            yield (
                f"{form.id}: vraag {place} van haar soort hoort 'aside: "
                f"{str(expected).lower()}' te hebben; elke derde vraag staat apart."
            )


class _UniqueNames(yaml.CSafeLoader):
    """Reads YAML and refuses a name that occurs twice, which YAML itself lets pass."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(name, deep=True) for name, _value in node.value]
        for name, times in Counter(names).items():
            if times > 1:
                raise yaml.MarkedYAMLError(
                    problem=f"'{name}' staat er {times} keer", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


def _read(path: Path, form: TypeAdapter[Form]) -> Form:
    try:
        with path.open(encoding="utf-8") as file:
            content = yaml.load(file, Loader=_UniqueNames)  # noqa: S506 - a kind of SafeLoader
        return form.validate_python(content)
    except OSError as error:
        raise JudgementsError([f"{path.name}: niet te lezen ({error.strerror})."]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise JudgementsError([f"{path.name}, regel {line}: {error.problem}."]) from error
    except ValidationError as error:
        raise JudgementsError(
            f"{path.name}, {'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}."
            for fault in error.errors(include_url=False)
        ) from error
