"""The limits."""

from __future__ import annotations

MAX_REQUEST_BYTES = 100_000
MAX_TOKENS = 1_500
MAX_DEPTH = 12
MAX_FIELDS = 400
MAX_ALIASES = 30
MAX_DIRECTIVES = 50
MAX_DEFINITIONS = 50
"""Operations and fragments of a document."""
MAX_VARIABLES = 50
MAX_WORD = 200
"""Letters of a name or a number."""
MAX_ROOT_FIELDS = 10
MAX_LESSON_LISTS = 5
MAX_COMPARISONS = 5
MAX_GAP_MAPS = 2
MAX_ERRORS = 20

BUDGET = 75_000
"""The highest cost. 100 lessons with all of their fields fit, references to the first level."""
INTROSPECTION_COST = 1_000
