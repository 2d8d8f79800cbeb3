"""Which engine the settings give, and what that costs."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import sys, django
django.setup()
from cms import wsgi
from search import service
from search.engines.registry import get_engine
get_engine()
print([name for name in sys.modules if name.startswith("elastic")])
"""


def test_the_embedded_engine_loads_nothing_of_elasticsearch():
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout == "[]\n", ran.stderr
