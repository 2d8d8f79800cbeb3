import pytest

from lessons.comparability.newest import newest_profiles
from tests.factories import make_gemeente

pytestmark = pytest.mark.django_db


def inhabitants():
    return newest_profiles().figures["inwoners"].tolist()


def test_the_newest_edition_is_taken():
    gemeente = make_gemeente()
    gemeente.profiles.create(edition=2024, figures={"inwoners_2024": 1})
    gemeente.profiles.create(edition=2025, figures={"inwoners_2025": 2})
    other = make_gemeente("GM0037", "Stadskanaal")
    other.profiles.create(edition=2024, figures={"inwoners_2024": 3})

    assert newest_profiles().codes == ("GM0014",)
    assert inhabitants() == [2]


def test_profiles_are_kept_until_one_changes(django_assert_num_queries):
    profile = make_gemeente().profiles.create(edition=2025, figures={"inwoners_2025": 2})
    newest_profiles()

    with django_assert_num_queries(1):
        assert inhabitants() == [2]
    profile.figures = {"inwoners_2025": 4}
    profile.save()
    with django_assert_num_queries(2):
        assert inhabitants() == [4]
    profile.delete()
    assert newest_profiles().codes == ()
