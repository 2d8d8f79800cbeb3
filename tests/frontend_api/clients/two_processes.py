"""What two processes let through together: prints the number of each, and what is written.

Run as a program by ``test_two_processes.py``, with a data folder of its own. Both ask 100 times, of
a limit of 100, in the same minute.
"""

from __future__ import annotations

import os
import sys
import time

import django


def main() -> None:
    """Let two children ask at the same time; print what they were granted."""
    django.setup()
    from django.db import connection

    from frontend_api.clients import limiting
    from frontend_api.models import RequestQuota

    # One minute for both, whatever the clock says when they begin.
    minute = time.time()
    limiting.time.time = lambda: minute
    connection.close()
    reading, writing = os.pipe()
    children = [_child(writing) for _number in range(2)]
    for child in children:
        os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        granted = answers.read().split()
    sys.stdout.write(f"{' '.join(granted)} {RequestQuota.objects.get().taken}")


def _child(writing: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    from frontend_api.clients.limiting import Quota, take

    quota = Quota("client-1", 100, "partner")
    granted = sum(take(quota).is_granted for _number in range(100))
    os.write(writing, f"{granted}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    main()
