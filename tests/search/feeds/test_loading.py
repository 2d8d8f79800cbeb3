"""Loading the feeds that come with the project."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from lessons.models import Ontwikkelpunt
from search.loading_feeds import FeedsFileError, read_feeds
from search.models import Feed
from tests.factories import make_term

pytestmark = pytest.mark.django_db

HEAD = "slug,title,description,language_level,query\n"


def test_feeds_are_loaded_once_and_stay_as_editors_left_them(capsys):
    make_term(Ontwikkelpunt, "informele-steun")
    call_command("load_feeds")
    feed = Feed.objects.get(slug="informele-steun")
    feed.title = "Anders"
    feed.save()

    call_command("load_feeds")

    assert capsys.readouterr().out.splitlines() == [
        "Feeds: 3 van 3 nieuw.",
        "Feeds: 0 van 3 nieuw.",
    ]
    assert Feed.objects.get(slug="informele-steun").title == "Anders"


def test_a_term_that_is_not_there_stops_loading():
    Ontwikkelpunt.objects.filter(code="informele-steun").delete()

    with pytest.raises(CommandError, match="Regel 3: ‘informele-steun’ komt niet voor"):
        call_command("load_feeds")

    assert not Feed.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [("slug,title\n", "De kolommen moeten zijn"), (f"{HEAD}a,A,-,B2,van=x\n", "Regel 2: ")],
)
def test_a_file_with_a_fault_is_refused_with_its_place(tmp_path, content, message):
    path = tmp_path / "feeds.csv"
    path.write_text(content)

    with pytest.raises(FeedsFileError, match=message):
        read_feeds(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FeedsFileError, match="is niet te lezen"):
        read_feeds(tmp_path / "weg.csv")
