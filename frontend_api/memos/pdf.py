"""A memo as PDF/UA-1: tagged, titled and in Dutch, for whoever reads it and with whatever."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typst

from frontend_api.memos.memo import Memo

_TEMPLATE = Path(__file__).with_name("memo.typ")


def write_pdf(memo: Memo) -> bytes:
    """Return the memo as PDF.

    The words of a lesson go in as data: Typst shows them and never reads them as markup.
    Fonts are those that Typst brings, so that every machine writes the same.
    """
    return typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"memo": json.dumps(asdict(memo), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
