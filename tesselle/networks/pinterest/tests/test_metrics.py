from dataclasses import replace

from tesselle.connectors.tests.contract import content_for
from tesselle.networks.pinterest.metrics import of_pin


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
