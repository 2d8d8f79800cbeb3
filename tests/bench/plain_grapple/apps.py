from django.apps import AppConfig


class PlainGrappleConfig(AppConfig):
    """Declares on the models of ``lessons`` what grapple shows of them."""

    name = "tests.bench.plain_grapple"
    label = "plain_grapple"

    def ready(self) -> None:
        """Come before grapple, which reads ``graphql_fields`` when it is ready itself."""
        from tests.bench.plain_grapple import fields

        fields.declare()
