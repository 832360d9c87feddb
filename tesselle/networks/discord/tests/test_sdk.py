"""Our make-believe Discord, driven over loopback by discord.py, which we did not write."""

import warnings
from io import BytesIO

import aiohttp
import pytest

from tesselle.connectors.sandbox.server import serving
from tesselle.connectors.tests.stage import png
from tesselle.networks.discord.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

with warnings.catch_warnings():
    # It asks for a module of sounds that Python gives up.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord.http import Route


class There:
    """One channel's webhook as the library sees it, and the simulation behind."""

    def __init__(self, served, opened, webhook: discord.Webhook) -> None:
        self.served, self.opened, self.webhook = served, opened, webhook


@pytest.fixture
async def there(monkeypatch):
    async with serving([SANDBOX]) as house, aiohttp.ClientSession() as session:
        served = house.served["discord"]
        monkeypatch.setattr(Route, "BASE", f"{house.base}/discord/api/v10")
        opened = await SANDBOX.open_account(served.network, f"{house.base}/discord", "annonces", "Annonces")
        token = opened.answers["address"].rpartition("/")[2]
        yield There(served, opened, discord.Webhook.partial(int(opened.id), token, session=session))


async def test_the_webhook_is_told(there):
    told = await there.webhook.fetch()

    assert (told.name, told.type) == ("Annonces", discord.WebhookType.incoming)
    assert told.channel_id and told.guild_id


async def test_a_message_is_sent_read_changed_and_deleted(there):
    sent = await there.webhook.send("Bonjour 🧱", wait=True, silent=True)
    read = await there.webhook.fetch_message(sent.id)
    edited = await sent.edit(content="Bonsoir")
    await sent.delete()

    assert (sent.content, read.content, edited.content) == ("Bonjour 🧱", "Bonjour 🧱", "Bonsoir")
    assert sent.flags.silent
    assert edited.edited_at is not None
    assert (await there.served.network.truth())[0].removed
    with pytest.raises(discord.NotFound) as told:
        await there.webhook.fetch_message(sent.id)
    assert told.value.code == 10008


async def test_without_waiting_nothing_comes_back(there):
    assert await there.webhook.send("Bonjour") is None
    assert [post.text for post in await there.served.network.truth()] == ["Bonjour"]


async def test_files_come_back_with_their_descriptions(there):
    files = [discord.File(BytesIO(png(comment=str(n))), f"{n}.png", description=f"Vue {n}") for n in range(3)]

    sent = await there.webhook.send("Trois vues", files=files, wait=True)
    kept = await sent.edit(attachments=sent.attachments[:1])

    assert [one.description for one in sent.attachments] == ["Vue 0", "Vue 1", "Vue 2"]
    assert [one.description for one in kept.attachments] == ["Vue 0"]


@pytest.mark.parametrize(
    "message",
    [
        {"content": "a" * 2001},
        {"content": "🧱" * 1001},
        {"content": " \n"},
        {"embed": discord.Embed(title="a" * 257)},
        {"embeds": [discord.Embed(description="a" * 3001) for _ in range(2)]},
        {"content": "a", "thread_name": "Conseils"},
    ],
)
async def test_what_does_not_fit_is_refused(there, message):
    with pytest.raises(discord.HTTPException) as told:
        await there.webhook.send(**message)

    assert told.value.status == 400
    assert await there.served.network.truth() == []


async def test_embeds_at_their_bounds_are_taken(there):
    embed = discord.Embed(title="a" * 256, description="b" * 4096, url="https://x.example")

    sent = await there.webhook.send(embed=embed, wait=True)

    assert len(sent.embeds[0].description) == 4096


async def test_a_dead_webhook_and_a_wrong_token_are_told_apart(there):
    session = there.webhook.session
    wrong = discord.Webhook.partial(int(there.opened.id), "wrong", session=session)
    dead = discord.Webhook.partial(1, "wrong", session=session)

    with pytest.raises(discord.HTTPException) as told:
        await wrong.fetch(prefer_auth=False)
    assert (told.value.status, told.value.code) == (401, 50027)
    with pytest.raises(discord.NotFound) as told:
        await dead.fetch(prefer_auth=False)
    assert told.value.code == 10015


async def test_a_throttle_is_waited_for_by_the_library(there):
    there.served.script.add(Fault("create", Effect.THROTTLE, seconds=0.2))

    sent = await there.webhook.send("Vite", wait=True)

    assert sent.content == "Vite"
    assert there.served.script.fired == {"throttle": 1}


async def test_a_5xx_that_was_accepted_makes_the_library_send_twice(there):
    """Why the client of a network is no way to send: it repeats by itself."""
    there.served.script.add(Fault("create", Effect.ACCEPT_5XX))

    await there.webhook.send("Deux fois ?", wait=True)

    assert len(await there.served.network.truth()) == 2
