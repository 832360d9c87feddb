"""Sets the demo's stage for the tests that look at pages: `python -m tests.browser.stage`, beside the demo.

A delivery in every state there is, people who read English or belong nowhere. Prints one line of JSON.
The rows are put there by hand: these tests are about how a page looks, not about how it came to that.
"""

import json
import sys
from datetime import timedelta
from typing import Any

from tesselle.ops.installation import opened

PASSWORD = "correct horse battery staple"
READER, NEWCOMER = "english@browser.example", "newcomer@browser.example"
EVIDENCE = {"status": 429, "body": {"error": "Too many requests"}}


def main() -> None:
    with opened():
        json.dump(_staged(), sys.stdout)


def _staged() -> dict[str, Any]:
    from tesselle.compose.models import Post
    from tesselle.workspaces.models import Member, Role, User, Workspace

    workspace = Workspace.objects.get()
    reader = User.objects.create_user(READER, PASSWORD, name="Ellen", language="en")
    Member.objects.create(workspace=workspace, user=reader, role=Role.OWNER)
    User.objects.create_user(NEWCOMER, PASSWORD, name="Noé", language="fr")
    blocked = _blocked_channel(workspace)
    draft = Post.objects.filter(workspace=workspace, deliveries=None).order_by("pk").first()
    commented = workspace.deliveries.filter(state="live", channel__network="mastodon").order_by("pk").first()
    assert draft is not None and commented is not None
    return {
        "states": _one_delivery_in_each_state(workspace, blocked),
        "draft": draft.pk,
        "planned_post": workspace.deliveries.filter(state="planned").order_by("pk")[0].post_id,
        "commented": commented.pk,
        "channel": workspace.channels.exclude(pk=blocked).order_by("pk")[0].pk,
        "blocked_channel": blocked,
    }


def _blocked_channel(workspace: Any) -> int:
    channel = workspace.channels.order_by("-pk")[0]
    channel.blocked_reason = "sign_in"
    channel.save(update_fields=["blocked_reason"])
    return int(channel.pk)


def _one_delivery_in_each_state(workspace: Any, blocked_channel: int) -> dict[str, int]:
    """Those that are there as they came about; the others from what is planned for later."""
    from tesselle.domain.lifecycle import DeliveryState

    planned = workspace.deliveries.filter(state="planned").order_by("-due_at")
    # Blocked stays only what lies on a channel that is.
    found = {"blocked": _moved(planned.filter(channel=blocked_channel)[0], "blocked")}
    others = iter(planned.exclude(channel=blocked_channel))
    for state in sorted(set(DeliveryState) - set(found)):
        there = workspace.deliveries.filter(state=state.value).order_by("pk").first()
        found[state.value] = there.pk if there else _moved(next(others), state.value)
    return found


def _moved(delivery: Any, state: str) -> int:
    candidate = {
        "remote": {"url": "https://tuiles.example/1"},
        "text": delivery.content.text,
        "posted_at": "",
    }
    delivery.state = state
    # Nobody is to take it up again: its next turn never comes.
    delivery.next_at = None
    delivery.reason = {"blocked": "sign_in", "missed": "late"}.get(state, "")
    delivery.note = {"candidates": [candidate]} if state == "unknown" else {}
    if state in ("processing", "sent", "partial", "removed"):
        delivery.accepted_at = delivery.due_at
        delivery.remote = {"id": f"staged-{delivery.pk}", "url": "https://tuiles.example/1"}
    delivery.save()
    if state in ("waiting", "settling", "unknown", "refused"):
        _attempt(delivery, state)
    return int(delivery.pk)


def _attempt(delivery: Any, state: str) -> None:
    from tesselle.ledger.models import Attempt, Look, Step

    step, _ = Step.objects.get_or_create(
        delivery=delivery,
        position=0,
        defaults={
            "channel": delivery.channel,
            "kind": "post",
            "key": f"staged-{delivery.pk}",
            "instant": delivery.due_at,
        },
    )
    held = "ambiguous" if state in ("settling", "unknown") else "refused"
    attempt = Attempt.objects.create(
        step=step,
        delivery=delivery,
        channel=delivery.channel,
        number=1,
        state=held,
        started_at=delivery.due_at,
        ended_at=delivery.due_at + timedelta(seconds=3),
        evidence=EVIDENCE,
    )
    if held == "ambiguous":
        Look.objects.create(attempt=attempt, how="lookup", outcome="silent", evidence=EVIDENCE)


if __name__ == "__main__":
    main()
