from dataclasses import replace
from typing import Any

from tesselle.connectors.tests.contract import content_for
from tesselle.networks.google_business.metrics import of_days, of_reviews
from tesselle.networks.google_business.sandbox.reviews import Reviews


def series(name: str, *values: str | None) -> dict[str, Any]:
    days = [{"date": {"day": 1}} | ({"value": value} if value else {}) for value in values]
    return {"dailyMetric": name, "timeSeries": {"datedValues": days}}


def test_all_four_places_where_it_was_shown_are_added_up_and_a_missing_day_is_nothing():
    told = {
        "multiDailyMetricTimeSeries": [
            {
                "dailyMetricTimeSeries": [
                    series("BUSINESS_IMPRESSIONS_DESKTOP_MAPS", "3", None, "4"),
                    series("BUSINESS_IMPRESSIONS_MOBILE_SEARCH", "10"),
                    series("CALL_CLICKS", "2", "1"),
                ]
            }
        ]
    }

    assert of_days(told) == {"impressions": 17, "clicks": 3}


def test_what_is_not_told_is_not_zero():
    assert of_days({}) == {}
    assert of_reviews({}) == {}


async def test_the_place_tells_its_last_four_weeks_and_its_reviews(stage):
    remote = await stage.publish(content_for(stage, "Sol"))
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, figures={"impressions": 90, "clicks": 4}))
    place = await stage.network.account(stage.account.remote_id)
    await Reviews(stage.network).write(place, "Ana", 5)

    figures = await stage.plugin.connector.channel_figures(stage.api())
    stage.clock.forward(40 * 86_400)
    stage.session.saved = {}
    later = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"impressions": 90, "clicks": 4, "comments": 1}
    assert later.values == {"impressions": 0, "clicks": 0, "comments": 1}


async def test_single_posts_have_no_figures_and_no_zeros_either(stage):
    remote = await stage.publish(content_for(stage, "Sol"))

    assert await stage.plugin.connector.post_figures((remote,), stage.api()) == ()
