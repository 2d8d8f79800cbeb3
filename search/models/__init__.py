"""What search keeps: the outbox, the register of changes, feeds, word lists, and counts."""

from search.models.changes import LessonState, Register
from search.models.feeds import Feed, FeedMember
from search.models.outbox import OutboxEntry
from search.models.query_counts import QueryCount
from search.models.word_lists import Pin, PinnedQuery, SynonymGroup, WordListVersion

__all__ = [
    "Feed",
    "FeedMember",
    "LessonState",
    "OutboxEntry",
    "Pin",
    "PinnedQuery",
    "QueryCount",
    "Register",
    "SynonymGroup",
    "WordListVersion",
]
