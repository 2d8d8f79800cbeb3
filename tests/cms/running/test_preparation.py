import pytest
from django.core.management import get_commands

from cms.running import preparation
from cms.running.models import PreparedStep
from cms.running.preparation import LoadingStep
from cms.running.progress import Progress

STEP = LoadingStep("load_something", "Iets")


class Told(Progress):
    """Keeps the lines instead of writing them, without the time that a step took."""

    def __init__(self):
        self.lines = []

    def line(self, text):
        self.lines.append(text.strip().partition(" in ")[0])


@pytest.fixture
def progress():
    return Told()


@pytest.fixture
def runs(monkeypatch):
    """Count the runs of the step's command."""
    calls = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **_options: calls.append(name))
    return calls


def test_a_step_runs_once_for_the_same_inputs(db, progress, runs):
    preparation.load(STEP, "a", progress)
    preparation.load(STEP, "a", progress)

    assert runs == ["load_something"]
    assert progress.lines == ["Iets ...", "Iets: klaar", "Iets: ongewijzigd"]


def test_a_step_runs_again_for_other_inputs(db, progress, runs):
    preparation.load(STEP, "a", progress)
    preparation.load(STEP, "b", progress)

    assert runs == ["load_something", "load_something"]
    assert list(PreparedStep.objects.values_list("name", "fingerprint")) == [
        ("load_something", "b")
    ]


def test_a_step_that_failed_runs_again(db, progress, monkeypatch):
    def fail(_command, **_options):
        raise RuntimeError

    monkeypatch.setattr(preparation, "call_command", fail)

    with pytest.raises(RuntimeError):
        preparation.load(STEP, "a", progress)

    assert not PreparedStep.objects.exists()


def test_a_database_with_all_migrations_is_left_alone(db, progress, runs):
    preparation.migrate(progress)

    assert runs == []
    assert progress.lines == ["Database: ongewijzigd"]


def test_the_fingerprint_changes_with_content_name_and_removal(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    content = tmp_path / "lessons" / "content.yaml"
    content.parent.mkdir()
    seen = [preparation.source_fingerprint("lessons")]

    content.write_text("title: Een")
    seen.append(preparation.source_fingerprint("lessons"))
    content.write_text("title: Twee")
    seen.append(preparation.source_fingerprint("lessons"))
    content = content.rename(content.with_name("other.yaml"))
    seen.append(preparation.source_fingerprint("lessons"))
    content.unlink()
    seen.append(preparation.source_fingerprint("lessons"))

    assert seen[4] == seen[0]
    assert len(set(seen)) == 4


def test_static_files_are_collected_when_they_or_the_packages_changed(
    tmp_path, settings, progress, monkeypatch
):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    calls = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **_options: calls.append(name))
    monkeypatch.setattr(preparation, "static_fingerprint", lambda: "a")

    preparation.collect_static_files(progress)
    preparation.collect_static_files(progress)
    monkeypatch.setattr(preparation, "static_fingerprint", lambda: "b")
    preparation.collect_static_files(progress)

    assert calls == ["collectstatic", "collectstatic"]


def test_every_step_is_a_command_that_exists():
    steps = (
        preparation.GEOGRAPHY,
        preparation.CONTENT,
        preparation.SYNONYMS,
        preparation.ROLES,
        preparation.DEMO,
    )

    assert {step.command for step in steps} <= set(get_commands())
