"""``bin/environment`` with small scripts in the place of Python: what it does and refuses."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cms.settings.environment import PROJECT_DIR

INSTALLED_PYTHON = """\
#!/bin/sh
# The Python of the environment: notes what pip is asked, and fails where it is told to.
case "$*" in
    *"pip install"*) echo "$*" >>calls; [ ! -f trouble ] || { cat trouble; exit 1; };;
esac
"""
FOUND_PYTHON = f"""\
#!/bin/sh
# A Python on the machine: knows its version and its speed, and makes an environment.
case "$*" in
    *timeit*) echo "$TIME";;
    *version_info*) exit $OLD;;
    *"import ensurepip"*) exit $WITHOUT_VENV;;
    *"-m venv"*) mkdir -p .venv/bin; cat >.venv/bin/python <<'SCRIPT'
{INSTALLED_PYTHON}SCRIPT
    chmod +x .venv/bin/python;;
esac
"""


@pytest.fixture
def clone(tmp_path):
    """Return a folder with what the script needs of the project."""
    (tmp_path / "bin").mkdir()
    shutil.copy(PROJECT_DIR / "bin" / "environment", tmp_path / "bin")
    (tmp_path / "requirements").mkdir()
    for name in ("base", "dev", "build"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    python = tmp_path / "python"
    python.write_text(FOUND_PYTHON)
    python.chmod(0o755)
    return tmp_path


def make_environment(clone: Path, name="base", old=0, without_venv=0):
    return subprocess.run(
        ["bin/environment", name],
        cwd=clone,
        env={
            "PATH": os.environ["PATH"],
            "PYTHON": str(clone / "python"),
            "OLD": str(old),
            "WITHOUT_VENV": str(without_venv),
            "TMPDIR": str(clone),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def installs(clone):
    calls = clone / "calls"
    lines = calls.read_text().splitlines() if calls.exists() else []
    return [line.rpartition("-r ")[2] for line in lines]


def test_the_lock_is_installed_once(clone):
    first = make_environment(clone)
    second = make_environment(clone)

    assert (first.returncode, first.stderr) == (0, "")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert installs(clone) == ["requirements/build.txt", "requirements/base.txt"]


def test_nothing_is_installed_without_its_hash(clone):
    make_environment(clone)

    calls = (clone / "calls").read_text().splitlines()
    assert [call for call in calls if "--require-hashes --no-deps" not in call] == []


def test_a_changed_lock_is_installed_again(clone):
    make_environment(clone)
    (clone / "requirements" / "base.txt").write_text("base==2\n")

    make_environment(clone)

    assert installs(clone)[2:] == ["requirements/build.txt", "requirements/base.txt"]


def test_the_development_environment_serves_for_running_too(clone):
    make_environment(clone, "dev")

    make_environment(clone, "base")

    assert installs(clone) == ["requirements/build.txt", "requirements/dev.txt"]


def test_an_installation_that_failed_is_tried_again(clone):
    (clone / "trouble").write_text("ERROR: something\n")
    assert make_environment(clone).returncode == 1
    (clone / "trouble").unlink()

    assert make_environment(clone).returncode == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"old": 1}, "Python 3.11 of nieuwer is nodig"),
        ({"without_venv": 1}, "de Python-module venv ontbreekt"),
    ],
)
def test_a_python_that_does_not_do_is_refused_in_one_sentence(clone, options, sentence):
    done = make_environment(clone, **options)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Lessenbank stopt: {sentence}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "de schijf is vol;"),
        ("OSError: [Errno 30] Read-only file system: '.venv'", "in {clone} mag niet worden"),
        (
            "NewConnectionError: Failed to establish a new connection",
            "de Python-pakketten zijn niet op te halen;",
        ),
    ],
)
def test_a_trouble_of_the_machine_is_told_in_one_sentence(clone, trouble, sentence):
    (clone / "trouble").write_text(trouble)

    done = make_environment(clone)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Lessenbank stopt: {sentence.format(clone=clone)}")
    assert done.stderr.count("\n") == 1


def test_another_trouble_is_shown_as_it_is(clone):
    (clone / "trouble").write_text("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n")

    done = make_environment(clone)

    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Lessenbank stopt: het maken van de Python")


@pytest.mark.parametrize(
    ("times", "chosen"),
    [((90, 60), "python3.14"), ((90, 80), "python3"), ((90, 160), "python3")],
)
def test_a_python_that_is_much_faster_is_taken(clone, times, chosen):
    """The folder stands before the rest of the path, so its two are found beside the real one."""
    for name, time in zip(("python3", "python3.14"), times, strict=True):
        (clone / name).write_text(
            FOUND_PYTHON.replace(
                "#!/bin/sh", f"#!/bin/sh\nOLD=0 WITHOUT_VENV=0 TIME={time}"
            ).replace("mkdir -p", f"echo {name} >chosen; mkdir -p")
        )
        (clone / name).chmod(0o755)

    done = subprocess.run(
        ["bin/environment", "base"],
        cwd=clone,
        env={"PATH": f"{clone}:{os.environ['PATH']}", "TMPDIR": str(clone)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (clone / "chosen").read_text().strip() == chosen
