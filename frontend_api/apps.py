from django.apps import AppConfig


class FrontendApiConfig(AppConfig):
    """All that the outside sees: GraphQL, GraphiQL and the public pages."""

    name = "frontend_api"
    label = "frontend_api"
    verbose_name = "Frontend API"

    def ready(self) -> None:
        from frontend_api.clients import keys

        keys.follow_changes()
