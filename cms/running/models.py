"""What `make run` has already done to this database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PreparedStep(models.Model):
    """A preparation that was carried out, and on which inputs.

    It is kept in the database, not in a file beside it: a database that is put back
    from a backup or thrown away takes this knowledge with it.
    """

    name = models.CharField(_("name"), max_length=50, unique=True)
    fingerprint = models.CharField(_("fingerprint of the inputs"), max_length=64)
    prepared_at = models.DateTimeField(_("prepared at"), auto_now=True)

    class Meta:
        verbose_name = _("prepared step")
        verbose_name_plural = _("prepared steps")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
