"""Pages of the site itself: the home page and editorial pages."""

from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLRichText
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.models.base import AtomicPage

PLAIN_RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HomePage(AtomicPage):
    """The root of the site."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Says in two or three sentences what Lessenbank is and for whom."),
    )

    content_panels = [*AtomicPage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ContentPage", "lessons.LessonIndexPage", "lessons.PilotIndexPage"]
    template = "frontend_api/home_page.html"
    max_count = 1
    graphql_fields = [
        GraphQLRichText(
            "introduction", required=True, description="What Lessenbank is and for whom."
        )
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(AtomicPage):
    """An editorial page, such as the accessibility statement."""

    summary = RichTextField(
        _("summary"),
        blank=True,
        features=["bold", "italic"],
        help_text=_("One or two sentences; shown in lists."),
    )
    body = RichTextField(_("body"), features=PLAIN_RICH_TEXT)

    content_panels = [*AtomicPage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types = ["cms.HomePage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage"]
    template = "frontend_api/content_page.html"
    graphql_fields = [
        GraphQLRichText("summary", required=True, description="One or two sentences, for lists."),
        GraphQLRichText("body", required=True, description="The text of the page."),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
