"""Settings of the tests: fast hashing, a data folder that goes away with the run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data_dir = tempfile.mkdtemp(prefix="lessenbank-test-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ["LESSENBANK_DATA"] = _data_dir
# WhiteNoise warns of a folder that is not there, and a warning fails a test.
(Path(_data_dir) / "static").mkdir()
os.environ["LESSENBANK_EMAIL_URL"] = "memorymail://"

from cms.settings.base import *  # noqa: E402, F403 - the environment comes first
from cms.translating.compiling import compile_catalogues  # noqa: E402

# Before Django reads the catalogue for the first time: tests see what editors see.
compile_catalogues()

SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL
MEDIA_ROOT = Path(_data_dir) / "media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
# Wagtail keeps a list of references and an index of its own for the CMS, in tasks that
# take half the time of a test. Tests that look at those switch the tasks on.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Many tests at once make a server slow, and a test waits for it.
ELASTICSEARCH_SECONDS = 30.0
# A thread of its own would ask the database between two tests.
SEARCH_LOG_EVERY = 0
API_USAGE_EVERY = 0
# A test asks more in a minute than any partner; those about limits set their own.
API_ANONYMOUS_PER_MINUTE = 0
API_PARTNER_PER_MINUTE = 0
