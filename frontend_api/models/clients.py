"""Who uses the API: clients of partners with their keys, their limits and their use."""

from __future__ import annotations

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# As browsers write it: small letters, a domain outside ASCII in its xn-- form.
_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


class Scope(models.TextChoices):
    """What a key may be used for."""

    GRAPHQL = "graphql", _("GraphQL")
    FEEDS = "feeds", _("Feeds")
    MAKE_FEEDS = "make_feeds", _("Making feeds")


def reading_scopes() -> list[str]:
    """Return every scope to read: content is public, so a client is narrowed only on purpose."""
    return [Scope.GRAPHQL.value, Scope.FEEDS.value]


def validate_origins(text: str) -> None:
    """Refuse a line that is not an origin as browsers send it."""
    for line in text.split():
        if not _ORIGIN.fullmatch(line):
            raise ValidationError(
                gettext(
                    "“%(line)s” is not an origin. Write it as https://www.example.nl, without a "
                    "path."
                )
                % {"line": line}
            )


def validate_role(text: str) -> None:
    """Refuse what is the address of somebody rather than a role."""
    if "@" in text:
        raise ValidationError(
            _("Name a role, such as “web team”; no person and no e-mail address.")
        )


class PartnerClient(models.Model):
    """An application of a partner that uses the API under a name of its own."""

    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        help_text=_("Name of the website or application, such as “Knowledge base youth”."),
    )
    organization = models.CharField(_("organisation"), max_length=200)
    contact_role = models.CharField(
        _("contact"),
        max_length=100,
        blank=True,
        validators=[validate_role],
        help_text=_("The role to ask for, such as “web team”. No names of persons."),
    )
    scopes = models.JSONField(_("may use"), default=reading_scopes)
    requests_per_minute = models.PositiveIntegerField(
        _("requests per minute"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For all keys together. Empty: the limit that holds for every client."),
    )
    allowed_origins = models.TextField(
        _("websites that may use a key in the browser"),
        blank=True,
        validators=[validate_origins],
        help_text=_(
            "One on each line, such as https://www.example.nl. A key that stands in a page can be "
            "read by every visitor: rather let the server of the website ask. Empty: no page may "
            "use a key."
        ),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Unchecked: all its keys are refused.")
    )

    class Meta:
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnerKey(models.Model):
    """One key of a client. Of the secret only a hash is kept."""

    client = models.ForeignKey(PartnerClient, on_delete=models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=8, unique=True)
    # A secret of 256 random bits cannot be guessed, so a slow hash with salt, as passwords
    # need, would protect nothing and cost every request.
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"lb_{self.prefix}_…"

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return has_passed(self.expires_on)

    @property
    def is_usable(self) -> bool:
        """Whether it would be let in, its client left aside."""
        return self.revoked_at is None and not self.is_expired


def has_passed(day: datetime.date | None) -> bool:
    """Return whether a last day is over; none never is."""
    return day is not None and day < timezone.localdate()


class RequestQuota(models.Model):
    """How many requests processes have taken for one subject, of one minute.

    The subject is a client, or a keyed hash of a network address and this minute, which leads
    back to nobody. Rows are deleted when their minute is over.
    """

    subject = models.CharField(max_length=40)
    minute = models.BigIntegerField(db_index=True)
    taken = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "minute"], name="one_quota")]

    def __str__(self) -> str:
        return f"{self.subject} {self.minute}"


class RequestCount(models.Model):
    """How often a client was answered, by day and kind of request."""

    client = models.ForeignKey(PartnerClient, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    kind = models.CharField(max_length=80)
    times = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "day", "kind"], name="one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.day} {self.kind}"
