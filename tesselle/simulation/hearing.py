"""All that a public said to one account, with what each line really is and whether it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tesselle.simulation.answered import answered_after
from tesselle.simulation.audience import Audience
from tesselle.simulation.network import MESSAGE, SimAccount, SimPost
from tesselle.simulation.record import STEPS, Answer, Record, begun_by
from tesselle.simulation.remarks import Remark


@dataclass(frozen=True, slots=True)
class Heard:
    """One line. `is_because_answered`: nobody would have said it without an answer of ours."""

    post: SimPost
    said: Remark
    answered_at: datetime | None
    is_because_answered: bool = False


def heard_below(audience: Audience, post: SimPost, now: datetime, record: Record | None) -> list[Heard]:
    """Below one post so far, the oldest first."""
    fate = audience.fate(post, record)
    talk, given = audience.talk(post, fate, record), {} if record is None else record.below(post.id)
    found = []
    for comment in audience(post, now, record).comments:
        step, first = divmod(int(comment.id.rpartition("~")[2]), STEPS)
        if step:
            said = next(line.said for line in talk.exchanges[first] if line.step == step)
        else:
            said = (talk.more.get(first) or audience.comments.line(post, fate, first)).said
        answered = _answered(comment, given.get(str(first), ()), now)
        found.append(Heard(comment, said, answered, step > 0 or first in talk.more))
    return found


def heard_alone(audience: Audience, account: SimAccount, now: datetime, record: Record | None) -> list[Heard]:
    """In messages so far, the oldest first."""
    given = {} if record is None else record.below(f"{MESSAGE}{account.id}")
    found = []
    written = audience.written(account.order, now, record)
    for message, one in zip(audience.messages(account, now, record), written, strict=True):
        begun = begun_by(message.id)
        answers = given.get(begun[1], ()) if begun else ()
        found.append(Heard(message, one.said, _answered(message, answers, now), bool(one.answer)))
    return found


def _answered(line: SimPost, answers: Sequence[Answer], now: datetime) -> datetime | None:
    answered = answered_after(line.created_at, answers)
    return answered if answered is not None and answered <= now else None


def counted_because_answered(audience: Audience, post: SimPost, now: datetime, record: Record | None) -> int:
    """Of the comments that a post counts, those that came because somebody was answered."""
    counted = audience(post, now, record).figures["comments"]
    return counted - audience.said_anyway(post, now, record)
