"""Settings of a public installation: base is complete, this adds what TLS makes possible."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment
from cms.settings.base import *  # noqa: F403 - a settings module continues its base
from cms.settings.base import SECRET_KEY

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("LESSENBANK_SECRET_KEY must hold at least 50 random characters.")

_TLS = environment.value("LESSENBANK_TLS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_SSL_REDIRECT = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_HSTS_PRELOAD = _TLS
SESSION_COOKIE_SECURE = _TLS
CSRF_COOKIE_SECURE = _TLS
