"""Where a helper of a rebuild begins: a new process, in which Django is not there yet."""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Any

import django


def begin(pipe: Connection[Any, Any]) -> None:
    """Make documents for whoever holds the other end of the pipe."""
    django.setup()
    # Models can be imported from here on only.
    from search.document_makers import help_rebuild

    help_rebuild(pipe)
