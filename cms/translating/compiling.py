"""From the Dutch catalogue that translators edit (.po) to the one that Django reads (.mo)."""

from __future__ import annotations

import io
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(locale_dir: Path = LOCALE_DIR) -> list[Path]:
    """Write each .mo that is absent or differs from its .po; return those written.

    Several processes may do this at once: a file is replaced whole or not at all.
    """
    written = []
    for source in sorted(locale_dir.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        compiled = _compiled(source)
        if not target.exists() or target.read_bytes() != compiled:
            fresh = target.with_name(f"{target.name}.{os.getpid()}")
            fresh.write_bytes(compiled)
            fresh.replace(target)
            written.append(target)
    return written


def _compiled(source: Path) -> bytes:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()
