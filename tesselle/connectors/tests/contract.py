"""The promises every network keeps. `tests/contracts/test_networks.py` asks each of them of every
folder found; a network's own tests cover only what is its own.

Each function fails with a sentence that says what is wrong and where.
"""

from collections.abc import Mapping
from dataclasses import replace

from tesselle.connectors.card import Ability
from tesselle.connectors.http.exchange import Response
from tesselle.connectors.tests.stage import RECIPIENT, Stage
from tesselle.domain.content import FORMAT, Content
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Later,
    Present,
    ReconciliationKind,
    Refused,
    Remote,
    Seen,
    Verdict,
)
from tesselle.simulation.faults import Effect
from tesselle.simulation.network import SimPost

UNANSWERED = {Effect.CUT_UNREAD, Effect.ACCEPT_CUT, Effect.ACCEPT_LATE, Effect.HANG}
ACCEPTED_UNSEEN = (Effect.ACCEPT_CUT, Effect.ACCEPT_5XX, Effect.GARBAGE)
NOT_ACCEPTED = (Effect.CUT_UNREAD, Effect.HANG, Effect.FAIL_5XX)
SETTLED_BY_SENDING = {ReconciliationKind.KEY, ReconciliationKind.WITNESS}


def content_for(
    stage: Stage,
    text: str,
    *,
    media: bool = False,
    format: str = "",
    options: Mapping[str, str] | None = None,
) -> Content:
    """Something the network takes: with a title, a file or a choice where it cannot do without, and
    without words where it leaves no room for any."""
    limits = stage.plugin.connector.limits(stage.account).of(format)
    text = "" if any(limit.maximum == 0 for limit in limits.texts) else text
    title = text if limits.title is not None else ""
    needs_media = media or not {"text", "title"} & set(limits.needs)
    chosen = {**stage.options, **({FORMAT: format} if format else {}), **(options or {})}
    on_a_list = Ability.SUBSCRIBERS in stage.plugin.card.abilities
    return Content(
        text=text,
        title=title,
        media=(stage.file_for(limits),) if needs_media else (),
        options=chosen,
        recipients=(RECIPIENT,) if on_a_list else (),
    )


def kind_of(stage: Stage, content: Content) -> ReconciliationKind:
    step = stage.plugin.connector.steps("post", content, stage.account)[0]
    kind: ReconciliationKind = stage.plugin.connector.reconciliation(step, stage.account).kind
    return kind


def reads_back(stage: Stage) -> bool:
    """Whether this account's posts can be seen again; the card says so where it holds for all."""
    able: bool = stage.plugin.connector.reads_back(stage.account)
    card = stage.plugin.card
    assert able or not card.reads_back, f"{card.slug}: the card says that every account can be read back"
    assert not able or Ability.VERIFY in card.abilities, f"{card.slug}: read back without `verify`"
    return able


async def copies(stage: Stage, marker: str) -> list[SimPost]:
    return [post for post in await stage.public() if marker in post.text or marker in post.title]


# --- what may follow -------------------------------------------------------------------------------


async def an_effect_on_create_is_understood(stage: Stage, effect: Effect) -> None:
    call = await stage.prepared(stage.step(content_for(stage, "Effect", media=effect is Effect.REFUSE_MEDIA)))
    stage.fault("create", effect, seconds=60)

    exchange = await stage.exchange(call)

    fired = stage.script.fired.get(effect.value, 0)
    assert fired == 1, f"{stage.plugin.card.slug}: the irreversible request is not the operation `create`"
    if effect in UNANSWERED:
        assert exchange.response is None, f"{effect.value}: an answer came through"
        assert exchange.written, f"{effect.value}: what was written must count as written"
        return
    assert exchange.response is not None
    verdict = stage.plugin.connector.read(call, exchange.response, stage.clock.now)
    assert _fits(effect, verdict, exchange.response, stage), (
        f"{stage.plugin.card.slug}: {effect.value} was read as {verdict}"
    )


def _fits(effect: Effect, verdict: Verdict, response: Response, stage: Stage) -> bool:
    match effect, verdict:
        case (Effect.ACCEPT_5XX | Effect.FAIL_5XX | Effect.GARBAGE, Doubtful()):
            return True
        case (Effect.THROTTLE, Later(until=until)):
            return _tells_no_instant(response) if until is None else until > stage.clock.now
        case (Effect.EXPIRED, Later(renew_session=True) | Blocked(reason=BlockReason.SIGN_IN)):
            return True
        case (Effect.REFUSE_MEDIA, Refused()):
            return response.status < 500
        case (Effect.REFUSE_MEDIA, Doubtful()):
            return response.status >= 500  # a server's fault proves nothing about a call that publishes
    return False


