"""Our make-believe Telegram, driven over loopback HTTP by python-telegram-bot, which we did not write."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InputMediaPhoto, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.server import serving
from tesselle.connectors.tests.stage import Clock, png
from tesselle.networks.telegram.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault, FaultScript
from tesselle.simulation.network import SimulatedNetwork


class Telegram:
    """One channel, its bot as the library sees it, and the simulation behind."""

    def __init__(
        self, base: str, network: SimulatedNetwork, script: FaultScript, opened: SandboxAccount
    ) -> None:
        self.base, self.network, self.script = base, network, script
        self.channel = int(opened.id)
        self.bot = Bot(opened.answers["token"], base_url=f"{base}/bot")


@pytest.fixture
async def telegram(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with serving([SANDBOX]) as house:
        served = house.served["telegram"]
        served.network.clock = Clock()
        base = f"{house.base}/telegram"
        opened = await SANDBOX.open_account(
            served.network, base, "carrelage", "Carrelage Dubois", followers=7
        )
        here = Telegram(base, served.network, served.script, opened)
        async with here.bot:
            yield here


async def updates(telegram: Telegram, **more: Any) -> Any:
    return await telegram.bot.get_updates(timeout=0, allowed_updates=["message"], **more)


async def test_the_bot_the_channel_and_its_rights_are_told(telegram):
    bot = telegram.bot

    chat = await bot.get_chat("@carrelage")
    member = await bot.get_chat_member(telegram.channel, bot.id)

    assert (await bot.get_me()).username == "carrelage_bot"
    assert (chat.id, chat.type, chat.title) == (telegram.channel, "channel", "Carrelage Dubois")
    assert member.status == ChatMemberStatus.ADMINISTRATOR
    assert member.can_post_messages
    assert await bot.get_chat_member_count(telegram.channel) == 7


async def test_a_text_is_sent_edited_and_deleted(telegram):
    bot, channel = telegram.bot, telegram.channel

    sent = await bot.send_message(
        channel,
        "[Nouveau] {beau} 🧱",
        disable_notification=True,
        protect_content=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    edited = await bot.edit_message_text("Encore plus beau", chat_id=channel, message_id=sent.message_id)
    deleted = await bot.delete_message(channel, sent.message_id)

    assert sent.text == "[Nouveau] {beau} 🧱"
    assert sent.link == f"https://t.me/carrelage/{sent.message_id}"
    assert sent.has_protected_content
    assert edited.text == "Encore plus beau"
    assert edited.edit_date is not None
    assert deleted
    assert (await telegram.network.truth())[0].removed


async def test_an_album_comes_back_as_several_messages_of_one_group(telegram):
    media = [InputMediaPhoto(png(comment=str(i)), caption="Trois vues" if i == 0 else None) for i in range(3)]

    sent = await telegram.bot.send_media_group(telegram.channel, media)

    assert len({message.message_id for message in sent}) == 3
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["Trois vues", None, None]
    assert await telegram.bot.delete_messages(telegram.channel, [one.message_id for one in sent])
    assert (await telegram.network.truth())[0].removed


async def test_a_picture_and_a_film_are_sent(telegram):
    picture = await telegram.bot.send_photo(telegram.channel, png(), caption="Vue")
    film = await telegram.bot.send_video(telegram.channel, b"film", caption="Pose")
    changed = await telegram.bot.edit_message_caption(
        chat_id=telegram.channel, message_id=picture.message_id, caption="Belle vue"
    )

    assert (picture.photo[0].width, picture.photo[0].height) == (2, 2)
    assert film.video is not None
    assert changed.caption == "Belle vue"


async def test_a_post_is_forwarded_into_the_discussion_group(telegram):
    await updates(telegram)
    sent = await telegram.bot.send_message(telegram.channel, "Regardez")

    (update,) = await updates(telegram, offset=1)

    message = update.message
    assert message.is_automatic_forward
    assert message.forward_origin.message_id == sent.message_id
    assert message.forward_origin.chat.id == telegram.channel
    assert message.text == "Regardez"
    assert message.chat.type == "supergroup"


async def test_updates_stay_until_they_are_confirmed(telegram):
    await telegram.bot.send_message(telegram.channel, "Un")
    await telegram.bot.send_message(telegram.channel, "Deux")

    first = await updates(telegram)
    repeated = await updates(telegram, offset=first[0].update_id)
    cut_short = await updates(telegram, offset=first[0].update_id)
    confirmed = await updates(telegram, offset=first[0].update_id + 1)

    assert repeated == first
    assert cut_short == first[:1]  # the same question twice within half a second
    assert [update.message.text for update in confirmed] == ["Deux"]


async def test_a_comment_is_an_update_and_can_be_answered(telegram):
    sent = await telegram.bot.send_message(telegram.channel, "Regardez")
    comment = telegram.network.new_post("c1", "bob", "Quel prix ?", parent_id=str(sent.message_id))
    await telegram.network.add_post(comment)
    _, update = await updates(telegram)

    answer = await telegram.bot.send_message(
        update.message.chat_id, "45 francs", reply_parameters=ReplyParameters(update.message.message_id)
    )

    assert update.message.text == "Quel prix ?"
    assert update.message.reply_to_message.is_automatic_forward
    assert answer.chat_id == update.message.chat_id
    assert [post.parent_id for post in await telegram.network.truth()][-1] == "c1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * 4097, "Message is too long"),
        ("🧱" * 2049, "Message is too long"),
        (" \n", "Message text is empty"),
    ],
)
async def test_a_text_that_does_not_fit_is_refused(telegram, text, said):
    with pytest.raises(BadRequest, match=said):
        await telegram.bot.send_message(telegram.channel, text)


async def test_refusals_reach_the_library_as_its_own_errors(telegram):
    bot, channel = telegram.bot, telegram.channel
    sent = await bot.send_message(channel, "Bonjour")

    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("Bonjour", chat_id=channel, message_id=sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(channel, 999)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-100999, "Bonjour")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(channel, "Suite", reply_parameters=ReplyParameters(999))
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(channel, b"no picture")


async def test_a_throttle_an_expired_token_and_a_rival_reach_it_too(telegram):
    telegram.script.add(Fault("create", Effect.THROTTLE, seconds=9))
    with pytest.raises(RetryAfter) as told:
        await telegram.bot.send_message(telegram.channel, "Vite")
    assert told.value.retry_after == timedelta(seconds=9)

    telegram.script.add(Fault("create", Effect.EXPIRED))
    with pytest.raises(InvalidToken):
        await telegram.bot.send_message(telegram.channel, "Vite")

    telegram.network.flags.add("webhook")
    with pytest.raises(Conflict):
        await updates(telegram)


async def test_another_bot_may_not_post(telegram):
    other = await SANDBOX.open_account(telegram.network, telegram.base, "peinture", "Peinture Rossi")

    async with Bot(other.answers["token"], base_url=f"{telegram.base}/bot") as bot:
        with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
            await bot.send_message(telegram.channel, "Bonjour")
