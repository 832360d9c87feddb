import pytest

from tesselle.domain.content import Content
from tesselle.domain.verdicts import Accepted, Duplicate, ReconciliationKind, Refused
from tesselle.networks.mastodon.software import COUSINS, KNOWN
from tesselle.simulation.faults import Effect

COUSIN_SLUGS = [*(one.slug for one in COUSINS), "other"]


def content(stage, text):
    return Content(text=text, media=(stage.image(),))


@pytest.mark.parametrize("software", list(KNOWN))
async def test_connecting_tells_the_software(stage_on, software):
    assert (await stage_on(software)).account.kind == software


@pytest.mark.parametrize("software", COUSIN_SLUGS)
async def test_a_cousin_is_looked_up(stage_on, software):
    stage = await stage_on(software)

    assert stage.plugin.connector.reconciliation("post", stage.account).kind is ReconciliationKind.LOOKUP


@pytest.mark.parametrize("software", COUSIN_SLUGS)
@pytest.mark.parametrize("effect", [Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE, Effect.CUT_UNREAD])
async def test_a_doubtful_post_with_a_picture_ends_as_one_post(stage_on, software, effect):
    stage = await stage_on(software)
    call = await stage.prepared(stage.step(content(stage, "Tiles")))
    stage.fault("create", effect)

    await stage.send_until_settled(call)

    assert [post.text for post in await stage.public()] == ["Tiles"]


@pytest.mark.parametrize("software", ["gotosocial", "snac", "takahe", "other"])
async def test_words_alone_are_certain_only_where_the_server_names_the_application(stage_on, software):
    stage = await stage_on(software)
    call = await stage.prepared(stage.step(Content(text="Tiles for @dora@example.com")))
    await stage.send(call)

    (candidate,) = await stage.found(call)

    assert candidate.certain == (software in {"gotosocial", "other"})


async def test_pixelfed_calls_a_repeat_a_duplicate_even_after_a_refusal(stage_on):
    stage = await stage_on("pixelfed")
    call = await stage.prepared(stage.step(content(stage, "x" * 501)))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Refused)
    assert first.code == "text_too_long"
    assert isinstance(second, Duplicate)


async def test_pixelfed_wants_a_picture(stage_on):
    stage = await stage_on("pixelfed")

    verdict = await stage.send(await stage.prepared(stage.step(Content(text="Tiles"))))

    assert isinstance(verdict, Refused)
    assert verdict.code == "needs_media"


@pytest.mark.parametrize("software", ["gotosocial", "takahe"])
async def test_too_long_a_text_is_refused_in_the_cousins_own_words(stage_on, software):
    stage = await stage_on(software)
    maximum = stage.plugin.connector.limits(stage.account).texts[0].maximum

    fits = await stage.send(await stage.prepared(stage.step(Content(text="é" * maximum))))
    verdict = await stage.send(await stage.prepared(stage.step(Content(text="é" * (maximum + 1)))))

    assert isinstance(fits, Accepted)
    assert isinstance(verdict, Refused)
    assert verdict.code == "text_too_long"
