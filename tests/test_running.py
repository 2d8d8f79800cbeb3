"""``make run`` for real: from an empty folder to a site that answers, and again."""

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import closing
from dataclasses import dataclass

import pytest

from cms.settings.environment import PROJECT_DIR

pytestmark = pytest.mark.long

READY = "Stoppen: Ctrl-C"
LAST_LINE = "Lessenbank is gestopt."


class Run:
    """A running ``python -m cms.running`` with its output so far."""

    def __init__(self, data, port, **options):
        names = ("PATH", "HOME", "LANG")
        # Not a pipe: nobody reads it before the end, and a full one would stop the process.
        self.errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by end()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cms.running"],
            cwd=PROJECT_DIR,
            env={
                **{name: os.environ[name] for name in names if name in os.environ},
                "LESSENBANK_DATA": str(data),
                "PORT": str(port),
            },
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            **options,
        )
        self.lines = []

    def until_ready(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if self.lines[-1] == READY:
                return self
        raise AssertionError("\n".join([*self.lines, self.end()[1]]))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.end()

    def end(self):
        output, _nothing = self.process.communicate(timeout=120)
        self.lines += output.splitlines()
        with self.errors as errors:
            errors.seek(0)
            return self.process.returncode, errors.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Start once in an empty folder, and stop; return the folder and the run."""
    data = tmp_path_factory.mktemp("prepared")
    run = Run(data, free_port()).until_ready()
    code, errors = run.stop()
    assert (code, "Traceback" in errors) == (0, False)
    return data, run


def content_of(data):
    """Return every row that a person could have written."""
    tables = ("wagtailcore_page", "wagtailcore_revision", "lessons_lessonpage", "users_user")
    with closing(sqlite3.connect(data / "lessenbank.sqlite3")) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in tables
        }


def test_a_first_start_prints_addresses_and_log_ins_and_stops_cleanly(prepared):
    _data, run = prepared

    text = "\n".join(run.lines)

    assert "Database: klaar in" in text
    for path in ("/", "/cms/", "/graphql/", "/graphiql/"):
        assert f"http://127.0.0.1:{port_of(run)}{path}\n" in text
    for role in ("Regioredacteuren Groningen", "Reviewers", "Beheerders"):
        assert any(line.endswith(role) for line in run.lines)
    assert run.lines[-1] == LAST_LINE


def port_of(run):
    site = next(line for line in run.lines if line.strip().startswith("Site "))
    return int(site.rstrip("/").rsplit(":", 1)[1])


@dataclass(frozen=True)
class SecondStart:
    """What was seen of a start in a prepared folder, and of two others while it ran."""

    run: Run
    answer: dict
    ended: tuple
    same_folder: tuple
    same_port: tuple
    is_content_equal: bool


@pytest.fixture(scope="module")
def second_start(prepared):
    """Start again in the prepared folder, look around, and stop."""
    data, _run = prepared
    before = content_of(data)
    run = Run(data, free_port()).until_ready()
    answer = ask_for_a_lesson(port_of(run))
    same_folder = Run(data, free_port()).end()
    same_port = Run(data.parent / "other", port_of(run)).end()
    ended = run.stop()
    return SecondStart(run, answer, ended, same_folder, same_port, content_of(data) == before)


def ask_for_a_lesson(port):
    query = json.dumps({"query": "{ lessons(first: 1) { totalCount nodes { title } } }"})
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql/",
        data=query.encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def test_a_second_start_repeats_nothing_changes_no_content_and_answers(second_start):
    assert second_start.ended == (0, "")
    assert second_start.answer["data"]["lessons"]["totalCount"] >= 50
    assert sum(line.endswith(": ongewijzigd") for line in second_start.run.lines) == 8
    assert second_start.is_content_equal


def test_a_second_instance_on_one_folder_is_refused_in_one_sentence(prepared, second_start):
    data, _run = prepared

    assert second_start.same_folder == (
        1,
        f"Lessenbank stopt: De gegevensmap {data} is al in gebruik door een andere Lessenbank "
        f"(proces {second_start.run.process.pid}); stop die of kies met LESSENBANK_DATA een "
        "andere map.\n",
    )


def test_a_taken_port_is_refused_in_one_sentence(prepared, second_start):
    data, _run = prepared
    code, errors = second_start.same_port

    assert code == 1
    assert errors.startswith(
        f"Lessenbank stopt: Poort {port_of(second_start.run)} is al in gebruik;"
    )
    assert errors.count("\n") == 1
    assert not (data.parent / "other").exists()


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def test_a_disk_that_takes_no_more_is_told_in_one_sentence(tmp_path):
    code, errors = Run(tmp_path, free_port(), preexec_fn=limit_files).end()

    assert code == 1
    assert errors == (
        f"Lessenbank stopt: De schijf is vol; maak ruimte vrij bij {tmp_path} of kies met "
        "LESSENBANK_DATA een map op een andere schijf.\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder where not even root may write")
def test_a_folder_that_may_not_be_written_is_told_in_one_sentence():
    code, errors = Run("/sys/lessenbank", free_port()).end()

    assert code == 1
    assert errors.startswith("Lessenbank stopt: In de gegevensmap /sys/lessenbank mag niet worden")
    assert errors.count("\n") == 1


def test_a_file_in_place_of_the_folder_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    code, errors = Run(tmp_path / "file", free_port()).end()

    assert (code, errors) == (
        1,
        f"Lessenbank stopt: De gegevensmap {tmp_path / 'file'} kan geen map zijn; kies met "
        "LESSENBANK_DATA een andere.\n",
    )


@pytest.mark.parametrize("text", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_refused_in_one_sentence(text, tmp_path):
    code, errors = Run(tmp_path, text).end()

    assert (code, errors) == (
        1,
        f"Lessenbank stopt: PORT heeft een waarde die niet kan: '{text}'; docs/settings.md zegt "
        "wat wel kan.\n",
    )
