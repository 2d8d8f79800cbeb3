"""How good an answer is, as numbers between 0 and 1.

All take ``ranked``, the lessons as the engine ordered them, best first, and ``grades``,
the grade of each relevant lesson (see ``search.judging``). A lesson without a grade is
not relevant.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from statistics import fmean

NDCG_CUT = 10
RECALL_CUT = 20


@dataclass(frozen=True, slots=True)
class Scores:
    """What one answer scores, or what several score on average."""

    ndcg: float
    """nDCG@10: whether the best lessons stand on top of the first page."""
    recall: float
    """recall@20: whether what is relevant is found at all."""
    reciprocal_rank: float
    """On average: MRR, how far down the first relevant lesson stands."""


def score(ranked: Sequence[str], grades: Mapping[str, int]) -> Scores:
    """Return the three numbers of one answer."""
    return Scores(
        ndcg=ndcg_at(NDCG_CUT, ranked, grades),
        recall=recall_at(RECALL_CUT, ranked, grades),
        reciprocal_rank=reciprocal_rank(ranked, grades),
    )


def mean_scores(scores: Collection[Scores]) -> Scores:
    """Return the averages over queries, each query counting once."""
    if not scores:
        raise ValueError("There is no average of no scores.")
    return Scores(*(fmean(column) for column in zip(*map(astuple, scores), strict=True)))


def ndcg_at(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the normalised discounted cumulated gain of the first ``k`` lessons.

    ``DCG@k = Σ (2^grade(i) - 1) / log2(i + 1)`` over places ``i = 1 … k``, and
    ``nDCG@k = DCG@k / DCG@k`` of the best possible order of all relevant lessons.

    Cumulated gain: K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR
    techniques", ACM TOIS 20(4), 2002, pages 422-446. This gain and discount: C. Burges
    and others, "Learning to rank using gradient descent", ICML 2005. With this gain an
    exact lesson (grade 3) weighs seven times as much as one that touches the matter.
    """
    _check(k, ranked, grades)
    best = sorted(grades.values(), reverse=True)
    found = (grades.get(lesson, 0) for lesson in ranked[:k])
    return _dcg(found) / _dcg(best[:k])


def recall_at(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return which part of the relevant lessons stands among the first ``k``.

    ``recall@k = (relevant lessons among the first k) / (all relevant lessons)``; any
    grade is relevant. It stays below 1 when more than ``k`` lessons are relevant. C. D.
    Manning, P. Raghavan and H. Schütze, "Introduction to Information Retrieval", 2008,
    chapter 8.
    """
    _check(k, ranked, grades)
    return len(grades.keys() & set(ranked[:k])) / len(grades)


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return ``1 / place`` of the first relevant lesson, or 0 when there is none.

    MRR is the average over queries: E. M. Voorhees, "The TREC-8 question answering track
    report", 1999.
    """
    _check(1, ranked, grades)
    for place, lesson in enumerate(ranked, start=1):
        if lesson in grades:
            return 1 / place
    return 0.0


def _dcg(grades: Iterable[int]) -> float:
    return math.fsum(
        (2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1)
    )


def _check(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> None:
    if k < 1:
        raise ValueError("A measure looks at one lesson at least.")
    if not grades or min(grades.values()) < 1:
        raise ValueError("A judged query has relevant lessons, each with a grade of 1 or more.")
    if len(set(ranked)) < len(ranked):
        raise ValueError("An answer names a lesson once.")
