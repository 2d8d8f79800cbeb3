"""What can keep Lessenbank from running, each as one Dutch sentence that says what to do.

The reader is someone at a terminal who wants to go on, not to read a traceback.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

NO_SPACE_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_SPACE_WORDS = (
    "no space left on device",
    "database or disk is full",
    # SQLite's word for a file that may not grow, by a limit or a quota.
    "disk i/o error",
    "file too large",
)
NOT_WRITABLE_ERRNOS = {errno.EACCES, errno.EPERM, errno.EROFS}
NOT_WRITABLE_WORDS = ("readonly database", "unable to open database file", "permission denied")
NO_FOLDER_ERRNOS = {errno.ENOTDIR, errno.EEXIST, errno.ENOENT}
NO_DATABASE_WORDS = ("connection failed", "connection refused", "could not translate host name")

# Below this SQLite and the index fail in ways that do not name the disk.
LEAST_FREE_BYTES = 1024 * 1024


class Refusal(Exception):
    """A reason not to start or not to go on; its text is the sentence to show."""


def refusal_for(error: BaseException, folder: Path) -> Refusal | None:
    """Return the refusal for a trouble of the machine; None when the fault is ours."""
    causes = list(_causes(error))
    texts = [str(cause).lower() for cause in causes]
    errnos = {cause.errno for cause in causes if isinstance(cause, OSError)}

    def says(words: tuple[str, ...]) -> bool:
        return any(word in text for text in texts for word in words)

    if errnos & NO_SPACE_ERRNOS or says(NO_SPACE_WORDS):
        return _no_space(folder)
    if says(NO_DATABASE_WORDS):
        return Refusal(
            "De database antwoordt niet; kijk of hij draait en of LESSENBANK_DATABASE_URL klopt."
        )
    if errnos & NOT_WRITABLE_ERRNOS or says(NOT_WRITABLE_WORDS):
        return _not_writable(folder, causes)
    if errnos & NO_FOLDER_ERRNOS:
        return Refusal(
            f"De gegevensmap {folder} kan geen map zijn; kies met LESSENBANK_DATA een andere."
        )
    return _no_space(folder) if _is_full(folder) else None


def _no_space(folder: Path) -> Refusal:
    return Refusal(
        f"De schijf is vol; maak ruimte vrij bij {folder} of kies met LESSENBANK_DATA een map op "
        "een andere schijf."
    )


def _not_writable(folder: Path, causes: Iterable[BaseException]) -> Refusal:
    outside = [path for path in _files_named(causes) if not _belongs_to(path, folder)]
    if outside:
        return Refusal(
            f"{outside[0]} mag niet worden geschreven; geef deze gebruiker het recht, of zet het "
            "vooraf klaar zoals deploy/README.md zegt."
        )
    return Refusal(
        f"In de gegevensmap {folder} mag niet worden geschreven; kies met LESSENBANK_DATA "
        "een andere map of geef deze gebruiker het recht."
    )


def _files_named(causes: Iterable[BaseException]) -> Iterator[Path]:
    for cause in causes:
        if isinstance(cause, OSError) and isinstance(cause.filename, str):
            yield Path(cause.filename)


def _belongs_to(path: Path, folder: Path) -> bool:
    """Whether the path lies in the folder, or has to be there for the folder to be made."""
    return path.is_relative_to(folder) or folder.is_relative_to(path)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full(folder: Path) -> bool:
    existing = next((place for place in (folder, *folder.parents) if place.exists()), None)
    if existing is None:
        return False
    usage = shutil.disk_usage(existing)
    return usage.total > 0 and usage.free < LEAST_FREE_BYTES
