"""From practice to real: pillars, objectives, posting times and drafts of a practice workspace, in a real one.

Words and pictures are copied, nothing is planned, no account is taken along: what is simulated stays here.
A short link becomes the page it leads to: its visits would be counted here.
Campaigns stay too: their days are those of the practice clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.library.models import Asset
from tesselle.library.selectors import assets_by_file
from tesselle.links.finishing import with_pages
from tesselle.plan.models import PostingSlot
from tesselle.plan.slots import add_slots
from tesselle.sandbox.models import ShelfItem
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Objective, Pillar
from tesselle.strategy.services import keep
from tesselle.workspaces.models import User, Workspace

TABLE = "taken over"


@dataclass(frozen=True, slots=True)
class Taken:
    drafts: int
    slots: int
    subjects: int


@transaction.atomic
def take_over(*, practice: Workspace, real: Workspace, by: User) -> Taken:
    """What was taken over before is left alone, so that doing it again brings only what is new.

    Raises:
        RuleError: not from a practice workspace, or not into a real one.
    """
    if not practice.is_practice or real.is_practice:
        raise RuleError(N_("Drafts and posting times go from a practice workspace into a real one only."))
    there = Channel.objects.filter(workspace=real, removed_at=None).order_by("pk")
    by_network: dict[str, list[Channel]] = {}
    for channel in there:
        by_network.setdefault(channel.network, []).append(channel)
    slots = sum(_slots(practice, channel, by) for channels in by_network.values() for channel in channels)
    pillars = _same(Pillar, "name", practice, real, by)
    objectives = _same(Objective, "sentence", practice, real, by)
    known = _known(practice, real)
    fresh = [post for post in drafts_of(practice) if str(post.pk) not in known]
    for post in fresh:
        aim = Aim(
            pillar=pillars.there.get(post.pillar_id or 0, 0),
            objective=objectives.there.get(post.objective_id or 0, 0),
        )
        copy = _draft(post, real, by_network, aim, by)
        ShelfItem.objects.create(
            workspace=practice, table=TABLE, key=f"{real.pk}/{post.pk}", value={"post": copy.pk}
        )
    for workspace in (practice, real):
        record(
            "practice.taken_over",
            workspace_id=workspace.pk,
            actor_id=by.pk,
            actor_name=str(by),
            subject_kind="workspace",
            subject_id=workspace.pk,
            practice=practice.name,
            real=real.name,
            drafts=len(fresh),
            slots=slots,
            subjects=pillars.made + objectives.made,
        )
    return Taken(len(fresh), slots, pillars.made + objectives.made)


@dataclass(frozen=True, slots=True)
class _Same:
    """`there`: by the id here, the id of the one of the same name there."""

    there: dict[int, int]
    made: int


def _same(
    model: type[Pillar] | type[Objective], field: str, practice: Workspace, real: Workspace, by: User
) -> _Same:
    named = {
        getattr(one, field): one for one in model._default_manager.filter(workspace=real, retired_at=None)
    }
    there, made = {}, 0
    for ours in model._default_manager.filter(workspace=practice, retired_at=None):
        name = getattr(ours, field)
        if name not in named:
            named[name] = _copy_of(ours, real)
            keep(named[name], by=by)
            made += 1
        there[ours.pk] = named[name].pk
    return _Same(there, made)


def _copy_of(ours: Pillar | Objective, real: Workspace) -> Pillar | Objective:
    if isinstance(ours, Pillar):
        return Pillar(workspace=real, name=ours.name, hue=ours.hue, target_percent=ours.target_percent)
    return Objective(workspace=real, sentence=ours.sentence)


def drafts_of(workspace: Workspace) -> QuerySet[Post]:
    """Neither planned nor thrown away, in the order in which they were begun."""
    found = Post.objects.filter(workspace=workspace, planned=False, deleted_at=None)
    return found.exclude(current=None).select_related("current").order_by("pk")


def networks_of(workspace: Workspace) -> list[str]:
    found = Channel.objects.filter(workspace=workspace, removed_at=None).order_by("network")
    return list(dict.fromkeys(found.values_list("network", flat=True)))


def _known(practice: Workspace, real: Workspace) -> set[str]:
    """Drafts that are there already; a copy that was thrown away there counts too."""
    keys = ShelfItem.objects.filter(workspace=practice, table=TABLE, key__startswith=f"{real.pk}/")
    return {key.partition("/")[2] for key in keys.values_list("key", flat=True)}


def _slots(practice: Workspace, channel: Channel, by: User) -> int:
    """The times of all practice channels of that network."""
    there = PostingSlot.objects.filter(
        channel__workspace=practice, channel__network=channel.network, channel__removed_at=None
    )
    return len(add_slots(channel, [slot.weekly for slot in there], by=by))


def _draft(post: Post, real: Workspace, by_network: Mapping[str, list[Channel]], aim: Aim, by: User) -> Post:
    assert post.current is not None
    shared = with_pages(Content.from_json(post.current.shared), post.workspace)
    variants = list(post.current.variants.select_related("channel").order_by("pk"))
    files = _files(post.workspace, real, [shared, *(variant.content for variant in variants)], by)
    moved = _with_files(shared, files)
    wordings = tuple(
        _wording(variant, channel, files)
        for variant in {one.channel.network: one for one in variants}.values()
        for channel in by_network.get(variant.channel.network, ())
    )
    return save_post(workspace=real, author=by, shared=moved, wordings=wordings, name=post.name, aim=aim)


def _wording(variant: Variant, channel: Channel, files: Mapping[str, str]) -> Wording:
    """Choices that name something of the simulated account (a board, a category) stay behind."""
    if not variant.tailored:
        return Wording(channel)
    words = with_pages(variant.content, variant.channel.workspace)
    return Wording(channel, replace(_with_files(words, files), options={}))


def _with_files(content: Content, files: Mapping[str, str]) -> Content:
    media = tuple(replace(one, asset=files[one.asset]) for one in content.media if one.asset in files)
    return replace(content, media=media)


def _files(practice: Workspace, real: Workspace, contents: Iterable[Content], by: User) -> dict[str, str]:
    """Each file's name there. A file is kept once for everybody who has it, so only its row is copied."""
    wanted = {one.asset for content in contents for one in content.media}
    found: dict[str, str] = {}
    for path, asset in assets_by_file(practice, wanted).items():
        known = Asset.objects.filter(workspace=real, sha256=asset.sha256, deleted_at=None).first()
        found[path] = (known or _copied(asset, real, by)).path
    return found


def _copied(asset: Asset, real: Workspace, by: User) -> Asset:
    asset.pk = None
    asset.workspace, asset.uploaded_by = real, by
    asset._state.adding = True
    asset.save()
    return asset
