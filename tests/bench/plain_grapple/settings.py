"""The settings of Lessenbank without ``frontend_api``, with grapple's own schema instead."""

from cms.settings.desk import *  # noqa: F403
from cms.settings.desk import INSTALLED_APPS as ALL_APPS

# Before grapple, whose types are made of what it declares.
INSTALLED_APPS = ["tests.bench.plain_grapple", *(app for app in ALL_APPS if app != "frontend_api")]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.bench.plain_grapple.urls"
GRAPHENE = {"SCHEMA": "grapple.schema.schema"}
GRAPPLE = {"APPS": ["lessons"]}
