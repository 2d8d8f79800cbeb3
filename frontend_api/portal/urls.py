"""The addresses of the portal that are no Wagtail page."""

from django.urls import path

from frontend_api.portal import data_files, place_views, shared_drafts, term_views, views

urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("zoeken/suggesties/", views.suggestions, name="suggestions"),
    path("witte-vlekken/", views.gaps, name="gaps"),
    path("kaart/", place_views.lesson_map, name="map"),
    path("vergelijken/", place_views.compare, name="compare"),
    path("gemeenten/<slug:code>/", place_views.gemeente, name="gemeente"),
    path("jeugdregios/<slug:code>/", place_views.jeugdregio, name="jeugdregio"),
    path(
        "ontwikkelpunten/<slug:code>/",
        term_views.term,
        {"vocabulary": "ontwikkelpunt"},
        name="ontwikkelpunt",
    ),
    path("partners/<slug:code>/", term_views.term, {"vocabulary": "partner"}, name="partner"),
    path("concept/<str:token>/", shared_drafts.shared_draft, name="shared_draft"),
    path("data/kenmerken.csv", data_files.traits, name="traits_file"),
    path("data/vergelijkbaarheid.csv", data_files.similarities, name="similarities_file"),
]
