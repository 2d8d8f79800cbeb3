"""Memos as files: of a list, and of a single lesson under its own identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from frontend_api.memos.memo import Memo, make_memo
from frontend_api.memos.pdf import write_pdf
from frontend_api.memos.word import write_docx
from frontend_api.portal.serving import tombstone_response
from frontend_api.selections.choosing import PARAMETER, address, read
from lessons import selectors

_FORMS: Mapping[str, tuple[str, Callable[[Memo], bytes]]] = MappingProxyType(
    {
        "pdf": ("application/pdf", write_pdf),
        "docx": (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            write_docx,
        ),
    }
)


@require_safe
def selection_memo(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the memo of the list in the address."""
    uuids = read(request.GET.getlist(PARAMETER)).uuids
    memo = _memo(uuids)
    return _file(memo, form, f"lessen-{timezone.localdate():%Y-%m-%d}")


@require_safe
def lesson_memo(request: HttpRequest, uuid: UUID, form: str) -> HttpResponseBase:
    """Answer with the memo of one lesson; with its tombstone when it was withdrawn."""
    memo = _memo([str(uuid)])
    if not memo.lessons:
        tombstone = selectors.tombstones([str(uuid)]).get(str(uuid))
        if tombstone is None:
            raise Http404
        return tombstone_response(request, tombstone)
    return _file(memo, form, f"les-{slugify(memo.title)[:60]}")


def _memo(uuids: Sequence[str]) -> Memo:
    memo = make_memo(uuids, address("selection", uuids), timezone.localdate())
    if not memo.lessons and not memo.tombstones:
        raise Http404
    return memo


def _file(memo: Memo, form: str, name: str) -> HttpResponse:
    content_type, write = _FORMS[form]
    response = HttpResponse(write(memo), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    # It bears the day on which it was made, and a lesson may be withdrawn tomorrow.
    response["Cache-Control"] = "no-store"
    return response
