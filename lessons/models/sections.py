"""Where lessons hang in the page tree: one section for each owning group.

Ownership is the place in the tree, so that Wagtail's page permissions are the only
permissions there are: whoever may change what is in a section may edit its lessons, and
nobody else sees its drafts. The section itself is for those who publish.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PagePermissionTester

from cms.models import AtomicPage
from lessons.models.geography import Jeugdregio
from lessons.models.page_permissions import SectionPermissions


class LessonIndexPage(AtomicPage):
    """The root of all lessons."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["lessons.LessonSectionPage"]
    template = "frontend_api/lesson_index_page.html"
    max_count = 1

    class Meta:
        verbose_name = _("list of lessons")
        verbose_name_plural = _("lists of lessons")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what the user may do with this page itself."""
        return SectionPermissions(user, self)


class LessonSectionPage(AtomicPage):
    """The lessons of one owner: a jeugdregio, or the national editors."""

    jeugdregio = models.OneToOneField(
        Jeugdregio,
        verbose_name=_("jeugdregio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="section",
        help_text=_("Leave empty for the section of the national editors."),
    )

    content_panels = [*AtomicPage.content_panels, FieldPanel("jeugdregio")]
    parent_page_types = ["lessons.LessonIndexPage"]
    subpage_types = ["lessons.LessonPage"]
    template = "frontend_api/lesson_section_page.html"

    class Meta:
        verbose_name = _("section of lessons")
        verbose_name_plural = _("sections of lessons")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what the user may do with this page itself."""
        return SectionPermissions(user, self)
