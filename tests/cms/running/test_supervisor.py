"""The supervisor with real processes: small Python programs in place of server and worker."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

SLEEP = "import time; time.sleep(60)"
DIE = "import sys, time; time.sleep(0.3); sys.exit(3)"
WAIT_FOR_THE_WORD = (
    "import pathlib, sys, time\n"
    "place = pathlib.Path(os.environ['PIDS']).parent\n"
    "(place / 'loaded').touch()\n"
    "sys.stdin.readline()\n"
    "(place / 'begun').write_text(str((place / 'prepared').exists()))\n"
    "time.sleep(60)"
)
PREPARE = """
place = pathlib.Path(os.environ["PIDS"]).parent
while not (place / "loaded").exists():
    time.sleep(0.01)
(place / "prepared").write_text(str((place / "begun").exists()))
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
LEAVE_CHILD = (
    "import os, subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {SLEEP!r}])\n"
    "open(os.environ['PIDS'], 'a').write(f'{child.pid}\\n')\n"
    "time.sleep(0.3); os._exit(3)"
)


@pytest.fixture
def supervised(tmp_path):
    """Return a function that starts a supervisor over two programs, and its pid file."""
    pids = tmp_path / "pids"
    started = []

    def start(first, second, *, ready="True", grace=15.0, prepare="", waits=False):
        program = textwrap.dedent(f"""
            import os, pathlib, sys, time
            from cms.running import supervisor
            from cms.running.refusals import Refusal
            from cms.running.supervisor import Service, Supervisor

            supervisor.READY_SECONDS = 1.0
            supervisor.GRACE_SECONDS = {grace}
            note = "import os; open(os.environ['PIDS'], 'a').write(f'{{os.getpid()}}\\\\n');"
            services = [
                Service("De eerste", [sys.executable, "-c", note + {first!r}], waits={waits}),
                Service("De tweede", [sys.executable, "-c", note + {second!r}]),
            ]
            try:
                Supervisor(services).run(
                    is_ready=lambda: {ready},
                    when_ready=lambda: print("klaar", flush=True),
                    prepare=lambda: exec({prepare!r}, globals()),
                )
            except Refusal as refusal:
                sys.exit(str(refusal))
        """)
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            env={**os.environ, "PIDS": str(pids)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start, pids
    for process in started:
        process.kill()
        process.communicate()


def wait_for(condition, seconds=15.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def noted(pids: Path) -> list[int]:
    return [int(line) for line in pids.read_text().split()] if pids.exists() else []


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_was_asked_for_ends_both_and_is_success(supervised, number):
    start, pids = supervised
    process = start(SLEEP, SLEEP)
    wait_for(lambda: len(noted(pids)) == 2)

    process.send_signal(number)
    output, errors = process.communicate(timeout=20)

    assert (process.returncode, output, errors) == (0, "klaar\n", "")
    assert [pid for pid in noted(pids) if is_running(pid)] == []


@pytest.mark.parametrize(
    ("programs", "title"), [((DIE, SLEEP), "De eerste"), ((SLEEP, DIE), "De tweede")]
)
def test_when_one_dies_both_end_and_it_is_named(supervised, programs, title):
    start, pids = supervised

    process = start(*programs)
    _output, errors = process.communicate(timeout=20)

    assert process.returncode == 1
    assert errors.startswith(f"{title} is onverwacht gestopt (met code 3);")
    assert errors.count("\n") == 1
    assert [pid for pid in noted(pids) if is_running(pid)] == []


def test_what_a_dead_service_leaves_behind_is_ended(supervised):
    start, pids = supervised

    process = start(LEAVE_CHILD, SLEEP)
    process.communicate(timeout=20)

    assert len(noted(pids)) >= 2
    assert [pid for pid in noted(pids) if is_running(pid)] == []


def test_a_service_that_does_not_listen_is_ended_after_the_grace(supervised):
    start, pids = supervised
    process = start(DEAF, SLEEP, grace=0.5)
    wait_for(lambda: len(noted(pids)) == 2)

    process.terminate()
    process.communicate(timeout=20)

    assert process.returncode == 0
    assert [pid for pid in noted(pids) if is_running(pid)] == []


def test_a_server_that_never_answers_is_given_up(supervised):
    start, pids = supervised

    process = start(SLEEP, SLEEP, ready="False")
    output, errors = process.communicate(timeout=20)

    assert (process.returncode, output) == (1, "")
    assert errors.startswith("De server antwoordt na 1 seconden nog niet;")
    assert [pid for pid in noted(pids) if is_running(pid)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux ends orphans for us")
def test_services_end_with_a_supervisor_that_is_killed_outright(supervised):
    start, pids = supervised
    process = start(SLEEP, SLEEP)
    wait_for(lambda: len(noted(pids)) == 2)

    process.kill()

    wait_for(lambda: not any(map(is_running, noted(pids))))


def test_a_service_loads_during_the_preparation_and_begins_after_it(supervised):
    start, pids = supervised
    begun = pids.parent / "begun"
    ready = f"pathlib.Path({str(begun)!r}).exists()"

    process = start(WAIT_FOR_THE_WORD, SLEEP, ready=ready, prepare=PREPARE, waits=True)
    wait_for(lambda: len(noted(pids)) == 2)
    process.terminate()
    output, errors = process.communicate(timeout=20)

    assert (process.returncode, output, errors) == (0, "klaar\n", "")
    assert (pids.parent / "prepared").read_text() == "False"
    assert begun.read_text() == "True"


def test_a_preparation_that_fails_ends_what_was_loading(supervised):
    start, pids = supervised
    fail = PREPARE + "raise Refusal('Dit lukt niet.')"

    process = start(WAIT_FOR_THE_WORD, SLEEP, prepare=fail, waits=True)
    output, errors = process.communicate(timeout=20)

    assert (process.returncode, output, errors) == (1, "", "Dit lukt niet.\n")
    assert not (pids.parent / "begun").exists()
    assert [pid for pid in noted(pids) if is_running(pid)] == []
