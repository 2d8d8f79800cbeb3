"""The addresses of a list of lessons that somebody chose."""

from django.urls import path

from frontend_api.selections import views

urlpatterns = [
    path("mijn-selectie/", views.selection, name="selection"),
    path("mijn-selectie/vergelijken/", views.compare, name="selection_compare"),
]
