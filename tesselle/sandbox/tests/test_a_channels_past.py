"""What a network tells of a channel's past: posts made elsewhere are kept, ours are none."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.utils import timezone

from tesselle.connectors.registry import close_worlds
from tesselle.domain.content import Content
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.models import installation
from tesselle.library.files import LibraryFiles
from tesselle.measure.history import read_one
from tesselle.measure.models import PastPost
from tesselle.publish.channels import Accounts
from tesselle.publish.context import Context, Standing
from tesselle.publish.spool import Spool
from tesselle.publish.timing import Timing
from tesselle.sandbox import demo
from tesselle.sandbox.backfilling import Written, fill_in
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.rehearsal import database_url
from tesselle.workspaces.models import Member, Role, User, Workspace

AGO = timedelta(days=40)


@pytest.fixture
def person(tmp_path: Path, settings: Any, transactional_db: None) -> Iterator[User]:
    settings.MEDIA_ROOT = tmp_path / "media"
    installation()
    yield demo._person(*demo.login(tmp_path))


def read_all(folder: Path, workspace: Workspace, network: str, elsewhere: str) -> None:
    """First somebody posts there without us; then every channel's past is read."""

    async def reading() -> None:
        world = practice_world(workspace.world)
        await world.look_at_clock()
        simulated = world.network(network)
        [ours] = [post for post in await simulated.posts() if post.record]
        made = simulated.new_post(f"{ours.id}9", ours.account_id, elsewhere, data=ours.data)
        assert await simulated.add_post(made)
        db = await open_pool(database_url(), size=2)
        try:
            files, spool = LibraryFiles(folder), Spool(folder / "spool")
            context = Context(db, Standing(), Accounts(db), files, spool, Timing())
            while await read_one(context):
                pass
        finally:
            await close_worlds()
            await db.close()
            await sync_to_async(lambda: connection.close())()

    asyncio.run(reading())


@pytest.mark.parametrize("network", ["facebook", "mastodon"])
def test_what_was_made_elsewhere_is_kept_once_and_ours_is_not(person: User, tmp_path: Path, network: str):
    workspace = Workspace.objects.create(name="Exemple", world_kind="practice", clock_shift=-AGO)
    Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
    channel = demo._channel(workspace, network, person)
    said = Content(text="Chantier terminé à Nyon.", language="fr")
    at = timezone.now() - AGO + timedelta(days=1)
    fill_in(workspace, [Written(at, None, said, ((channel, said),))], person)
    Workspace.objects.filter(pk=workspace.pk).update(clock_shift=timedelta(0))
    workspace.refresh_from_db()

    read_all(tmp_path / "media", workspace, network, "Écrit sur le téléphone, sans nous.")

    assert [past.text for past in PastPost.objects.all()] == ["Écrit sur le téléphone, sans nous."]
