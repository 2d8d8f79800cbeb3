"""The addresses of the portal that are no Wagtail page."""

from django.urls import path

from frontend_api.portal import data_files, identifiers, place_views, views

urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("zoeken/suggesties/", views.suggestions, name="suggestions"),
    path("witte-vlekken/", views.gaps, name="gaps"),
    path("kaart/", place_views.lesson_map, name="map"),
    path("vergelijken/", place_views.compare, name="compare"),
    path("gemeenten/<slug:code>/", place_views.gemeente, name="gemeente"),
    path("jeugdregios/<slug:code>/", place_views.jeugdregio, name="jeugdregio"),
    path("data/kenmerken.csv", data_files.traits, name="traits_file"),
    path("data/vergelijkbaarheid.csv", data_files.similarities, name="similarities_file"),
    path("id/les/<uuid:uuid>", identifiers.lesson, name="lesson_uri"),
    path("id/gemeente/<str:code>", identifiers.gemeente, name="gemeente_uri"),
    path("id/jeugdregio/<str:code>", identifiers.jeugdregio, name="jeugdregio_uri"),
    path("id/<slug:segment>/<slug:code>", identifiers.term, name="term_uri"),
]
