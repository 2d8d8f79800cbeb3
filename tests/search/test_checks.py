from search import checks


def test_nothing_is_forgotten():
    assert checks.check_changes_are_followed() == []
    assert checks.check_story_parts_are_searched() == []
    assert checks.check_engine_exists() == []


def test_a_model_that_nobody_follows_is_named(monkeypatch):
    monkeypatch.setattr("search.signal_handlers.UNINDEXED_MODELS", frozenset())

    (error,) = checks.check_changes_are_followed()

    assert (error.id, "cms.CustomDocument" in error.msg) == ("search.E001", True)


def test_an_unknown_engine_is_named(settings):
    settings.SEARCH_ENGINE = "solr"

    (error,) = checks.check_engine_exists()

    assert (error.id, error.hint) == (
        "search.E003",
        "Set LESSENBANK_SEARCH_ENGINE to one of: embedded.",
    )
