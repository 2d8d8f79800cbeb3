from search import checks


def test_nothing_is_forgotten():
    assert checks.check_changes_are_followed() == []
    assert checks.check_story_parts_are_searched() == []
    assert checks.check_engine_exists() == []
    assert checks.check_elasticsearch_can_be_reached() == []


def test_a_model_that_nobody_follows_is_named(monkeypatch):
    monkeypatch.setattr("search.signal_handlers.UNINDEXED_MODELS", frozenset())

    (error,) = checks.check_changes_are_followed()

    assert (error.id, "cms.CustomDocument" in error.msg) == ("search.E001", True)


def test_an_unknown_engine_is_named(settings):
    settings.SEARCH_ENGINE = "solr"

    (error,) = checks.check_engine_exists()

    assert (error.id, error.hint) == (
        "search.E003",
        "Set LESSENBANK_SEARCH_ENGINE to one of: embedded, elasticsearch.",
    )


def test_elasticsearch_without_an_address_is_named(settings):
    settings.SEARCH_ENGINE = "elasticsearch"

    (error,) = checks.check_elasticsearch_can_be_reached()

    assert (error.id, error.hint) == (
        "search.E004",
        "Set LESSENBANK_ELASTICSEARCH, or LESSENBANK_SEARCH_ENGINE to embedded.",
    )


def test_a_secret_that_travels_unencrypted_is_named(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_ADDRESSES = ["https://a.example:9200", "http://b.example:9200"]
    assert checks.check_elasticsearch_can_be_reached() == []
    settings.ELASTICSEARCH_API_KEY = "secret"

    (warning,) = checks.check_elasticsearch_can_be_reached()

    assert (warning.id, "http://b.example:9200" in warning.msg) == ("search.W001", True)
