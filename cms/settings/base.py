"""The complete, production-safe settings. The other modules only loosen or tighten them."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from cms.settings import environment
from cms.settings.logs import logging_settings

BASE_DIR = environment.PROJECT_DIR
DATA_DIR: Path = environment.value("LESSENBANK_DATA").resolve()
LISTEN_ADDRESS: str = environment.value("LESSENBANK_LISTEN")
PORT: int = environment.value("PORT")
DEMO_ENABLED = False

DEBUG = False
SECRET_KEY: str = environment.value("LESSENBANK_SECRET_KEY")
ALLOWED_HOSTS: list[str] = environment.value("LESSENBANK_ALLOWED_HOSTS")
TRUSTED_PROXIES: int = environment.value("LESSENBANK_TRUSTED_PROXIES")
BASE_URL: str = environment.value("LESSENBANK_BASE_URL").rstrip("/") or f"http://127.0.0.1:{PORT}"

PUBLISHER: str = environment.value("LESSENBANK_PUBLISHER")
PUBLISHER_URI: str = environment.value("LESSENBANK_PUBLISHER_URI")
CONTACT: str = environment.value("LESSENBANK_CONTACT")

INSTALLED_APPS = [
    "frontend_api",
    "search",
    "lessons",
    "cms",
    "cms.users",
    "cms.running",
    "grapple",
    "graphene_django",
    # grapple imports its models; outside this list they would count as wagtail's own.
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "csp",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    # For its templates; the addresses are our own.
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.security_headers.IsolationMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After the static files, which are compressed once when they are collected.
    "cms.compression.CompressionMiddleware",
    "cms.security_headers.ContentPolicyMiddleware",
    # Before all that asks the database: who is refused costs as little as can be.
    "frontend_api.clients.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "lessons.editing.draft_gate.DraftGateMiddleware",
    "axes.middleware.AxesMiddleware",
]

# An address of a visitor is kept nowhere, and a header that says one is not to be believed.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

_env = environ.Env()
DATABASES = {
    "default": _env.db_url_config(
        environment.value("LESSENBANK_DATABASE_URL") or f"sqlite:///{DATA_DIR}/lessenbank.sqlite3"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while a publish is written; IMMEDIATE makes a writer wait
    # for the lock at the start of its transaction instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_COOLOFF_MESSAGE = _("Too many attempts to log in. Try again in a quarter of an hour.")
# Its own way believes whatever X-Forwarded-For says.
AXES_CLIENT_IP_CALLABLE = "cms.client_address.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.static_files.StaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

EMAIL_CONFIG = _env.email_url_config(environment.value("LESSENBANK_EMAIL_URL"))
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = environment.value("LESSENBANK_EMAIL_FROM")

WAGTAIL_SITE_NAME = "Lessenbank"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_USER_LOGIN_FORM = "cms.users.forms.LoginForm"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILIMAGES_IMAGE_MODEL = "cms.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CustomDocument"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Every file passes Wagtail's own view, so that a private collection stays private.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]

GRAPHENE = {"SCHEMA": "frontend_api.graphql.schema.schema"}
GRAPPLE = {
    "APPS": ["cms"],
    "PAGE_INTERFACE": "frontend_api.graphql.pages.PageInterface",
    "EXPOSE_GRAPHIQL": False,
}
GRAPHIQL_ENABLED: bool = environment.value("LESSENBANK_GRAPHIQL")
GRAPHQL_SECONDS: float = environment.value("LESSENBANK_GRAPHQL_SECONDS")
GRAPHQL_TRUSTED_ONLY: bool = environment.value("LESSENBANK_GRAPHQL_TRUSTED_ONLY")
API_ANONYMOUS_PER_MINUTE: int = environment.value("LESSENBANK_API_ANONYMOUS_PER_MINUTE")
API_PARTNER_PER_MINUTE: int = environment.value("LESSENBANK_API_PARTNER_PER_MINUTE")
API_USAGE_EVERY = 5  # seconds between two writes of what partners used; 0 writes nothing by itself
WEBHOOK_ALLOW_PRIVATE: bool = environment.value("LESSENBANK_WEBHOOK_ALLOW_PRIVATE")
WEBHOOK_LOG_DAYS: int = environment.value("LESSENBANK_WEBHOOK_LOG_DAYS")

SEARCH_ENGINE: str = environment.value("LESSENBANK_SEARCH_ENGINE")
SEARCH_INDEX_DIR = DATA_DIR / "search-index"
ELASTICSEARCH_ADDRESSES: list[str] = environment.value("LESSENBANK_ELASTICSEARCH")
ELASTICSEARCH_USER: str = environment.value("LESSENBANK_ELASTICSEARCH_USER")
ELASTICSEARCH_PASSWORD: str = environment.value("LESSENBANK_ELASTICSEARCH_PASSWORD")
ELASTICSEARCH_API_KEY: str = environment.value("LESSENBANK_ELASTICSEARCH_API_KEY")
ELASTICSEARCH_CA_FILE: str = environment.value("LESSENBANK_ELASTICSEARCH_CA_FILE")
ELASTICSEARCH_PREFIX: str = environment.value("LESSENBANK_ELASTICSEARCH_PREFIX")
ELASTICSEARCH_SECONDS: float = environment.value("LESSENBANK_ELASTICSEARCH_SECONDS")
SEARCH_LOG_DAYS: int = environment.value("LESSENBANK_SEARCH_LOG_DAYS")
SEARCH_LOG_EVERY = 5  # seconds between two writes of what was counted; 0 writes nothing by itself

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail lets its own previews be framed by the CMS, the embeds let everybody.
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
# The scripts of the CMS read the token from the page.
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# Wagtail's own interface needs inline styles and scripts; only who is logged in sees it.
CONTENT_SECURITY_POLICY_CMS = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
}

LOGGING = logging_settings(
    environment.value("LESSENBANK_LOG_FORMAT"), environment.value("LESSENBANK_LOG_LEVEL")
)
