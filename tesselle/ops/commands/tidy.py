"""`tesselle tidy`: away with what is past its time; done each night by `up`."""

import argparse

from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_: argparse.Namespace) -> int:
    with opened():
        from django.contrib.sessions.backends.db import SessionStore
        from django.utils import timezone

        from tesselle.audience.services import forget_unconfirmed
        from tesselle.compose import copies
        from tesselle.ledger.services.forgetting import forget_others
        from tesselle.plan.pictures import keeping
        from tesselle.workspaces.deletion import purge

        gone = purge(timezone.now())
        SessionStore.clear_expired()
        forgotten = forget_unconfirmed(timezone.now())
        others = forget_others(timezone.now())
        unfinished = keeping.forget_old(timezone.now())
        unsaved = copies.forget_old(timezone.now())
    for name in gone:
        print(f"Gone for good: the workspace {name}, deleted two weeks ago.")
    print("Expired sessions are cleared away.")
    if others:
        print(f"Forgotten: whom {others} answers were given to, as their networks ask.")
    if forgotten:
        print(f"Forgotten: {forgotten} addresses whose owners never confirmed their subscription.")
    if unfinished:
        print(f"Forgotten: {unfinished} begun pages of posts from pictures that nobody went on with.")
    if unsaved:
        print(f"Forgotten: {unsaved} new posts that were never saved and that nobody went on with.")
    return 0
