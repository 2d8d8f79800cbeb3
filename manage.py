#!/usr/bin/env python
"""Run a management command with the desk settings, unless the environment names others."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.desk")
    execute_from_command_line(sys.argv)
