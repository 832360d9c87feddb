"""Messages to browsers by a push service that others wrote: it proves our signature, and reads what we encrypted."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings as django_settings

from tesselle.domain.messages import Message
from tesselle.notify import push
from tesselle.notify.models import Device, Kind, Letter, Notice, PushKeys
from tesselle.notify.outbox import send_due
from tesselle.notify.services import tell
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace
from tests.real.servers.push import PushService, Subscription, running_push_service

pytestmark = pytest.mark.django_db
SENTENCE = "Une approbation vous est demandée : « Salle de bain à Carouge »"


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with running_push_service() as found:
        yield found


@pytest.fixture(autouse=True)
def real(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace whose letters leave, here to loopback."""
    Workspace.objects.update(world_kind=Workspace.WorldKind.REAL)
    workspace.refresh_from_db()
    here = replace(django_settings.ENVIRONMENT, allowed_private=("127.0.0.0/8",))
    monkeypatch.setattr(django_settings, "ENVIRONMENT", here)


def device(user: User, browser: Subscription) -> Device:
    """As it is kept; through the page only https comes in."""
    return Device.objects.create(
        user=user, digest=browser.client, sealed_address=secrets.seal(browser.address), name="Firefox"
    )


def told(user: User, workspace: Workspace, key: str) -> Notice:
    tell(workspace, [user.pk], Kind.APPROVAL, Message(SENTENCE), url="/review/7", key=key)
    return Notice.objects.get(key=key)


def test_each_of_the_persons_browsers_reads_it(
    service: PushService, alice: User, workspace: Workspace
) -> None:
    browsers = [service.subscribe(push.public_key()) for _ in range(2)]
    kept = [device(alice, browser) for browser in browsers]
    notice = told(alice, workspace, "asked:1")

    assert send_due() == 1

    expected = {"title": str(workspace), "body": SENTENCE, "url": f"/notifications/{notice.pk}"}
    assert [[json.loads(text) for text in service.shown_to(one)] for one in browsers] == [[expected]] * 2
    assert all(Device.objects.get(pk=one.pk).reached_at for one in kept)
    assert not Letter.objects.exists()


def test_a_browser_that_took_its_permission_back_is_forgotten(
    service: PushService, alice: User, workspace: Workspace
) -> None:
    browser = service.subscribe(push.public_key())
    device(alice, browser)
    told(alice, workspace, "asked:2")
    service.take_back(browser)

    send_due()

    assert not Device.objects.exists() and not Letter.objects.exists()


def test_whoever_has_another_pair_of_keys_is_not_let_through(
    service: PushService, alice: User, workspace: Workspace
) -> None:
    """The service proves it: a signature that is not checked would let this message pass."""
    browser = service.subscribe(push.public_key())
    device(alice, browser)
    PushKeys.objects.all().delete()
    told(alice, workspace, "asked:3")

    assert send_due() == 1  # taken, refused, and not tried again

    assert service.shown_to(browser) == []
    assert Device.objects.get().reached_at is None


def test_words_as_long_as_they_are_sent_arrive_whole(
    service: PushService, alice: User, workspace: Workspace
) -> None:
    """400 letters of four bytes each, within what every push service takes (4096, RFC 8030, 7.2)."""
    browser = service.subscribe(push.public_key())
    device(alice, browser)
    tell(workspace, [alice.pk], Kind.APPROVAL, Message("🧱" * 500), url="/review/7", key="asked:4")

    send_due()

    (shown,) = service.shown_to(browser)
    assert json.loads(shown)["body"] == "🧱" * 400
