"""Settings for one machine: ``make run``. A secret key is kept in the data folder."""

from cms.settings.base import *  # noqa: F403 - a settings module continues its base
from cms.settings.base import DATA_DIR, SECRET_KEY
from cms.settings.secret_key import kept_secret_key

SECRET_KEY = SECRET_KEY or kept_secret_key(DATA_DIR)
DEMO_ENABLED = True
