"""The indices of one installation, and the alias under which one of them serves.

    lessenbank-lessons                     the alias: the index that serves
    lessenbank-lessons-<form>-<moment>     an index; more than one only while a rebuild runs
    lessenbank-making-<form>-<moment>      an alias of an index in the making

A new index begins to serve, and the old one goes, in one step for all nodes. An index of
another form, left by another version of the program, does not exist for this one.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection

from elasticsearch import NotFoundError

from search.engines.elasticsearch.documents import LessonEntry, form_name, source_form
from search.engines.elasticsearch.server import CARE_SECONDS, Server

_TRUST_SECONDS = 10.0


class Indices:
    """Makes, finds, changes and removes indices."""

    def __init__(self, server: Server, prefix: str) -> None:
        self._server = server
        self._prefix = prefix
        self._form = form_name()
        self.alias = f"{prefix}-lessons"
        self._known: tuple[str, float] | None = None

    def serving(self, *, fresh: bool = False) -> str | None:
        """Return the index that serves, or None; unless ``fresh``, as known a moment ago."""
        known = self._known
        if known is not None and not fresh and time.monotonic() < known[1]:
            return known[0]
        names = [name for name in self._served() if name.startswith(f"{self.alias}-{self._form}-")]
        name = max(names, default=None)
        self._known = None if name is None else (name, time.monotonic() + _TRUST_SECONDS)
        return name

    def _served(self) -> list[str]:
        with self._server.asked() as client:
            try:
                return [str(name) for name in client.indices.get_alias(name=self.alias).body]
            except NotFoundError:
                return []

    def new(self) -> tuple[str, str]:
        """Make an empty index; return its name, and the alias to write to it."""
        stamp = (
            f"{self._form}-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{uuid.uuid4().hex[:8]}"
        )
        name, making = f"{self.alias}-{stamp}", f"{self._prefix}-making-{stamp}"
        index = LessonEntry._index.clone(name)
        index.aliases(**{making: {}})
        body = index.to_dict()
        body["mappings"] |= source_form()
        with self._server.asked(CARE_SECONDS) as client:
            client.indices.create(index=name, body=body)
        return name, making

    def serve(self, name: str, making: str) -> None:
        """Let the index serve from now on, and remove the one that did."""
        old = self._served()
        with self._server.asked(CARE_SECONDS) as client:
            client.indices.refresh(index=name)
            client.indices.update_aliases(
                actions=[
                    # An index that somebody removed and a write made anew has no such alias.
                    {"remove": {"index": name, "alias": making, "must_exist": True}},
                    {"add": {"index": name, "alias": self.alias}},
                    *({"remove_index": {"index": each}} for each in old),
                ]
            )
        self._known = None

    def discard_others(self) -> None:
        """Remove every index that does not serve."""
        self._discard(but=self._served())

    def discard_all(self) -> None:
        """Remove every index, also the one that serves."""
        self._discard(but=[])

    def _discard(self, *, but: Collection[str]) -> None:
        with self._server.asked(CARE_SECONDS) as client:
            found = client.indices.get(
                index=f"{self.alias}-*", expand_wildcards="all", features="aliases"
            ).body
            for name in found:
                if name not in but:
                    client.indices.delete(index=name, ignore_unavailable=True)
