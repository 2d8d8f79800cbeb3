"""When tantivy or the disk fails: errors of ours, and whether an index is lost for good."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tantivy import Index, Query

from search.engines.analysis import WORDS_FIELD
from search.engines.contract import EngineError

_MOST_DOCUMENTS_READ = 2000
# What passes by itself, or is mended outside the index: it then is as good as before.
_PASSING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PASSING_WORDS = tuple(f"os error {number})" for number in _PASSING)


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what tantivy and the file system raise into the contract's error."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise EngineError(f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        # Over a damaged file tantivy panics, and a panic is no Exception to Python.
        if type(error).__name__ == "PanicException":
            raise EngineError(f"tantivy panicked: {error}") from error
        raise


def is_damaged(path: Path) -> bool:
    """Return whether an index cannot be read any more, for a reason that does not pass.

    Opens it anew and reads documents from it, whatever was asked when it failed.
    """
    try:
        with engine_errors():
            index = Index.open(str(path))
            index.config_reader("manual")
            index.reload()
            searcher = index.searcher()
            hits = searcher.search(
                Query.all_query(), limit=_MOST_DOCUMENTS_READ, order_by_field="age_key"
            ).hits
            for _key, address in hits:
                searcher.doc(address)
            searcher.terms_with_prefix(WORDS_FIELD, "a")
    except EngineError as error:
        passes = any(words in str(error) for words in _PASSING_WORDS)
        return not passes and path.exists()
    return False
