from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The base of the CMS: page base, media, users, settings."""

    name = "cms"
    label = "cms"
    verbose_name = "Lessenbank CMS"

    def ready(self) -> None:
        """Register what works by being imported."""
        from cms import (
            content_version,
            rich_text,  # noqa: F401 - models exist only from here on
        )

        content_version.follow_changes()
