"""What the pages of approval read, computed once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from tesselle.compose.desk import Desk, set_up
from tesselle.compose.draft import of_post
from tesselle.compose.models import Post
from tesselle.compose.previews import picture_of, preview_of, stylesheet_of
from tesselle.ledger.models import Delivery, Purpose
from tesselle.library import names, storage
from tesselle.library.models import Asset
from tesselle.library.public import path_of
from tesselle.review.remarks import Picture, Remark, passages_of, remarks_of
from tesselle.review.rule_pages import RuleInWords, rules_in_words
from tesselle.review.selectors import TO_COME
from tesselle.review.standing import Standing, standings

PICTURES_LIVE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Preview:
    network: str
    network_name: str
    channel: str
    drawn: SafeString


@dataclass(frozen=True, slots=True)
class Paper:
    """One post as it is laid before somebody. `when`: its next time out, if it has one."""

    id: int
    name: str
    revision: int
    when: datetime | None
    standing: Standing
    rules: tuple[RuleInWords, ...]
    remarks: tuple[Remark, ...]
    passages: tuple[str, ...]
    pictures: tuple[Picture, ...]
    previews: tuple[Preview, ...]
    stylesheets: tuple[str, ...]

    @property
    def others(self) -> tuple[Preview, ...]:
        """All but the first: on a telephone one is enough to decide by, the rest is a tap away."""
        return self.previews[1:]


def papers(posts: Sequence[Post], *, for_strangers: bool) -> list[Paper]:
    """`for_strangers`: pictures under signed addresses, since nobody is signed in."""
    standing, when = standings(posts), times_of(posts)
    return [_paper(post, standing[post.pk], when.get(post.pk), for_strangers) for post in posts]


def stylesheets_of(shown: Sequence[Paper]) -> list[str]:
    return list(dict.fromkeys(sheet for paper in shown for sheet in paper.stylesheets))


def title_of(post: Post) -> str:
    return post.name or pgettext("post", "Untitled")


def times_of(posts: Sequence[Post]) -> Mapping[int, datetime]:
    planned = Delivery.objects.filter(post__in=posts, purpose=Purpose.POST, state__in=TO_COME).order_by()
    return dict(planned.values_list("post_id").annotate(Min("due_at")))


def _paper(post: Post, standing: Standing, when: datetime | None, for_strangers: bool) -> Paper:
    desk = saved_desk(post)
    url = signed_picture if for_strangers else picture_of
    previews = tuple(
        Preview(
            network=place.channel.network,
            network_name=place.card.name,
            channel=place.channel.display_name or place.channel.handle,
            drawn=preview_of(place, desk, url),
        )
        for place in desk.chosen
    )
    passages, pictures = passages_of(place_texts(desk)), _pictures(desk, url)
    sheets = dict.fromkeys(sheet for one in previews if (sheet := stylesheet_of(one.network)))
    return Paper(
        id=post.pk,
        name=title_of(post),
        revision=post.current_id or 0,
        when=when,
        standing=standing,
        rules=rules_in_words(standing),
        remarks=remarks_of(post, passages, pictures, for_strangers=for_strangers),
        passages=passages,
        pictures=pictures,
        previews=previews,
        stylesheets=tuple(sheets),
    )


def saved_desk(post: Post) -> Desk:
    """The post as it is saved."""
    return set_up(post.workspace, post, of_post(post, post.workspace))


def remarks_beside(desk: Desk, post: Post) -> tuple[Remark, ...]:
    """What the members said, against the words and pictures as they stand on the desk."""
    passages = passages_of(place_texts(desk))
    return remarks_of(post, passages, _pictures(desk, picture_of), for_strangers=False)


def _pictures(desk: Desk, url: Callable[[Asset], str]) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            pk,
            url(asset),
            desk.draft.alts.get(pk, "") or asset.original_name,
            asset.width_px,
            asset.height_px,
        )
        for pk, asset in desk.assets.items()
        if asset.kind == Asset.Kind.IMAGE
    )


def place_texts(desk: Desk) -> list[str]:
    """The shared words, then those of each channel that are others."""
    contents = [desk.shared_content(), *(desk.content(place.channel.pk) for place in desk.chosen)]
    return list(dict.fromkeys(text for content in contents for text in content.texts if text.strip()))


def signed_picture(asset: Asset, page: int = 0) -> str:
    """The small one; the whole picture where there is none (one that was added long ago)."""
    small = names.thumb_of(asset.path)
    if page:
        return path_of(names.page_of(asset.path, page), seconds=PICTURES_LIVE_SECONDS)
    found = small if asset.kind != Asset.Kind.IMAGE or storage.current().exists(small) else asset.path
    return path_of(found, seconds=PICTURES_LIVE_SECONDS)
