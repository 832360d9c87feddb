"""What lies ready to write with: snippets, hashtags, posting times, posts that come again, a document."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Snippet
from tesselle.compose.services import Wording, save_post
from tesselle.compose.snippets import save_snippet
from tesselle.domain.content import Content
from tesselle.domain.slots import WeeklySlot
from tesselle.library.models import Asset
from tesselle.library.services.changing import Said, describe
from tesselle.library.services.documents import bind_pictures
from tesselle.plan.rhythm.evergreens import mark
from tesselle.plan.services import Slot, plan_post
from tesselle.plan.slots import add_slots
from tesselle.sandbox.company.life import life
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace


def lay_ready(
    workspace: Workspace, channels: Sequence[Channel], named: Mapping[str, Post], *, by: User
) -> None:
    pillars = {pillar.name: pillar for pillar in Pillar.objects.filter(workspace=workspace)}
    for kind, rows in ((Snippet.Kind.TEXT, "snippets"), (Snippet.Kind.HASHTAGS, "hashtags")):
        for told in life()[rows]:
            save_snippet(Snippet(workspace=workspace, kind=kind, name=told["name"], body=told["text"]), by=by)
    for told in life()["slots"]:
        slot = WeeklySlot(told["weekday"], time.fromisoformat(told["at"]))
        for channel in channels:
            if channel.network in told["networks"]:
                add_slots(channel, [slot], by=by, pillar=pillars[told["pillar"]])
    for told in life()["evergreens"]:
        mark(named[told["post"]], told["days"], by=by)


def write_document(workspace: Workspace, channels: Sequence[Channel], *, by: User) -> Post | None:
    """Pictures bound to pages, planned where documents are shown; None: the workspace is not there."""
    told = life()["document"]
    channel = next((one for one in channels if one.network == told["network"]), None)
    if channel is None:
        return None
    ours = {one.original_name: one for one in Asset.objects.filter(workspace=workspace)}
    pictures = [ours[f"{name}.jpg"] for name in told["pictures"]]
    document = bind_pictures(pictures, shape="square", title=told["title"], by=by)
    describe(
        document, Said(told["alt"], (document.focal_x, document.focal_y), licence=document.licence), by=by
    )
    document.refresh_from_db()
    post = save_post(
        workspace=workspace,
        author=by,
        shared=Content(text=told["text"], media=(document.as_media(),), language="fr"),
        wordings=(Wording(channel, options=first_choices(channel) or None),),
        name=told["title"],
        aim=Aim(Pillar.objects.get(workspace=workspace, name=told["pillar"]).pk),
    )
    day = workspace.today() + timedelta(days=told["day"])
    slot = Slot(datetime.combine(day, time.fromisoformat(told["time"])), workspace.zone)
    plan_post(post=post, slots={channel.pk: slot}, by=by)
    return post
