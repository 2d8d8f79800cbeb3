"""What the index knows of words, asked in one request for a whole question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from search.dutch.spelling import closest, most_errors
from search.engines.analysis import STEMS_FIELD, WORDS_FIELD
from search.engines.contract import WordQuestions
from search.wording import KnownWords

_MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The answer about the stems and words that were asked; others are asked of ``beyond``."""

    asked: WordQuestions
    beyond: KnownWords
    lessons: int
    counts: Mapping[str, int]
    candidates: Mapping[str, Sequence[tuple[str, int]]]

    def number(self) -> int:
        """Return how many lessons there are."""
        return self.lessons

    def frequencies(self, stems: Collection[str]) -> Mapping[str, int]:
        """Return how many lessons hold each of the stems; those in none are left out."""
        found = {stem: self.counts[stem] for stem in stems if stem in self.counts}
        others = [stem for stem in stems if stem not in self.asked.stems]
        return {**found, **self.beyond.frequencies(others)} if others else found

    def similar(self, word: str) -> Sequence[str]:
        """Return words of lessons of which this may be a misspelling, best first."""
        if word not in self.candidates:
            return self.beyond.similar(word)
        return closest(word, self.candidates[word])


def ask_words(
    client: Elasticsearch, index: str, asked: WordQuestions, *, beyond: KnownWords
) -> AskedWords:
    """Ask how many lessons hold the stems, and which words look like the words."""
    stems, words = [*asked.stems], [*asked.words]
    answer = client.search(
        index=index,
        size=0,
        track_total_hits=True,
        allow_partial_search_results=False,
        aggregations={"stems": {"filters": {"filters": [*map(_holding, stems)]}}}
        if stems
        else None,
        suggest={str(place): _like(word) for place, word in enumerate(words)} if words else None,
    )
    buckets = answer["aggregations"]["stems"]["buckets"] if stems else []
    counts = {
        stem: bucket["doc_count"]
        for stem, bucket in zip(stems, buckets, strict=True)
        if bucket["doc_count"]
    }
    candidates = {
        word: [
            (option["text"], option["freq"])
            for entry in answer["suggest"][str(place)]
            for option in entry["options"]
        ]
        for place, word in enumerate(words)
    }
    return AskedWords(asked, beyond, answer["hits"]["total"]["value"], counts, candidates)


def _holding(stem: str) -> dict[str, object]:
    return {"term": {STEMS_FIELD: stem}}


def _like(word: str) -> dict[str, object]:
    return {
        "text": word,
        "term": {
            "field": WORDS_FIELD,
            "analyzer": "whitespace",
            "suggest_mode": "always",
            "max_edits": most_errors(word),
            "min_word_length": 1,
            "prefix_length": 1,
            "size": _MOST_CANDIDATES,
        },
    }
