"""Who works there besides, whose yes posts need, what they say about one: each by the service of its page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Variant
from tesselle.compose.services import Wording, save_post
from tesselle.domain.approving import Demand
from tesselle.domain.content import Content
from tesselle.library.selectors import assets_by_file
from tesselle.notify.services import mark_read
from tesselle.review.commenting import Pin, add_comment
from tesselle.review.rules import change_rule
from tesselle.review.selectors import TO_COME
from tesselle.review.services import Verdict, answer
from tesselle.sandbox.company import SITE
from tesselle.sandbox.company.life import life
from tesselle.workspaces.models import Member, User, Workspace
from tesselle.workspaces.services import create_person

Posts = Mapping[str, Post]


def bring_colleagues(workspace: Workspace) -> Mapping[str, User]:
    """By mailbox. Nobody can sign in as one of them: they have no password."""
    people: dict[str, User] = {}
    for told in life()["colleagues"]:
        email = f"{told['mailbox']}@{SITE}"
        person = User.objects.filter(email=email).first() or create_person(
            name=told["name"], email=email, password=None, language="fr", is_verified=False
        )
        Member.objects.create(workspace=workspace, user=person, role=told["role"])
        people[told["mailbox"]] = person
    return people


def approve(channels: Sequence[Channel], named: Posts, people: Mapping[str, User], owner: User) -> None:
    """What is planned where a yes is needed has both of them, but for one that waits for the second and one
    that was changed after it had them."""
    told = life()["approval"]
    asking = [one for one in channels if one.network in told["networks"]]
    for channel in asking:
        demands = [Demand(who) for who in told["who"]]
        change_rule(channel, needs_approval=True, demands=demands, by=owner)
    ahead = Post.objects.filter(deliveries__channel__in=asking, deliveries__state__in=TO_COME)
    waiting = named[told["waiting"]]
    for post in ahead.exclude(pk=waiting.pk).distinct().order_by("pk"):
        for person in (people[told["first_yes"]], owner):
            _say_yes(post, person)
    # She has seen all of that: what is new to her is what comes now.
    mark_read(owner, waiting.workspace)
    _say_yes(waiting, people[told["first_yes"]])
    _change(named[told["changed"]], told["before"], told["after"], by=owner)


def _say_yes(post: Post, person: User) -> None:
    answer(post, revision_id=post.current_id or 0, verdict=Verdict.YES, by=person)


def _change(post: Post, before: str, after: str, *, by: User) -> None:
    post = Post.objects.select_related("current", "workspace").get(pk=post.pk)
    assert post.current is not None
    variants = post.current.variants.select_related("channel").order_by("pk")
    save_post(
        workspace=post.workspace,
        author=by,
        shared=_said(post.current.shared_content, before, after),
        wordings=tuple(_wording(one, before, after) for one in variants),
        post=post,
    )


def _wording(variant: Variant, before: str, after: str) -> Wording:
    own = _said(variant.content, before, after) if variant.tailored else None
    return Wording(variant.channel, own, variant.content.options)


def _said(content: Content, before: str, after: str) -> Content:
    return replace(content, text=content.text.replace(before, after))


def comment(workspace: Workspace, named: Posts, people: Mapping[str, User]) -> None:
    for told in life()["comments"]:
        post = named[told["post"]]
        pin = Pin(passage=told["passage"]) if "passage" in told else _on_picture(workspace, post, told)
        add_comment(post, text=told["text"], pin=pin, by=people[told["by"]])


def _on_picture(workspace: Workspace, post: Post, told: Mapping[str, float]) -> Pin:
    assert post.current is not None
    files = [media.asset for media in post.current.shared_content.media]
    asset = assets_by_file(workspace, set(files))[files[0]]
    return Pin(asset_id=asset.pk, across=told["across"], down=told["down"])
