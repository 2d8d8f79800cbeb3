from django.apps import AppConfig


class RunningConfig(AppConfig):
    """From a clone to a running site, and what keeps it running."""

    name = "cms.running"
    label = "running"
    verbose_name = "Lessenbank running"
