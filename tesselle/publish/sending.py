"""One claimed delivery, step by step, until its worker lets go of it."""

import asyncio
import logging
from dataclasses import replace

import asyncpg

from tesselle.connectors.api import NetworkApi
from tesselle.connectors.fields import fields_for
from tesselle.connectors.http.exchange import Exchange, Request, without_secrets
from tesselle.connectors.protocols import StepCall
from tesselle.connectors.registry import World, transport_for
from tesselle.domain.checks import Consents, check, consent_findings, is_plannable
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError, NotSentError, RuleError
from tesselle.domain.findings import Severity
from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot import blocking, checking
from tesselle.ledger.hot.dispatch import Claim
from tesselle.ledger.hot.late import keep_late_answer, known_after_all, tell_second_copy
from tesselle.ledger.hot.pool import DATABASE_GONE
from tesselle.ledger.hot.sending import (
    Advance,
    Beginning,
    LetGo,
    OpenStep,
    Outcome,
    StepToOpen,
    TokenLostError,
    write_outcome,
)
from tesselle.ledger.hot.steady import boottime
from tesselle.ledger.hot.workers import let_go
from tesselle.library.at_sending import NotReadyError
from tesselle.library.consents import at_sending
from tesselle.networks import plugin
from tesselle.publish.context import Context, Hand
from tesselle.publish.deciding import NOT_OURS, Decision, after_preparation_failed, decide, note
from tesselle.publish.failpoints import reach
from tesselle.publish.recipients import Round, goes_to_subscribers
from tesselle.publish.stepping import planned_steps
from tesselle.publish.timing import MEDIA_LOOK_S, Timing, prepare_bound

log = logging.getLogger(__name__)


async def send(context: Context, claim: Claim) -> Advance | None:
    """Take a claimed delivery as far as it goes, and tell where that is. None: somebody else has it
    now, or its outcome waits in the spool."""
    hand = await context.hand(
        network=claim.network,
        channel_id=claim.channel_id,
        channel_version=claim.channel_version,
        workspace_id=claim.workspace_id,
        world_kind=claim.world_kind,
        now=claim.now,
    )
    try:
        to = await _send_steps(context, claim, hand)
    except TokenLostError:
        await known_after_all(context.db, claim.delivery_id)
        return None
    if to is None:
        return None
    reach("before_advance")
    if claim.purpose == "delete" and to.state == DeliveryState.SENT:
        # Nobody will see it gone; the network's word is all there is.
        await checking.mark_removed_by_us(context.db, claim.delivery_id)
    if not await context.shared.letting_go.ask(LetGo(claim.delivery_id, claim.token, to)):
        await known_after_all(context.db, claim.delivery_id)
    return to


async def _send_steps(context: Context, claim: Claim, hand: Hand) -> Advance | None:
    """Where the delivery goes; None when an outcome waits in the spool and nothing may follow."""
    content = Content.from_json(claim.body)
    if claim.purpose != "delete":
        dressed = await _dressed(context, claim, hand, content)
        if isinstance(dressed, Advance):
            return dressed
        content = dressed
    if goes_to_subscribers(claim.network, claim.purpose):
        return await _send_to_each(context, claim, hand, content)
    earlier: list[Remote] = []
    for planned in planned_steps(hand.connector, hand.account, claim.purpose, content, claim.target):
        step = await context.shared.open_step(StepToOpen(claim, planned.position, planned.kind))
        if step is None:
            # Not ours any more; or an attempt of somebody who has not noticed yet that it is ours.
            await _later(context, claim)
            raise TokenLostError
        if step.remote is not None:
            earlier.append(step.remote)
            continue
        call = StepCall(
            account=hand.account,
            kind=planned.kind,
            position=planned.position,
            content=content,
            key=step.key,
            instant=step.instant,
            earlier=tuple(earlier),
            target=planned.target,
            frozen=step.frozen,
            untried=step.attempt_number == 1,
        )
        decision = await _one_step(context, claim, hand, step, call)
        if decision is None:
            return None
        if decision.remote is None:
            return decision.advance
        earlier.append(decision.remote)
    return accepted(hand, context, earlier, claim.purpose)


