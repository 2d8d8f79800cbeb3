"""Let in the GraphQL questions that a closed site answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontend_api.graphql import limits, persisted_queries
from frontend_api.graphql.answering import InvalidDocument, checked_question
from frontend_api.graphql.errors import formatted


class Command(BaseCommand):
    """Checks every file first: when one is no question that the schema answers, none is let in."""

    help = (
        "Laat GraphQL-vragen toe voor een site die alleen toegelaten vragen beantwoordt "
        "(LESSENBANK_GRAPHQL_TRUSTED_ONLY), één per bestand. "
        "--list noemt ze, --remove haalt ze weg."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files, or one of the options."""
        parser.add_argument("files", nargs="*", metavar="BESTAND.graphql")
        parser.add_argument("--list", action="store_true", help="noem de toegelaten vragen")
        parser.add_argument(
            "--remove", nargs="+", default=[], metavar="HASH", help="laat deze vragen niet meer toe"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Let in, take away or list."""
        if not (options["files"] or options["list"] or options["remove"]):
            raise CommandError("Noem een of meer bestanden, of gebruik --list of --remove.")
        if options["files"]:
            texts = [_question(Path(name)) for name in options["files"]]
            new = persisted_queries.trust(texts)
            self.stdout.write(f"{new} toegelaten, {len(texts) - new} was dat al.")
        if options["remove"]:
            number = persisted_queries.distrust(options["remove"])
            self.stdout.write(f"{number} van {len(options['remove'])} niet meer toegelaten.")
        if options["list"]:
            for query in persisted_queries.trusted():
                self.stdout.write(f"{query.sha256}  {' '.join(query.text.split())[:80]}")


def _question(file: Path) -> str:
    """Return the question in a file; raise ``CommandError`` with where it is wrong."""
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} is niet te lezen: {error}") from error
    if len(text) > persisted_queries.MAX_LENGTH:
        raise CommandError(f"{file} is te lang: {persisted_queries.MAX_LENGTH} tekens mogen.")
    try:
        cost = checked_question(text).cost
    except InvalidDocument as invalid:
        faults = [formatted(error) for error in invalid.errors]
        raise CommandError(
            "\n".join(
                f"{file}: {fault['extensions']['place']}: {fault['message']}" for fault in faults
            )
        ) from invalid
    if cost.total({}) > limits.BUDGET:
        raise CommandError(f"{file}: query: {limits.too_costly(cost.total({})).message}")
    return text
