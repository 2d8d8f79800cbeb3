"""The addresses of linked data, and those where programs look for what a site has."""

from django.urls import path, re_path

from frontend_api.linked_data import catalog_views, discovery, identifiers, oembed, sitemaps

_SUFFIX = r"\.(?P<suffix>ttl|jsonld)\Z"

urlpatterns = [
    path("id/les/<uuid:uuid>", identifiers.lesson, name="lesson_uri"),
    path("id/les/<uuid:uuid>.jsonld", identifiers.lesson_document, name="lesson_document"),
    path("id/pilot/<slug:slug>", identifiers.pilot, name="pilot_uri"),
    path("id/pilot/<slug:slug>.jsonld", identifiers.pilot_document, name="pilot_document"),
    path("id/gemeente/<slug:code>", identifiers.gemeente, name="gemeente_uri"),
    re_path(rf"^id/gemeente/(?P<code>\w+){_SUFFIX}", identifiers.gemeente_document),
    path("id/jeugdregio/<slug:code>", identifiers.jeugdregio, name="jeugdregio_uri"),
    re_path(rf"^id/jeugdregio/(?P<code>\w+){_SUFFIX}", identifiers.jeugdregio_document),
    path("id/<slug:segment>", identifiers.scheme, name="scheme_uri"),
    re_path(rf"^id/(?P<segment>[a-z]+){_SUFFIX}", identifiers.scheme_document),
    path("id/<slug:segment>/<slug:code>", identifiers.term, name="term_uri"),
    re_path(rf"^id/(?P<segment>[a-z]+)/(?P<code>[a-z0-9-]+){_SUFFIX}", identifiers.term_document),
    path("data/catalogus", catalog_views.catalog, name="catalog"),
    re_path(rf"^data/catalogus{_SUFFIX}", catalog_views.catalog_document, name="catalog_document"),
    path("oembed", oembed.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("opensearch.xml", discovery.open_search, name="open_search"),
    path("zoeken/suggesties/opensearch", discovery.suggestions, name="open_search_suggestions"),
    path(".well-known/security.txt", discovery.security, name="security"),
    path(".well-known/api-catalog", discovery.api_catalog, name="api_catalog"),
]
