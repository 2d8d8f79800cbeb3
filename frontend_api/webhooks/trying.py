"""A dry run: one event that says that it is a test, with its answer for who looks on."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from frontend_api.models import Webhook
from frontend_api.webhooks.messages import trial_body
from frontend_api.webhooks.sending import Answer, send
from frontend_api.webhooks.signing import signed_headers, signers


@dataclass(frozen=True, slots=True)
class Trial:
    """What was sent, and what came back."""

    url: str
    headers: Mapping[str, str]
    body: str
    answer: Answer

    @property
    def readable_body(self) -> str:
        """The body with its values below each other."""
        return json.dumps(json.loads(self.body), ensure_ascii=False, indent=2)


def try_out(webhook: Webhook) -> Trial:
    """Send a test event at once; nothing of it is kept, and nothing that waits is sent.

    Raises ``LostSecretError`` for a webhook without a secret.
    """
    signing = signers(webhook.secrets.all())
    body = trial_body(webhook)
    headers = signed_headers(signing, f"test_{uuid.uuid4().hex}", timezone.now(), body)
    return Trial(webhook.url, headers, body, send(webhook.url, headers, body.encode()))
