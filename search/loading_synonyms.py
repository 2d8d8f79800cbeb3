"""Loading the synonyms that Lessenbank is shipped with."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from search.models import SynonymGroup

SYNONYMS_FILE = Path(__file__).resolve().parent / "data" / "synonyms.csv"
_COLUMNS = ("preferred", "kind", "term")
_FIELDS = {
    "synonym": "synonyms",
    "abbreviation": "abbreviations",
    "narrower": "narrower",
    "former": "former_names",
    "everyday": "everyday_words",
    "unexpanded": "unexpanded",
}


class SynonymsFileError(ValueError):
    """A file that cannot be read as synonyms; the message says in Dutch where."""


def read_groups(path: Path = SYNONYMS_FILE) -> list[SynonymGroup]:
    """Return the groups of a file, not saved; raise ``SynonymsFileError``."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise SynonymsFileError(f"De kolommen moeten zijn: {', '.join(_COLUMNS)}.")
            return _groups(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SynonymsFileError(f"{path.name} is niet te lezen: {error}") from error


@transaction.atomic
def load_groups(groups: Iterable[SynonymGroup]) -> int:
    """Add the groups that are not there yet; return how many.

    What is there stays as it is: an editor may have changed it.
    """
    present = set(SynonymGroup.objects.values_list("preferred", flat=True))
    new = [group for group in groups if group.preferred not in present]
    for group in new:
        group.save()
    return len(new)


def _groups(rows: csv.DictReader[str]) -> list[SynonymGroup]:
    terms: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        field = _FIELDS.get(row["kind"] or "")
        if field is None or not row["preferred"] or not row["term"]:
            raise SynonymsFileError(
                f"Regel {rows.line_num}: een regel noemt een voorkeursterm, een soort "
                f"({', '.join(_FIELDS)}) en een term."
            )
        terms[row["preferred"]][field].append(row["term"])
    return [
        SynonymGroup(
            preferred=preferred, **{field: "\n".join(found) for field, found in fields.items()}
        )
        for preferred, fields in terms.items()
    ]
