"""Gemeenten, what went before them, and jeugdregio's: loaded by ``load_geography``."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Jeugdregio(index.Indexed, models.Model):
    """One of the regions in which gemeenten organise jeugdhulp together."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=80)
    # Comparisons keep places and figures in memory and look here whether they still hold.
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    search_fields = [index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("jeugdregio")
        verbose_name_plural = _("jeugdregio's")

    def __str__(self) -> str:
        return self.name


class Gemeente(index.Indexed, models.Model):
    """A gemeente by its CBS code; ``name`` is the preferred name of the TOOI register."""

    code = models.CharField(_("CBS code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=80)
    cbs_name = models.CharField(_("name used by CBS"), max_length=80)
    tooi_uri = models.URLField(_("TOOI URI"), max_length=200)
    provincie_code = models.CharField(_("provincie code"), max_length=4)
    provincie = models.CharField(_("provincie"), max_length=40)
    jeugdregio = models.ForeignKey(
        Jeugdregio,
        verbose_name=_("jeugdregio"),
        on_delete=models.PROTECT,
        related_name="gemeenten",
    )
    latitude = models.FloatField(_("latitude"), help_text=_("Label point, WGS 84."))
    longitude = models.FloatField(_("longitude"), help_text=_("Label point, WGS 84."))
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    search_fields = [index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")

    def __str__(self) -> str:
        return self.name


class GemeenteProfile(models.Model):
    """The figures of one gemeente in one edition of the reference table.

    ``figures`` maps a column of the table to its number; a figure that the source does
    not have is absent. The columns, with their years and sources, are described in the
    header of the table.
    """

    gemeente = models.ForeignKey(Gemeente, on_delete=models.CASCADE, related_name="profiles")
    edition = models.PositiveSmallIntegerField(_("edition"), help_text=_("Year of the table."))
    figures = models.JSONField(_("figures"), default=dict)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["gemeente", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "edition"], name="one_profile_an_edition")
        ]
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return f"{self.gemeente} {self.edition}"


class Succession(models.Model):
    """A gemeente that ended, and one of today's that its area went to.

    One that was divided has a row for each part. The main successor stands for it where
    only one can. A successor that ended itself was followed to today's gemeente.
    """

    former_code = models.CharField(_("former CBS code"), max_length=6)
    former_name = models.CharField(_("former name"), max_length=80)
    ended_on = models.DateField(_("ended on"), help_text=_("First day on which it was no more."))
    # A load points every row at today's gemeenten before it removes one.
    successor = models.ForeignKey(
        Gemeente,
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    is_main = models.BooleanField(_("main successor"))
    sources = models.CharField(_("sources"), max_length=80)

    class Meta:
        ordering = ["former_name", "-is_main", "successor"]
        constraints = [
            models.UniqueConstraint(
                fields=["former_code", "successor"], name="one_succession_a_part"
            ),
            models.UniqueConstraint(
                fields=["former_code"],
                condition=models.Q(is_main=True),
                name="one_main_successor",
            ),
        ]
        verbose_name = _("succession")
        verbose_name_plural = _("successions")

    def __str__(self) -> str:
        return f"{self.former_name} → {self.successor}"
