"""Everything around the posts, once the month was lived through."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.sandbox.company.desk import lay_ready, write_document
from tesselle.sandbox.company.followed import follow_links
from tesselle.sandbox.company.office import let_others_read, note_costs, watch_peers
from tesselle.sandbox.company.team import approve, bring_colleagues, comment
from tesselle.workspaces.models import User, Workspace


@transaction.atomic
def settle_in(
    workspace: Workspace, channels: Sequence[Channel], named: Mapping[str, Post], person: User
) -> None:
    """`named`: the posts that are spoken of, by their key."""
    lay_ready(workspace, channels, named, by=person)
    write_document(workspace, channels, by=person)
    people = bring_colleagues(workspace)
    approve(channels, named, people, person)
    comment(workspace, named, people)
    let_others_read(workspace, by=person)
    note_costs(workspace, channels, by=person)
    watch_peers(workspace, channels, by=person)
    follow_links(workspace, by=person)
