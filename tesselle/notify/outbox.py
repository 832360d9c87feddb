"""Sending what is due: one mail with all that waits for a person, one message for each notice and device."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tesselle.connectors.http.exchange import Transport
from tesselle.connectors.registry import World, conversation
from tesselle.mail.sending import send_by
from tesselle.mail.services import route
from tesselle.notify.models import Device, Letter
from tesselle.notify.push import Reached, push, signer
from tesselle.vault import secrets
from tesselle.web.sentences import say

logger = logging.getLogger(__name__)

MOST_TRIES = 5
AT_ONCE = 200


def send_due() -> int:
    """Mails and messages to devices; returns how many letters left."""
    return sum(_mail(user_id) for user_id in _who_waits()) + _push_all()


def _due(way: str) -> Any:
    return Letter.objects.filter(way=way, due_at__lte=timezone.now())


def _who_waits() -> list[int]:
    due = _due(Letter.Way.MAIL).order_by().values_list("notice__user_id", flat=True)
    return list(due.distinct()[:AT_ONCE])


@transaction.atomic
def _mail(user_id: int) -> int:
    """All that is due for one person, in one mail. Whoever comes second finds the rows taken."""
    letters = list(
        _due(Letter.Way.MAIL)
        .filter(notice__user_id=user_id)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("notice__user", "notice__workspace")
        .order_by("notice_id")[:AT_ONCE]
    )
    way = route()
    if not letters or way is None:
        _forget(letters)  # the mail server is gone: the page holds what there is to know
        return 0
    person = letters[0].notice.user
    with translation.override(person.language):
        subject, body = _written(letters)
    said = send_by(way, to=person.email, subject=subject, body=body)
    if said is not None:
        logger.warning("notice_not_mailed", extra={"user": person.pk, "said": str(said)[:200]})
        _again(letters)
        return 0
    _forget(letters)
    return len(letters)


def _written(letters: Sequence[Letter]) -> tuple[str, str]:
    """In the language at hand."""
    first, count = letters[0].notice, len(letters)
    subject = (
        say(first.words)
        if count == 1
        else ngettext("%(count)s thing to know", "%(count)s things to know", count)
    )
    lines = [_("Hello %(name)s,") % {"name": first.user}, ""]
    workspace = 0
    for letter in letters:
        notice = letter.notice
        if notice.workspace_id != workspace:
            workspace = notice.workspace_id
            lines += [f"— {notice.workspace} —", ""]
        lines += [say(notice.words), settings.PUBLIC_URL + notice.url, ""]
    lines.append(
        _("What you are told by mail, and how often, is chosen here: %(address)s")
        % {"address": f"{settings.PUBLIC_URL}/settings/notifications"}
    )
    subject = " ".join((subject % {"count": count} if count > 1 else subject).split())
    return f"[{first.workspace}] {subject}"[:200], "\n".join(lines)


def _push_all() -> int:
    with transaction.atomic():
        letters = list(
            _due(Letter.Way.PUSH)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("notice__user", "notice__workspace")
            .order_by("pk")[:AT_ONCE]
        )
        if not letters:
            return 0
        devices = _devices({letter.notice.user_id for letter in letters})
        results = asyncio.run(_push(letters, devices, signer()))
        return _settle(letters, results)


def _devices(users: set[int]) -> dict[int, list[Device]]:
    found: dict[int, list[Device]] = {}
    for device in Device.objects.filter(user__in=users):
        found.setdefault(device.user_id, []).append(device)
    return found


Results = dict[tuple[int, int], Reached]


async def _push(
    letters: Sequence[Letter], devices: dict[int, list[Device]], signed_by: dict[str, str]
) -> Results:
    """By letter and device. Through the guarded client: a browser hands us its address."""
    results: Results = {}
    async with conversation(World("real", "")) as transport:
        for letter in letters:
            for device in devices.get(letter.notice.user_id, ()):
                results[letter.pk, device.pk] = await _one(transport, letter, device, signed_by)
    return results


async def _one(transport: Transport, letter: Letter, device: Device, signed_by: dict[str, str]) -> Reached:
    notice = letter.notice
    with translation.override(notice.user.language):
        message = {"title": str(notice.workspace), "body": say(notice.words)[:400]}
    # Where it leads is said by its number: the address of a post is nobody else's business.
    message["url"] = f"/notifications/{notice.pk}"
    return await push(transport, secrets.unseal(device.sealed_address), message, signed_by=signed_by)


def _settle(letters: Sequence[Letter], results: Results) -> int:
    gone = [device for (_letter, device), reached in results.items() if reached is Reached.GONE]
    Device.objects.filter(pk__in=gone).delete()
    fine = [device for (_letter, device), reached in results.items() if reached is Reached.YES]
    Device.objects.filter(pk__in=fine).update(reached_at=timezone.now())
    later = {letter for (letter, _device), reached in results.items() if reached is Reached.LATER}
    reached_somebody = {letter for (letter, _device), reached in results.items() if reached is Reached.YES}
    # One device that is away is no reason to tell the others twice.
    again = later - reached_somebody
    _again([letter for letter in letters if letter.pk in again])
    done = [letter for letter in letters if letter.pk not in again]
    _forget(done)
    return len(done)


def _forget(letters: Sequence[Letter]) -> None:
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).delete()


def _again(letters: Sequence[Letter]) -> None:
    """After one, two, four, eight minutes; then never."""
    for letter in letters:
        letter.tries += 1
        letter.due_at = timezone.now() + timedelta(minutes=2 ** (letter.tries - 1))
    Letter.objects.bulk_update(
        [letter for letter in letters if letter.tries < MOST_TRIES], ["tries", "due_at"]
    )
    _forget([letter for letter in letters if letter.tries >= MOST_TRIES])
