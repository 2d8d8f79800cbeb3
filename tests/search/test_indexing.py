"""The outbox and the rebuild: what goes wrong is kept, what comes in between is not lost."""

from __future__ import annotations

import pytest

from lessons import selectors
from search import indexing, outbox, service
from search.engines.contract import EngineError, RebuildRunningError
from search.engines.registry import get_engine
from search.models import OutboxEntry
from search.service import LessonQuery
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    """Return a lesson that is in the index, with nothing waiting."""
    lesson = make_lesson(title="Eerste")
    service.rebuild()
    assert service.pending() == 0
    return lesson


def found():
    return sorted(hit.card.title for hit in service.search(LessonQuery()).hits)


def serving(index_folder):
    return index_folder / (index_folder / "current").read_text()


def test_missing_index_and_full_outbox_give_each_lesson_once():
    pks = [make_lesson().pk for _ in range(3)]
    outbox.add(pks)

    first = service.search(LessonQuery())
    outbox.add(pks)
    second = service.search(LessonQuery())

    assert (first.total, second.total, len(first.hits)) == (3, 3, 3)


def test_drain_counts_entries_and_empties_the_outbox(lesson):
    outbox.add([lesson.pk, lesson.pk + 1000])
    outbox.add([lesson.pk])

    assert (service.pending(), service.drain(), service.pending()) == (3, 3, 0)


def test_drain_works_in_batches_up_to_its_limit(lesson, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH_SIZE", 2)
    outbox.add(range(1000, 1007))

    assert (indexing.drain(limit=3), service.pending()) == (3, 4)
    assert (indexing.drain(), service.pending()) == (4, 0)


def test_drain_leaves_everything_while_another_writes(lesson):
    outbox.add([lesson.pk])

    with get_engine().writing(wait=0):
        assert indexing.drain(wait=0.05) == 0

    assert service.pending() == 1


def test_drain_waits_for_an_index(lesson, index_folder):
    outbox.add([lesson.pk])

    (index_folder / "current").unlink()

    assert (service.drain(), service.pending()) == (0, 1)


def test_a_lesson_that_cannot_be_read_does_not_keep_others_waiting(lesson, monkeypatch):
    second = make_lesson(title="Tweede")
    outbox.add([lesson.pk])
    read = selectors.indexable_lessons

    def read_all_but_the_first(pks):
        if lesson.pk in pks:
            raise KeyError("kapot")
        return read(pks)

    monkeypatch.setattr(selectors, "indexable_lessons", read_all_but_the_first)
    service.drain()

    (left,) = OutboxEntry.objects.all()
    assert (left.lesson_pk, left.attempts, left.last_error) == (lesson.pk, 1, "KeyError: 'kapot'")
    assert outbox.due(10) == []
    monkeypatch.undo()
    outbox.retry_now()
    assert service.drain() == 1
    assert str(second.uuid) in {h.card.uuid for h in service.search(LessonQuery()).hits}


def test_delays_double_up_to_a_limit(lesson):
    outbox.add([lesson.pk])
    delays = []
    for _attempt in range(10):
        (entry,) = OutboxEntry.objects.all()
        outbox.fail([entry], EngineError("vol"))
        entry.refresh_from_db()
        delays.append(round((entry.available_at - entry.created_at).total_seconds()))

    assert delays == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_an_engine_that_fails_keeps_the_whole_batch(lesson, monkeypatch):
    outbox.add([lesson.pk, 1000])
    engine = get_engine()

    def no_space(*_arguments):
        raise EngineError("No space left on device")

    monkeypatch.setattr(type(engine), "write", no_space)

    assert service.drain() == 0
    assert set(OutboxEntry.objects.values_list("attempts", "last_error")) == {
        (1, "EngineError: No space left on device")
    }


def test_what_is_published_during_a_rebuild_is_in_the_new_index(lesson):
    def publish_meanwhile(_done, _total):
        lesson.title = "Eerste, veranderd"
        lesson.save_revision().publish()
        make_lesson(title="Tweede")
        assert service.drain() > 0
        assert found() == ["Eerste, veranderd", "Tweede"]

    service.rebuild(publish_meanwhile)

    assert found() == ["Eerste, veranderd", "Tweede"]
    assert not OutboxEntry.objects.exists()


def test_a_rebuild_that_was_killed_leaves_nothing_behind(lesson, index_folder):
    with pytest.raises(KeyboardInterrupt):
        service.rebuild(lambda _done, _total: (_ for _ in ()).throw(KeyboardInterrupt))
    leftover = index_folder / "0123abcd-000000000000"
    leftover.mkdir()
    outbox.add([lesson.pk])
    OutboxEntry.objects.update(written_at="2026-01-01T00:00Z")

    assert found() == ["Eerste"]
    service.rebuild()

    assert [path for path in index_folder.iterdir() if path.is_dir()] == [serving(index_folder)]
    assert not OutboxEntry.objects.exists()


def test_rebuilds_exclude_each_other(lesson):
    with get_engine().rebuilding(), pytest.raises(RebuildRunningError):
        service.rebuild()


def test_an_index_of_another_form_is_not_served(lesson, index_folder):
    (index_folder / "current").write_text("0123abcd-000000000000")

    assert service.needs_rebuild()
    assert found() == ["Eerste"]
    assert not service.needs_rebuild()


def test_a_broken_index_is_given_up_and_made_anew(lesson, index_folder):
    for path in serving(index_folder).iterdir():
        path.write_bytes(b"rommel")

    answer = service.search(LessonQuery())

    assert (answer.total, answer.notices) == (1, ())
    assert found() == ["Eerste"]


def test_progress_counts_up_to_all(lesson, monkeypatch):
    make_lesson()
    monkeypatch.setattr(indexing, "BATCH_SIZE", 1)
    steps = []

    service.rebuild(lambda done, total: steps.append((done, total)))

    assert steps == [(1, 2), (2, 2)]
