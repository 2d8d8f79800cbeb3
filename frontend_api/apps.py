from django.apps import AppConfig
from django.core.checks import Tags, register


class FrontendApiConfig(AppConfig):
    """All that the outside sees: GraphQL, GraphiQL and the public pages."""

    name = "frontend_api"
    label = "frontend_api"
    verbose_name = "Frontend API"

    def ready(self) -> None:
        from frontend_api.clients import keys
        from frontend_api.webhooks.checks import check_private_addresses

        keys.follow_changes()
        register(check_private_addresses, Tags.security, deploy=True)
