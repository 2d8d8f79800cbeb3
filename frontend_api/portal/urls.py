"""The addresses of the portal that are no Wagtail page."""

from django.urls import path

from frontend_api.portal import identifiers, views

urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("id/les/<uuid:uuid>", identifiers.lesson, name="lesson_uri"),
    path("id/gemeente/<str:code>", identifiers.gemeente, name="gemeente_uri"),
    path("id/jeugdregio/<str:code>", identifiers.jeugdregio, name="jeugdregio_uri"),
    path("id/<slug:segment>/<slug:code>", identifiers.term, name="term_uri"),
]