async def _send_to_each(context: Context, claim: Claim, hand: Hand, content: Content) -> Advance | None:
    """As `_send_steps`, where no step depends on the one before it."""
    one_round = await Round.begin(context.db, claim, content, context.timing)
    base = StepCall(hand.account, "", 0, content, "", claim.now)
    for recipient in one_round.next_ones():
        step = await context.shared.open_step(one_round.step(recipient))
        if step is None:
            await _later(context, claim)
            raise TokenLostError
        if step.remote is not None:
            continue  # answered late, in the meantime
        decision = await _one_step(context, claim, hand, step, one_round.call(base, step, recipient))
        if decision is None:
            return None
        to = one_round.after(recipient, decision)
        if to is not None:
            return to
    return one_round.end()


async def _later(context: Context, claim: Claim) -> None:
    """Hand it back for a while, if it is in our hands at all: a claim is never just left behind."""
    seconds = context.timing.back_off(claim.retries)
    await let_go(
        context.db,
        claim.delivery_id,
        claim.token,
        to=DeliveryState.WAITING,
        verdict="held_elsewhere",
        next_in_s=seconds,
    )


def accepted(hand: Hand, context: Context, remotes: list[Remote], purpose: str) -> Advance:
    """All steps are out: to be read back, or as far as this network goes."""
    card = plugin(hand.network).card
    if hand.connector.reads_back(hand.account, purpose):
        return Advance(
            DeliveryState.PROCESSING,
            remote=remotes[0],
            next_in_s=card.verify_after_s * context.timing.scale,
            verify_within_s=card.verify_within_s * context.timing.scale,
        )
    return Advance(DeliveryState.SENT, remote=remotes[0])


async def _dressed(context: Context, claim: Claim, hand: Hand, content: Content) -> Content | Advance:
    """The content with the files that fit this network, checked a last time; or where it goes instead."""
    if claim.purpose == "post" and (refused := await _without_consent(context, claim, content)):
        return refused
    limits = hand.connector.limits(hand.account)
    try:
        content = await context.wardrobe.dressed(content, limits, claim.workspace_id)
    except NotReadyError as error:
        seconds = MEDIA_LOOK_S * context.timing.scale
        return Advance(DeliveryState.WAITING, "media", note(error.message), next_in_s=seconds)
    except RuleError as error:
        return Advance(DeliveryState.REFUSED, "media", note(error.message))
    except OSError as error:
        log.warning("file_unreadable", extra={"error": str(error)})
        seconds = context.timing.back_off(claim.retries)
        return Advance(DeliveryState.WAITING, "media", note(_FILE), next_in_s=seconds)
    return _last_check(content, hand, claim.purpose) or content


async def _without_consent(context: Context, claim: Claim, content: Content) -> Advance | None:
    """Whoever is on a picture may have changed their mind since it was planned."""
    agreed = await at_sending(context.db, content, claim.workspace_id, claim.now)
    if agreed is None:
        return None
    card = plugin(claim.network).card
    consents = Consents(card.slug, card.name, agreed.day, agreed.needed)
    finding = next(consent_findings(content, consents), None)
    return Advance(DeliveryState.REFUSED, finding.code, note(finding.message)) if finding else None


def _last_check(content: Content, hand: Hand, purpose: str) -> Advance | None:
    """The same check as while writing, against what the account allows now."""
    limits = hand.connector.limits(hand.account)
    fields = fields_for(plugin(hand.network).card, hand.account.kind, limits, content.format)
    if purpose == "answer":  # has none of a post's choices
        limits, fields = limits.of_an_answer(), ()
    findings = check(content, limits, options=fields)
    if is_plannable(findings):
        return None
    worst = next(finding for finding in findings if finding.severity is Severity.ERROR)
    return Advance(DeliveryState.REFUSED, worst.code[:40], note(worst.message))


