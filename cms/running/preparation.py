"""Everything between an empty data folder and a site that can be served, in order.

Each step says by a fingerprint of its inputs whether it still has work to do, so that
a second start does nothing twice and never skips what changed.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.running.models import PreparedStep
from cms.running.progress import Progress

PACKAGES = ("cms", "lessons", "search", "frontend_api")
SOURCE_SUFFIXES = {".py", ".csv", ".yaml"}


@dataclass(frozen=True)
class LoadingStep:
    """A command that brings the database in step with files of the project."""

    command: str
    title: str
    is_shown: bool = True
    """Whether what the command tells goes on the screen."""


GEOGRAPHY = LoadingStep("load_geography", "Gemeenten en jeugdregio's")
CONTENT = LoadingStep("load_content", "Begrippen, pagina's, pilots en lessen")
SYNONYMS = LoadingStep("load_synonyms", "Synoniemen")
FEEDS = LoadingStep("load_feeds", "Feeds")
ROLES = LoadingStep("setup_roles", "Rollen en werkstroom", is_shown=False)
DEMO = LoadingStep("load_demo", "Demo: accounts en lessen in elke toestand", is_shown=False)


def prepare(progress: Progress) -> None:
    """Bring database, texts, static files and index in step with the project's files."""
    migrate(progress)
    fingerprint = source_fingerprint("cms", "lessons", "search")
    demo = [DEMO] if settings.DEMO_ENABLED else []
    for step in (GEOGRAPHY, CONTENT, SYNONYMS, FEEDS, ROLES, *demo):
        load(step, fingerprint, progress)
    collect_static_files(progress)
    with progress.step("Zoekindex"):
        call_command("rebuild_search_index", if_needed=True)


def migrate(progress: Progress) -> None:
    """Apply the migrations that this database has not had."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        progress.unchanged("Database")
        return
    with progress.step("Database"):
        call_command("migrate", interactive=False, verbosity=0)


def load(step: LoadingStep, fingerprint: str, progress: Progress) -> None:
    """Run the step's command unless it has seen these very inputs."""
    if PreparedStep.objects.filter(name=step.command, fingerprint=fingerprint).exists():
        progress.unchanged(step.title)
        return
    with progress.step(step.title):
        call_command(
            step.command,
            stdout=sys.stdout if step.is_shown else io.StringIO(),
            verbosity=int(step.is_shown),
        )
        PreparedStep.objects.update_or_create(
            name=step.command, defaults={"fingerprint": fingerprint}
        )


def collect_static_files(progress: Progress) -> None:
    """Collect and compress the static files unless the same ones are there."""
    mark = Path(settings.STATIC_ROOT) / "collected-from"
    fingerprint = static_fingerprint()
    if mark.exists() and mark.read_text() == fingerprint:
        progress.unchanged("Stijlen en scripts")
        return
    with progress.step("Stijlen en scripts"):
        mark.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(fingerprint)


def source_fingerprint(*packages: str) -> str:
    """Return a fingerprint of the code and content files of these packages."""
    folders = [settings.BASE_DIR / package for package in packages]
    return _fingerprint(path for path in _files(folders) if path.suffix in SOURCE_SUFFIXES)


def static_fingerprint() -> str:
    """Return a fingerprint of our static files and of the installed packages."""
    folders = [settings.BASE_DIR / package / "static" for package in PACKAGES]
    installed = sorted(f"{found.name}=={found.version}" for found in distributions())
    return _fingerprint(_files(folders), *installed)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _fingerprint(paths: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256("\n".join(words).encode())
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(settings.BASE_DIR)} {content}\n".encode())
    return digest.hexdigest()
