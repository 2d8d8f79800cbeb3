"""The addresses of references to a lesson."""

from django.urls import path

from frontend_api.citing.views import reference_file

urlpatterns = [
    path("id/les/<uuid:uuid>.bib", reference_file, {"form": "bib"}, name="lesson_bibtex"),
    path("id/les/<uuid:uuid>.ris", reference_file, {"form": "ris"}, name="lesson_ris"),
]
