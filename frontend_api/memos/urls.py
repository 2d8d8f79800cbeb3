"""The addresses of memos."""

from django.urls import path

from frontend_api.memos.views import lesson_memo, selection_memo

urlpatterns = [
    path("mijn-selectie/memo.pdf", selection_memo, {"form": "pdf"}, name="memo_pdf"),
    path("mijn-selectie/memo.docx", selection_memo, {"form": "docx"}, name="memo_docx"),
    path("id/les/<uuid:uuid>.pdf", lesson_memo, {"form": "pdf"}, name="lesson_pdf"),
    path("id/les/<uuid:uuid>.docx", lesson_memo, {"form": "docx"}, name="lesson_docx"),
]
