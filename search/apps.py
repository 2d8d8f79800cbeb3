from django.apps import AppConfig


class SearchConfig(AppConfig):
    """From page to hit: query, engine, results, and an index that loses nothing."""

    name = "search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Connect the checks and the handlers of changes."""
        from search import checks, signal_handlers  # noqa: F401 - models exist only now