def _tells_no_instant(response: Response) -> bool:
    """Some networks throttle without a word about when it is over: then we back off by ourselves."""
    return not any(word in name for name in response.headers for word in ("retry", "ratelimit", "usage"))


# --- once, and found again ---------------------------------------------------------------------


async def the_same_step_twice_is_one_post(stage: Stage) -> None:
    content = content_for(stage, "Twice the same step")
    call = await stage.prepared(stage.step(content))

    first, second = await stage.send(call), await stage.send(call)

    assert isinstance(first, Accepted), first
    assert not isinstance(second, Refused), f"the second was called a refusal: {second}"
    found = await copies(stage, content.text)
    assert len(found) == 1, f"{stage.plugin.card.slug}: {len(found)} copies after the same step twice"


async def a_doubtful_step_is_settled_as_one_post(stage: Stage, effect: Effect) -> None:
    content = content_for(stage, f"Doubtful {effect.value}")
    call = await stage.prepared(stage.step(content))
    stage.fault("create", effect, seconds=600)

    await stage.send_until_settled(call)

    found = await copies(stage, content.text)
    assert len(found) == 1, f"{stage.plugin.card.slug}: {len(found)} copies after {effect.value}"


async def a_post_accepted_unseen_is_found(stage: Stage, effect: Effect) -> None:
    content = content_for(stage, f"Unseen {effect.value}")
    call = await stage.prepared(stage.step(content))
    stage.fault("create", effect)
    verdict = await stage.send(call)
    assert isinstance(verdict, Doubtful), verdict
    if await stage.only_repeating_tells(call):
        again = await stage.send(call)
        assert isinstance(again, Accepted), f"{stage.plugin.card.slug}: the repeated call was read as {again}"
        assert len(await copies(stage, content.text)) == 1
        return

    candidates = await stage.found(call)

    assert len(candidates) == 1, f"{stage.plugin.card.slug}: {effect.value}: candidates {candidates}"
    if reads_back(stage):
        presence = await stage.verify(candidates[0].remote)
        assert isinstance(presence, Present), f"what the look-up found cannot be read back: {presence}"


async def a_post_never_accepted_is_not_found(stage: Stage, effect: Effect) -> None:
    call = await stage.prepared(stage.step(content_for(stage, f"Never {effect.value}")))
    stage.fault("create", effect)
    verdict = await stage.send(call)
    assert isinstance(verdict, Doubtful | Later), verdict

    sighting = await stage.look_up(call)

    seen = sighting.candidates if isinstance(sighting, Seen) else ()
    assert not seen, f"{stage.plugin.card.slug}: {effect.value}: it saw {seen}"


async def what_cannot_be_told_is_not_told(stage: Stage) -> None:
    """Where doubt cannot be settled, a look-up never claims certainty."""
    call = await stage.prepared(stage.step(content_for(stage, "Who knows")))
    stage.fault("create", Effect.ACCEPT_CUT)
    await stage.send(call)

    sighting = await stage.look_up(call)

    certain = isinstance(sighting, Seen) and any(one.certain for one in sighting.candidates)
    assert not certain, f"{stage.plugin.card.slug}: reconciliation is `none`, yet the look-up is certain"


async def what_is_there_is_present(stage: Stage) -> Remote:
    slug = stage.plugin.card.slug
    remote = await stage.publish(content_for(stage, "Here, then gone"))
    presence = await stage.verify(remote)
    assert isinstance(presence, Present), f"{slug}: just published, yet {presence}"
    assert presence.remote.id == remote.id, f"{slug}: it read back another thing"
    return remote


async def what_is_gone_is_absent(stage: Stage) -> None:
    """Deleted by its own step where there is one, else by somebody over there."""
    remote = await what_is_there_is_present(stage)
    if Ability.DELETE in stage.plugin.card.abilities:
        verdict = await stage.send(await stage.prepared(stage.step(Content(), "delete", target=remote)))
        assert isinstance(verdict, Accepted), verdict
    else:
        for post in await stage.network.truth():
            await stage.network.remove_post(post.id)

    presence = await stage.verify(remote)

    assert isinstance(presence, Absent), f"{stage.plugin.card.slug}: removed there, yet {presence}"


async def an_edit_changes_the_title(stage: Stage) -> None:
    """Where the card says so (`edits_title`), and the words with it."""
    remote = await stage.publish(content_for(stage, "Avant"))
    content = replace(content_for(stage, "Après"), title="Un titre neuf")

    verdict = await stage.send(await stage.prepared(stage.step(content, "edit", target=remote)))

    (post,) = await stage.public()
    slug = stage.plugin.card.slug
    assert isinstance(verdict, Accepted), f"{slug}: {verdict}"
    assert post.title == "Un titre neuf", f"{slug}: its title is still {post.title!r}"
