"""The addresses that stand on other websites. They never change: a new form gets ``v2``."""

from django.urls import path, re_path

from frontend_api.embeds import views

urlpatterns = [
    path("lijst", views.lesson_list, name="embed_list"),
    path("les/<uuid:uuid>", views.lesson, name="embed_lesson"),
    path("zoeken", views.search, name="embed_search"),
    path("gemeente/<str:code>", views.gemeente, name="embed_gemeente"),
    re_path(
        r"^lessenbank(?:-(?P<version>[0-9]+\.[0-9]+\.[0-9]+))?\.(?P<form>js|css)\Z",
        views.released_file,
        name="embed_file",
    ),
    re_path(r"^.*\Z", views.unknown),
]
