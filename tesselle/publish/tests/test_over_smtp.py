"""The whole way, from a planned post to a mail server that we did not write, over real sockets."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tesselle.audience.models import MailingList
from tesselle.audience.services import add_by_hand
from tesselle.channels import services as channels
from tesselle.channels.models import Channel
from tesselle.channels.real_world import register
from tesselle.connectors.registry import other_worlds
from tesselle.ledger.models import Attempt
from tesselle.networks.newsletter.tests.mailbox import Mailbox, mail_server
from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import Workspace

MOODS = {
    "greylisted@example.net": "rcpt 451 4.7.1 come back later",
    "nobody@example.net": "rcpt 550 5.1.1 no such mailbox",
    "half@example.net": "cut before",
    "lost@example.net": "cut after",
}


@contextmanager
def served(mailbox: Mailbox) -> Iterator[int]:
    """The mail server on an event loop of its own."""
    ports: list[int] = []
    up, down = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with mail_server(mailbox) as port:
            ports.append(port)
            up.set()
            await down.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert up.wait(30)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join(30)
        loop.close()


@pytest.fixture
def stage(transactional_db: None, tmp_path: Path, settings) -> Iterator[PublishStage]:
    settings.ENVIRONMENT = replace(django_settings.ENVIRONMENT, allowed_private=("127.0.0.0/8", "::1"))
    workspace = Workspace.objects.create(name="Carreaux", world_kind=Workspace.WorldKind.REAL)
    with other_worlds():
        register()
        yield PublishStage(workspace, tmp_path)


def connected(stage: PublishStage, port: int) -> Channel:
    answers = {"name": "Carreaux", "sender": "atelier@example.org", "smtp": f"smtp-plain://localhost:{port}"}
    identity = channels.try_connection(workspace=stage.workspace, network="newsletter", answers=answers)
    return channels.connect(workspace=stage.workspace, network="newsletter", identity=identity, by=None)


def test_whatever_one_recipients_server_does_the_others_get_theirs_once(stage: PublishStage):
    good = [f"reader{number}@example.net" for number in range(20)]
    mailbox = Mailbox({**MOODS, "half@example.net": ""})
    with served(mailbox) as port:
        channel = connected(stage, port)
        people = MailingList.objects.get()
        for address in [*good[:10], *MOODS, *good[10:]]:
            add_by_hand(people, address=address, name="", consent_note="au comptoir", by=None)
        stage.timing = type(stage.timing)(scale=0.0001)

        delivery = stage.run_until_state(stage.planned("Nouvelle collection", channel), "unknown")

    copies = Counter(mailbox.addresses())
    assert copies == dict.fromkeys([*good, "half@example.net", "lost@example.net"], 1)
    states = Counter(Attempt.objects.filter(delivery=delivery).values_list("state", flat=True))
    assert states["accepted"] == 21 and states["ambiguous"] == 1
    assert b"List-Unsubscribe: <http" in mailbox.mails[0][1]


def test_a_server_that_is_away_is_waited_for_and_nobody_is_in_doubt(stage: PublishStage):
    mailbox = Mailbox()
    with served(mailbox) as port:
        channel = connected(stage, port)
        add_by_hand(MailingList.objects.get(), address="ana@example.net", name="", consent_note="x", by=None)
    delivery = stage.run_until_state(stage.planned("Patience", channel), "waiting")

    assert not Attempt.objects.filter(delivery=delivery).exclude(state="unsent").exists()
    assert not mailbox.mails
