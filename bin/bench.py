"""``make bench``: how fast Lessenbank is, in one run on one machine.

Times differ from machine to machine, so each bench measures something plain beside what
it is about and prints how many times as long that takes. A bar that is missed makes the
run fail. Each bench is a management command; add yours to ``BENCHES``.
"""

from __future__ import annotations

import os
import subprocess
import sys

BENCHES = ("bench_comparability",)


def main() -> int:
    """Run the benches, or those named; return a non-zero code when a bar is missed."""
    codes = []
    # Whoever measures asks more than a visitor may.
    environment = {**os.environ, "LESSENBANK_API_ANONYMOUS_PER_MINUTE": "0"}
    for name in sys.argv[1:] or BENCHES:
        print(f"== {name}", flush=True)
        command = [sys.executable, "manage.py", name]
        codes.append(subprocess.run(command, env=environment, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
