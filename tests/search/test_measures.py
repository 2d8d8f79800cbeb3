"""The measures, against numbers worked out by hand."""

import pytest

from search.measures import Scores, mean_scores, ndcg_at, recall_at, reciprocal_rank, score

GRADES = {"exact": 3, "useful": 2, "touches": 1}


def test_ndcg_of_the_best_order_is_one():
    assert ndcg_at(10, ["exact", "useful", "touches", "other"], GRADES) == 1.0


def test_ndcg_weighs_grades_and_places():
    # Found: 1 / log2(2) + 0 / log2(3) + 7 / log2(4) = 1 + 0 + 3.5 = 4.5
    # Best:  7 / log2(2) + 3 / log2(3) + 1 / log2(4) = 7 + 1.8928 + 0.5 = 9.3928
    assert ndcg_at(10, ["touches", "other", "exact"], GRADES) == pytest.approx(0.47909, abs=1e-5)


def test_ndcg_of_the_reversed_order():
    # Found: 1 / log2(2) + 3 / log2(3) + 7 / log2(4) = 1 + 1.8928 + 3.5 = 6.3928
    found = ndcg_at(10, ["touches", "useful", "exact"], GRADES)

    assert found == pytest.approx(6.3928 / 9.3928, abs=1e-5)


def test_ndcg_does_not_look_below_the_cut():
    # Only the first place counts: a gain of 1 where 7 was possible.
    assert ndcg_at(1, ["touches", "exact", "useful"], GRADES) == pytest.approx(1 / 7)


def test_ndcg_compares_with_no_more_lessons_than_fit_above_the_cut():
    four_exact = dict.fromkeys(("a", "b", "c", "d"), 3)

    assert ndcg_at(2, ["a", "b"], four_exact) == 1.0


def test_ndcg_without_anything_relevant_is_zero():
    assert ndcg_at(10, ["other", "another"], GRADES) == 0.0


def test_ndcg_of_an_empty_answer_is_zero():
    assert ndcg_at(10, [], GRADES) == 0.0


def test_recall_counts_every_grade_alike():
    assert recall_at(20, ["touches", "other", "exact"], GRADES) == pytest.approx(2 / 3)


def test_recall_does_not_look_below_the_cut():
    assert recall_at(2, ["touches", "other", "exact"], GRADES) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["exact", "other"], 1.0),
        (["other", "another", "touches", "exact"], 1 / 3),
        (["other"], 0.0),
        ([], 0.0),
    ],
)
def test_reciprocal_rank_is_one_over_the_first_relevant_place(ranked, expected):
    assert reciprocal_rank(ranked, GRADES) == expected


def test_score_cuts_ndcg_at_ten_and_recall_at_twenty():
    others = [f"other {number}" for number in range(10)]

    # Everything relevant stands from place 11: below the cut of nDCG, above that of recall.
    assert score([*others, "exact", "useful", "touches"], GRADES) == Scores(
        ndcg=0.0, recall=1.0, reciprocal_rank=1 / 11
    )


def test_mean_scores_count_each_query_once():
    scores = [Scores(1.0, 0.5, 1.0), Scores(0.5, 0.0, 0.25)]

    assert mean_scores(scores) == Scores(0.75, 0.25, 0.625)


def test_mean_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no average"):
        mean_scores([])


@pytest.mark.parametrize(
    ("k", "ranked", "grades", "message"),
    [
        (0, ["exact"], GRADES, "one lesson at least"),
        (10, ["exact", "exact"], GRADES, "names a lesson once"),
        (10, ["exact"], {}, "has relevant lessons"),
        (10, ["exact"], {"exact": 0}, "has relevant lessons"),
    ],
)
def test_what_has_no_meaning_is_refused(k, ranked, grades, message):
    with pytest.raises(ValueError, match=message):
        ndcg_at(k, ranked, grades)
    with pytest.raises(ValueError, match=message):
        recall_at(k, ranked, grades)
