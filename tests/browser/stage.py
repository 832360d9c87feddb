"""Sets the demo's stage for the tests that look at pages: `python -m tests.browser.stage`, beside the demo.

A delivery in every state there is, people who read English or belong nowhere. Prints one line of JSON.
The rows are put there by hand: these tests are about how a page looks, not about how it came to that.
"""

import json
import sys
from datetime import timedelta
from typing import Any

from tesselle.ops.installation import opened
from tests.browser.waiting import wait_until

PASSWORD = "correct horse battery staple"
READER, NEWCOMER = "english@browser.example", "newcomer@browser.example"
CAUTIOUS, INVITED = "cautious@browser.example", "invited@browser.example"
STUDENT = "student@browser.example"
KEY_HOLDERS = ("key-alone", "key-second", "key-again", "key-removed")
FILM_SECONDS = 300.0
EVIDENCE = {"status": 429, "body": {"error": "Too many requests"}}


def main() -> None:
    with opened():
        json.dump(_staged(), sys.stdout)


def _staged() -> dict[str, Any]:
    from tesselle.compose.models import Post
    from tesselle.sandbox.company import COMPANY
    from tesselle.workspaces import invitations
    from tesselle.workspaces.models import Role, User, Workspace

    workspace = Workspace.objects.get(name=COMPANY)  # the example path has one of its own
    reader = _owner(workspace, READER, "Ellen", is_staff=True)
    _owner(workspace, STUDENT, "Stéphanie", language="fr")
    for name in KEY_HOLDERS:
        _owner(workspace, key_holder(name), "Kay")
    User.objects.create_user(NEWCOMER, PASSWORD, name="Noé", language="fr")
    blocked = _blocked_channel(workspace)
    _paths(workspace)
    draft = Post.objects.filter(workspace=workspace, deliveries=None).order_by("pk").first()
    commented = workspace.deliveries.filter(state="live", channel__network="mastodon").order_by("pk").first()
    assert draft is not None and commented is not None
    return {
        "states": _one_delivery_in_each_state(workspace, blocked),
        "draft": draft.pk,
        "planned_post": workspace.deliveries.filter(state="planned").order_by("pk")[0].post_id,
        "commented": commented.pk,
        "commented_on": commented.channel_id,
        "campaign": workspace.campaigns.exclude(objective=None).get().pk,
        "channel": workspace.channels.exclude(pk=blocked).order_by("pk")[0].pk,
        "blocked_channel": blocked,
        "invitation": invitations.invite(workspace, email=INVITED, role=Role.EDITOR, by=reader)[1],
        "recovery_codes": _second_step(_owner(workspace, CAUTIOUS, "Cas")),
        **_media(workspace, reader),
        **_newsletter(workspace),
    }


def _newsletter(workspace: Any) -> dict[str, int]:
    """The demo company has one, with readers, and something that went out to them."""
    mailing_list = workspace.mailing_lists.get()
    gone = workspace.deliveries.filter(steps__recipient__gt="").order_by("pk")
    return {
        "mailing_list": mailing_list.pk,
        "subscriber": mailing_list.subscribers.order_by("pk")[0].pk,
        "newsletter": gone[0].pk,
    }


def _paths(workspace: Any) -> None:
    """The owner who reads French has the demo's own; the one who reads English compares tools too."""
    from django.utils import translation

    from tesselle.academy.beginning import begin_path
    from tesselle.academy.choosing.needs import keep_needs
    from tesselle.academy.models import Cell

    with translation.override("en"):
        path = begin_path(member=workspace.members.get(user__email=READER))
        keep_needs(path, needs=["budget", "figures"], said="", set_weights=True)
    for place, tool in enumerate(path.tools.order_by("pk")[:3]):
        tool.considered = place < 2
        tool.save()
        tool.cells.all().delete()
        Cell.objects.bulk_create(
            Cell(tool=tool, criterion=one, score=(one.pk + place) % 5) for one in path.criteria.all()
        )


def key_holder(name: str) -> str:
    return f"{name}@browser.example"


def _owner(workspace: Any, email: str, name: str, *, language: str = "en", **more: bool) -> Any:
    from tesselle.workspaces.models import Member, Role, User

    person = User.objects.create_user(email, PASSWORD, name=name, language=language, **more)
    Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
    return person


def _second_step(person: Any) -> list[str]:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())
    return list(RecoveryCodes.activate(person).get_unused_codes())


def _media(workspace: Any, by: Any) -> dict[str, int]:
    """A photo and a film, as a telephone has them; the demo's worker prepares the film. What the company has of
    its own: an album with pictures to which somebody agreed, one of which is its logo here."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tesselle.library.captions import Cue
    from tesselle.library.services import add_upload
    from tesselle.library.services.branding import take_as_logo
    from tesselle.library.services.captioning import keep_captions
    from tesselle.library.tests import films, pictures

    files = {"photo": ("sol.heic", pictures.heic(800, 600)), "film": ("pose.mp4", films.plain_film())}
    kept = {
        kind: add_upload(workspace=workspace, file=SimpleUploadedFile(name, data), by=by)
        for kind, (name, data) in files.items()
    }

    def is_prepared() -> bool:
        kept["film"].refresh_from_db()
        return kept["film"].is_ready

    wait_until(is_prepared, "the film", seconds=FILM_SECONDS)
    keep_captions(kept["film"], [Cue(0.0, 1.0, "Le dernier carreau.")], by=by)
    consent = workspace.consents.get()
    logo = workspace.assets.filter(consents__consent=consent).order_by("pk")[0]
    take_as_logo(logo, by=by)
    of_the_company = {"consent": consent.pk, "album": logo.album_id, "logo": logo.pk}
    return {kind: asset.pk for kind, asset in kept.items()} | of_the_company


def _blocked_channel(workspace: Any) -> int:
    """The last one on which something is planned: not every network takes what the company has to say."""
    channel = workspace.deliveries.filter(state="planned").order_by("-channel_id")[0].channel
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
