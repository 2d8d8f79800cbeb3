"""The root of all addresses; other packages are reached by dotted string only."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.media_views import serve_media

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", serve_media),
    path("", include("frontend_api.urls")),
    path("", include(wagtail_urls)),
]
