"""What the API itself remembers; nothing of it is content."""

from frontend_api.models.clients import (
    PartnerClient,
    PartnerKey,
    RequestCount,
    RequestQuota,
    Scope,
    has_passed,
    reading_scopes,
    validate_origins,
    validate_role,
)
from frontend_api.models.persisted_queries import PersistedQuery
from frontend_api.models.webhooks import (
    DeliveryState,
    EventKind,
    Payload,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookSecret,
    all_kinds,
)

__all__ = [
    "DeliveryState",
    "EventKind",
    "PartnerClient",
    "PartnerKey",
    "Payload",
    "PersistedQuery",
    "RequestCount",
    "RequestQuota",
    "Scope",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookSecret",
    "all_kinds",
    "has_passed",
    "reading_scopes",
    "validate_origins",
    "validate_role",
]
