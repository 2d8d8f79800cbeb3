from frontend_api.webhooks.checks import check_private_addresses


def test_a_site_is_warned_before_it_goes_public_with_webhooks_that_reach_inside(settings):
    assert check_private_addresses() == []

    settings.WEBHOOK_ALLOW_PRIVATE = True

    assert [warning.id for warning in check_private_addresses()] == ["frontend_api.W001"]