async def _one_step(
    context: Context, claim: Claim, hand: Hand, step: OpenStep, call: StepCall
) -> Decision | None:
    api = context.api(hand)
    parts_out = bool(call.earlier)
    reach("before_prepare")
    try:
        request, call = await _prepared(api, hand, call, context.timing)
    except NetworkError as error:
        decision = after_preparation_failed(
            error, parts_out=parts_out, retries=claim.retries, now=claim.now, timing=context.timing
        )
        return await _written(context, claim.delivery_id, hand, api, step, decision)
    until = boottime() + request.deadline_seconds
    reach("before_begin")
    if not await begin(context, Beginning(claim, step, call.frozen, request.deadline_seconds)):
        # Cancelled or held meanwhile: hand it back, unless it is no longer ours.
        await let_go(
            context.db, claim.delivery_id, claim.token, to="queued", verdict="handed_back", next_in_s=0.0
        )
        raise TokenLostError
    reach("after_begin")
    exchange = await transport_for(World(hand.world_kind, hand.world_key)).exchange(
        request, gate=lambda: context.standing.gate(until, claim.worker_id)
    )
    reach("after_exchange")
    decision = _decided(context, claim, hand, step, call, exchange, parts_out=parts_out)
    return await _written(context, claim.delivery_id, hand, api, step, decision)


async def begin(context: Context, beginning: Beginning) -> bool:
    """The row `sending`, durable when this returns. False: nothing may be sent."""
    return await context.shared.beginning.ask(beginning)


async def _prepared(api: NetworkApi, hand: Hand, call: StepCall, timing: Timing) -> tuple[Request, StepCall]:
    """Everything reversible, and the request built from it."""
    bound = prepare_bound(sum(media.size_bytes for media in call.media))
    try:
        async with asyncio.timeout(bound):
            frozen = await hand.connector.prepare(call, api)
            call = replace(call, frozen=dict(frozen))
            request = hand.connector.request(call, await api.session())
            return request.with_deadline(timing.call_deadline(request.deadline_seconds)), call
    except TimeoutError:
        raise NotSentError(_SLOW) from None
    except OSError as error:
        log.warning("file_unreadable", extra={"error": str(error)})
        raise NotSentError(_FILE) from error


def _decided(
    context: Context,
    claim: Claim,
    hand: Hand,
    step: OpenStep,
    call: StepCall,
    exchange: Exchange,
    *,
    parts_out: bool,
) -> Decision:
    verdict = None
    if exchange.response is not None:
        verdict = hand.connector.read(call, exchange.response, claim.now)
    return decide(
        without_secrets(exchange, hand.account.credentials.values()),
        verdict,
        kind=hand.connector.reconciliation(step.kind, hand.account).kind,
        parts_out=parts_out,
        doubted_before=step.attempt_number > 1,
        retries=claim.retries,
        now=claim.now,
        timing=context.timing,
    )


async def _written(
    context: Context, delivery_id: int, hand: Hand, api: NetworkApi, step: OpenStep, decision: Decision
) -> Decision | None:
    """Write the outcome first, alone; then what it says about the channel. None: it waits in the
    spool, so that nothing may follow."""
    assert step.attempt_id is not None
    outcome = Outcome(
        step.attempt_id,
        decision.attempt,
        decision.verdict,
        decision.evidence,
        decision.remote,
        adopts=step.kind not in {"edit", "delete"},
    )
    try:
        if not await write_outcome(context.db, outcome):
            await keep_late_answer(context.db, outcome)
            raise TokenLostError
    except asyncpg.UniqueViolationError:
        # The network named something that is another delivery's: this answer proves nothing.
        outcome = Outcome(step.attempt_id, AttemptState.AMBIGUOUS, "not_ours", decision.evidence)
        await write_outcome(context.db, outcome)
        return Decision(
            AttemptState.AMBIGUOUS,
            "not_ours",
            {},
            Advance(DeliveryState.UNKNOWN, "not_ours", note(NOT_OURS)),
        )
    except DATABASE_GONE:
        context.spool.keep(outcome)
        return None
    reach("after_outcome")
    if decision.remote is not None and step.attempt_number > 1:
        await tell_second_copy(context.db, delivery_id)
    if decision.renew_session:
        await api.forget_session()
    if decision.block is not None:
        reason, message = decision.block
        await blocking.block_channel(
            context.db, hand.channel_id, hand.channel_version, reason.value, note(message)
        )
    return decision


_SLOW = Message(N_("Uploading took too long. Nothing was published; we try again by ourselves."))
_FILE = Message(N_("A picture or film of this post could not be opened. Nothing was published."))
