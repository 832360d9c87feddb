"""One delivery to many recipients, each in a step of their own that depends on no other.

A recipient whose mail is doubtful is not written to again by itself, and holds nobody up; one who is refused
is left out. Whatever concerns them all (the server, the sign-in, the content) stops the round instead.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tesselle.connectors.card import Ability
from tesselle.connectors.protocols import StepCall
from tesselle.domain.content import Content
from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot.dispatch import Claim, Database
from tesselle.ledger.hot.recipients import Recipient, freeze, standing_of
from tesselle.ledger.hot.sending import Advance, OpenStep, StepToOpen
from tesselle.networks import card
from tesselle.publish.deciding import Decision, note
from tesselle.publish.timing import Timing

ROUND = 500
"""After so many the delivery goes back into the queue for a moment, so that a pause, a limit of the
channel or another delivery is not kept waiting by a long list."""

DOUBTS_IN_A_ROW = 3
"""A server that keeps hanging up is left alone for a while, before everybody becomes doubtful."""


def goes_to_subscribers(network: str, purpose: str) -> bool:
    return purpose == "post" and Ability.SUBSCRIBERS in card(network).abilities


def is_independent(step_kind: str) -> bool:
    """Whether the other steps of its delivery can go on past this one."""
    return step_kind == StepKind.RECIPIENT


class Round:
    """The recipients of a claimed delivery who are still to be written to, as far as one round goes."""

    def __init__(
        self, claim: Claim, content: Content, recipients: Sequence[Recipient], timing: Timing
    ) -> None:
        self._claim = claim
        self._timing = timing
        self._recipients = {one.position: one for one in recipients}
        self._doubts_in_a_row = 0
        self.content = replace(content, recipients=tuple(one.number for one in recipients))

    @classmethod
    async def begin(cls, db: Database, claim: Claim, content: Content, timing: Timing) -> "Round":
        await freeze(db, claim.delivery_id, claim.token, claim.now)
        return cls(claim, content, await standing_of(db, claim.delivery_id), timing)

    def next_ones(self) -> list[Recipient]:
        """Those who were refused get another try only where nobody else is left and nobody got it: then
        a person asked for it."""
        to_do = self._standing("open")
        if not to_do and not self._standing("accepted") and not self._standing("doubtful"):
            to_do = self._standing("refused")
        return to_do[:ROUND]

    def step(self, one: Recipient) -> StepToOpen:
        return StepToOpen(self._claim, one.position, StepKind.RECIPIENT.value)

    def call(self, base: StepCall, step: OpenStep, one: Recipient) -> StepCall:
        first = self._first()
        return replace(
            base,
            kind=StepKind.RECIPIENT.value,
            position=one.position,
            content=self.content,
            key=step.key,
            instant=step.instant,
            frozen=step.frozen,
            untried=step.attempt_number == 1,
            earlier=(first,) if first else (),
        )

    def after(self, one: Recipient, decision: Decision) -> Advance | None:
        """None: on to the next one. Else something that concerns them all."""
        if decision.remote is not None:
            self._now(one, "accepted", decision.remote)
            return None
        if decision.attempt is AttemptState.AMBIGUOUS:
            return self._doubt(one, decision)
        if decision.attempt is AttemptState.UNSENT and decision.verdict.startswith("refused:"):
            self._now(one, "left")
            return None
        if not decision.only_this:
            return decision.advance
        if decision.verdict.startswith("refused:"):
            self._now(one, "refused")
        else:
            self._recipients[one.position] = replace(one, put_off=one.put_off + 1)
        self._doubts_in_a_row = 0
        return None

    def _doubt(self, one: Recipient, decision: Decision) -> Advance | None:
        if decision.advance is not None and decision.advance.state != DeliveryState.UNKNOWN:
            return decision.advance  # it can be looked up, which comes first
        self._now(one, "doubtful")
        self._doubts_in_a_row += 1
        if self._doubts_in_a_row < DOUBTS_IN_A_ROW or not self._standing("open"):
            return None
        pause = self._timing.back_off(self._claim.retries)
        return Advance(DeliveryState.WAITING, "later", note(_HANGS_UP), next_in_s=pause)

    def end(self) -> Advance:
        """Where the delivery goes after this round."""
        left = self._standing("open")
        if any(one.put_off == 0 for one in left):
            return Advance(DeliveryState.QUEUED, next_in_s=0.0)
        if left:
            pause = self._timing.back_off(max(one.put_off for one in left) + self._claim.retries + 2)
            return Advance(DeliveryState.WAITING, "later", note(_PUT_OFF), next_in_s=pause)
        return self._done()

    def _done(self) -> Advance:
        counts = Counter(one.standing for one in self._recipients.values())
        if counts["doubtful"]:
            told = Message(_DOUBTFUL, {"doubtful": counts["doubtful"], "all": len(self._recipients)})
            return Advance(DeliveryState.UNKNOWN, "cannot_be_told", note(told))
        if counts["accepted"]:
            return Advance(DeliveryState.SENT, remote=self._first())
        if counts["refused"]:
            return Advance(DeliveryState.REFUSED, "nobody", note(_NOBODY_TOOK_IT))
        return Advance(DeliveryState.REFUSED, "no_recipients", note(_NO_RECIPIENTS))

    def _standing(self, standing: str) -> list[Recipient]:
        return [one for one in self._recipients.values() if one.standing == standing]

    def _first(self) -> Remote | None:
        return next((one.remote for one in self._recipients.values() if one.remote is not None), None)

    def _now(self, one: Recipient, standing: str, remote: Remote | None = None) -> None:
        if standing != "doubtful":
            self._doubts_in_a_row = 0
        self._recipients[one.position] = replace(one, standing=standing, remote=remote)  # type: ignore[arg-type]


_HANGS_UP = Message(
    N_(
        "The mail server hung up several times right after taking a mail. We let it rest before going on with the "
        "next recipients; those in doubt are not written to again."
    )
)
_PUT_OFF = Message(N_("Some recipients’ servers ask us to come back later. We try these again by ourselves."))
_DOUBTFUL = N_(
    "For %(doubtful)s of %(all)s recipients the mail server gave no answer: they may have the mail or not. They "
    "are not written to again unless you say so; everybody else is done."
)
_NOBODY_TOOK_IT = Message(
    N_(
        "The mail server refused every recipient. Look at its answers below, then send again or correct the list."
    )
)
_NO_RECIPIENTS = Message(
    N_("Nobody is on this list, so nothing was sent. Add subscribers, then send the post now.")
)
