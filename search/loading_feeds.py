"""Loading the feeds that Lessenbank is shipped with."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from search.feeds.questions import stored_form
from search.models import Feed
from search.query import QueryError

FEEDS_FILE = Path(__file__).resolve().parent / "data" / "feeds.csv"
_COLUMNS = ("slug", "title", "description", "language_level", "query")


class FeedsFileError(ValueError):
    """A file that cannot be read as feeds; the message says in Dutch where."""


def read_feeds(path: Path = FEEDS_FILE) -> list[Feed]:
    """Return the feeds of a file, not saved; raise ``FeedsFileError``.

    The terms that they name have to be there.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise FeedsFileError(f"De kolommen moeten zijn: {', '.join(_COLUMNS)}.")
            return [_feed(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FeedsFileError(f"{path.name} is niet te lezen: {error}") from error


def _feed(line: int, row: dict[str, str]) -> Feed:
    try:
        return Feed(**{**row, "query": stored_form(row["query"])})
    except QueryError as fault:
        raise FeedsFileError(f"Regel {line}: {fault.message}") from fault


@transaction.atomic
def load_feeds(feeds: Iterable[Feed]) -> int:
    """Add the feeds that are not there yet; return how many. What editors changed stays."""
    present = set(Feed.objects.values_list("slug", flat=True))
    new = [feed for feed in feeds if feed.slug not in present]
    for feed in new:
        feed.save()
    return len(new)
