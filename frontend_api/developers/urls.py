"""The addresses, below ``/ontwikkelaars/``."""

from django.urls import path

from frontend_api.developers.views import PAGES, page

urlpatterns = [
    path(
        f"{name}/" if name else "",
        page,
        {"name": name},
        name=f"developers_{template}",
    )
    for name, (template, _title) in PAGES.items()
]
