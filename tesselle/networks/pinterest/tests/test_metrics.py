from dataclasses import replace

from tesselle.connectors.tests.contract import content_for
from tesselle.networks.pinterest.metrics import of_pin
from tesselle.simulation.faults import Effect, Fault


def test_a_pins_life_is_counted_and_not_its_last_ninety_days():
    pin = {
        "pin_metrics": {
            "90d": {"impression": 2, "clickthrough": 1},
            "lifetime_metrics": {
                "pin_click": 7,
                "impression": 240,
                "clickthrough": 3,
                "reaction": 10,
                "comment": 0,
            },
        }
    }

    assert of_pin(pin) == {"impressions": 240, "clicks": 3, "reactions": 10, "comments": 0}


def test_what_is_not_told_is_not_zero():
    assert of_pin({"pin_metrics": None}) == {}
    assert of_pin({"pin_metrics": {"90d": {"impression": 2}}}) == {}
    assert of_pin({}) == {}


async def test_a_few_pins_are_asked_for_one_by_one_and_gone_ones_are_missing(stage):
    kept, gone = [await stage.publish(content_for(stage, text)) for text in ("Sol", "Mur")]
    await stage.network.remove_post(gone.id)
    post = await stage.network.stored_post(kept.id)
    await stage.network.save_post(replace(post, figures={"impressions": 90, "saves": 4}))

    (figures,) = await stage.plugin.connector.post_figures((kept, gone), stage.api())

    assert figures.remote_id == kept.id
    assert (figures.values["impressions"], figures.values["saves"]) == (90, 4)


async def test_many_pins_come_by_the_page_and_gone_ones_are_missing(stage):
    remotes = [await stage.publish(content_for(stage, f"Sol {number}")) for number in range(6)]
    await stage.network.remove_post(remotes[3].id)

    figures = await stage.plugin.connector.post_figures(remotes, stage.api())

    assert [one.remote_id for one in figures] == [one.id for one in remotes if one is not remotes[3]]


async def test_the_channel_tells_followers_and_pins(stage):
    await stage.publish(content_for(stage, "Sol"))
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, followers=120))

    figures = await stage.plugin.connector.channel_figures(stage.api())

    assert figures.values == {"followers": 120, "posts": 1}


async def film_pin(stage, **figures):
    remote = await stage.publish(replace(content_for(stage, "Pose"), media=(stage.film(),)))
    post = await stage.network.stored_post(remote.id)
    await stage.network.save_post(replace(post, figures=figures))
    return remote


async def test_how_long_a_film_was_watched_is_told_in_seconds(stage):
    remote = await film_pin(stage, video_views=33, watch_time=754)

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert (told.values["video_views"], told.values["watch_time"]) == (33, 754)


async def test_a_picture_is_not_asked_how_long_it_was_watched(stage):
    remote = await stage.publish(content_for(stage, "Sol"))

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert not {"video_views", "watch_time"} & set(told.values)


async def test_a_film_older_than_reports_reach_keeps_what_was_told_last(stage):
    """A sum of the last ninety days would sink again."""
    remote = await film_pin(stage, impressions=90, video_views=33, watch_time=754)
    connector = stage.plugin.connector

    stage.clock.forward(89 * 86_400)
    (last,) = await connector.post_figures((remote,), stage.api())
    stage.clock.forward(86_400)
    (later,) = await connector.post_figures((remote,), stage.api())

    assert last.values["watch_time"] == 754
    assert later.values["impressions"] == 90
    assert not {"video_views", "watch_time"} & set(later.values)


async def test_without_a_report_the_other_figures_are_told(stage):
    remote = await film_pin(stage, impressions=90, watch_time=754)
    stage.script.add(Fault("figures", Effect.REFUSE_MEDIA))

    (told,) = await stage.plugin.connector.post_figures((remote,), stage.api())

    assert told.values["impressions"] == 90 and "watch_time" not in told.values
