"""Uploaded images over HTTP, with the privacy of their collections.

Wagtail guards documents itself. Image files it leaves to the web server, which knows no
private collections; so they come from here.
"""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from cms.models import CustomRendition
from cms.visibility import public_images


def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition of a public image to anyone, and any file to those in the CMS.

    Original uploads are for the CMS only: they may hold data, such as a place, that
    renditions lose.
    """
    may_see_all = request.user.is_authenticated and request.user.has_perm(
        "wagtailadmin.access_admin"
    )
    if not may_see_all and not _is_public_rendition(name):
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse):
        response["Cache-Control"] = "private" if may_see_all else "public, max-age=300"
    return response


def _is_public_rendition(name: str) -> bool:
    return CustomRendition.objects.filter(file=name, image__in=public_images()).exists()
