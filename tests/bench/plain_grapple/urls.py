"""The one address of the reference."""

from django.urls import include, path
from grapple import urls

urlpatterns = [path("", include(urls))]
