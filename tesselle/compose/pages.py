"""What the composer's templates read, computed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tesselle.compose.comparing import FieldDifference
from tesselle.compose.counters import Counter, counters_of, limits_told
from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import SHARED, Words
from tesselle.compose.models import Revision, WorkingCopy
from tesselle.compose.option_pages import Lists, OptionShown, lists_for, options_shown
from tesselle.compose.previews import preview_of, stylesheet_of
from tesselle.compose.repairs import can_repair
from tesselle.compose.shown import FindingShown, beside, findings_of
from tesselle.compose.undoing import History
from tesselle.domain.limits import Limits
from tesselle.domain.text.domains import known_endings
from tesselle.library.models import Asset
from tesselle.library.pages import Tile, tile
from tesselle.web import page_clock


class InARow:
    """Can change places with its neighbours; what the buttons for it say, empty at the ends."""

    __slots__ = ()
    index: int
    count: int

    @property
    def up(self) -> str:
        """To the place before it; empty for the first."""
        return f"{self.index}-{self.index - 1}" if self.index else ""

    @property
    def down(self) -> str:
        return f"{self.index}-{self.index + 1}" if self.index + 1 < self.count else ""


@dataclass(frozen=True, slots=True)
class Box(InARow):
    """One text of a thread. `owner` names its form fields."""

    owner: str
    index: int
    text: str
    label: str
    counters: tuple[Counter, ...]
    count: int = 1

    @property
    def id(self) -> str:
        return f"{self.owner}-text-{self.index}"

    @property
    def name(self) -> str:
        return f"{self.owner}-text" if self.index == 0 else f"{self.owner}-part"


@dataclass(frozen=True, slots=True)
class Picture(InARow):
    asset_id: int
    url: str
    alt: str
    name: str
    owner: str
    tile: Tile
    index: int
    count: int

    @property
    def key(self) -> str:
        """For ids that a template puts together."""
        return str(self.asset_id)


@dataclass(frozen=True, slots=True)
class VariantPage:
    """`waits`: nobody has begun to write, so nothing is found wanting yet."""

    id: int
    name: str
    network: str
    network_name: str
    is_tailored: bool
    words: Words
    boxes: tuple[Box, ...]
    counters: tuple[Counter, ...]
    pictures: tuple[Picture, ...]
    findings: tuple[FindingShown, ...]
    options: tuple[OptionShown, ...]
    other_options: tuple[tuple[str, str], ...]
    limits: Mapping[str, Any]
    has_title: bool
    has_link: bool
    has_threads: bool
    can_repair: bool
    can_bind: bool
    waits: bool
    preview: SafeString

    @property
    def owner(self) -> str:
        return f"c{self.id}"

    @property
    def shows_link(self) -> bool:
        """One that was written for another network stays in sight, so that it can be taken away."""
        return self.has_link or bool(self.words.link)

    @property
    def limits_id(self) -> str:
        return f"limits-{self.id}"

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def is_invalid(self) -> bool:
        return self.errors > 0

    @property
    def hints(self) -> int:
        return sum(finding.tone == "attention" for finding in self.findings)

    @property
    def first_field(self) -> str:
        """Where the first thing to mend stands."""
        return next((f.field_id for f in self.findings if f.is_error and f.field_id), f"variant-{self.id}")

    @property
    def own_findings(self) -> tuple[FindingShown, ...]:
        """Those that are about no field."""
        return tuple(finding for finding in self.findings if not finding.field_id)

    @property
    def has_option_findings(self) -> bool:
        """The choices are unfolded then."""
        return any(finding.field_id.startswith(f"{self.owner}-option-") for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Chip:
    """`is_only`: the network's name says enough, there is no second account of it."""

    id: int
    name: str
    network: str
    network_name: str
    is_only: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What somebody else saved meanwhile, and where mine differs."""

    author: str
    at: datetime
    differences: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """How the form is shown this time, beside the draft: what was refused, said, undone, brought back.
    `act`: the button that was pressed, and did what it says."""

    error: str = ""
    said: str = ""
    overtaken: Overtaken | None = None
    history: History = field(default_factory=History)
    resumed: WorkingCopy | None = None
    view: str = "write"
    look: str = "auto"
    act: str = ""

    @property
    def is_asked(self) -> bool:
        """Somebody wanted to know, or to go on with it, and was refused."""
        return bool(self.error) or self.act == "check"


@dataclass(frozen=True, slots=True)
class ComposerPage:
    desk: Desk
    shown: Shown
    title: str
    action: str
    keep_url: str
    chips: tuple[Chip, ...]
    boxes: tuple[Box, ...]
    pictures: tuple[Picture, ...]
    variants: tuple[VariantPage, ...]
    set_aside: tuple[tuple[int, Words], ...]
    beside: Mapping[str, tuple[FindingShown, ...]]
    stylesheets: tuple[str, ...]
    history: str

    @property
    def endings(self) -> tuple[str, ...]:
        return known_endings()

    @property
    def known_at(self) -> int:
        """When the server heard of these words, in seconds of the epoch: what a browser still holds from
        before is older."""
        if self.shown.resumed:
            return int(self.shown.resumed.kept_at.timestamp())
        current = self.desk.post.current if self.desk.post else None
        return int(current.created_at.timestamp()) if current else 0

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that a finding may be about, for the live check."""
        boxes = (*self.boxes, *(box for variant in self.variants for box in variant.boxes))
        own = [variant for variant in self.variants if variant.is_tailored]
        pictures = {picture.asset_id for variant in self.variants for picture in variant.pictures}
        pictures |= {picture.asset_id for picture in self.pictures}
        return (
            *(box.id for box in boxes),
            *(f"{SHARED}-{field}" for field in ("link", "title")),
            *(f"{variant.owner}-title" for variant in own if variant.has_title),
            *(f"{variant.owner}-link" for variant in own if variant.shows_link),
            *(f"{kind}-{pk}" for pk in sorted(pictures) for kind in ("alt", "picture")),
            *(f"{one.owner}-option-{option.name}" for one in self.variants for option in one.options),
        )


def composer_page(desk: Desk, shown: Shown | None = None) -> ComposerPage:
    shown, post = shown or Shown(), desk.post
    lists = lists_for(desk.chosen)
    waits = not desk.draft.is_begun and not shown.is_asked
    variants = tuple(variant_page(place, desk, lists, waits=waits) for place in desk.chosen)
    following = [variant for variant in variants if not variant.is_tailored]
    stylesheets = dict.fromkeys(stylesheet_of(place.channel.network) for place in desk.places.values())
    return ComposerPage(
        desk=desk,
        shown=shown,
        title=(post.name or pgettext("post", "Untitled")) if post else gettext("New post"),
        action=reverse("compose:edit", args=[post.pk]) if post else reverse("compose:new"),
        keep_url=reverse("compose:keep", args=[post.pk]) if post else reverse("compose:keep_new"),
        chips=tuple(_chip(place, desk) for place in desk.places.values()),
        boxes=_boxes(SHARED, desk.draft.shared, [c for variant in following for c in variant.counters]),
        pictures=_pictures(SHARED, desk.draft.shared, desk),
        variants=variants,
        set_aside=tuple(
            (pk, words) for pk, words in desk.draft.tailored.items() if pk not in desk.draft.chosen
        ),
        beside=beside(finding for variant in variants for finding in variant.findings),
        stylesheets=tuple(path for path in stylesheets if path),
        history=shown.history.to_text(),
    )


def _chip(place: Place, desk: Desk) -> Chip:
    channel = place.channel
    return Chip(
        id=channel.pk,
        name=channel.display_name or channel.handle,
        network=channel.network,
        network_name=place.card.name,
        is_only=sum(other.channel.network == channel.network for other in desk.places.values()) == 1,
        is_chosen=channel.pk in desk.draft.chosen,
    )


def _boxes(owner: str, words: Words, counters: Sequence[Counter]) -> tuple[Box, ...]:
    several = len(words.texts) > 1
    return tuple(
        Box(
            owner,
            index,
            text,
            gettext("Part %(number)s") % {"number": index + 1} if several else gettext("Text"),
            tuple(counter for counter in counters if counter.part == index),
            len(words.texts),
        )
        for index, text in enumerate(words.texts)
    )


def _pictures(owner: str, words: Words, desk: Desk) -> tuple[Picture, ...]:
    known = [pk for pk in words.media if pk in desk.assets]
    return tuple(
        Picture(
            pk,
            reverse("library:thumb", args=[pk]),
            desk.draft.alts.get(pk, desk.assets[pk].alt),
            desk.assets[pk].original_name,
            owner,
            tile(desk.assets[pk]),
            index,
            len(known),
        )
        for index, pk in enumerate(known)
    )


def variant_page(place: Place, desk: Desk, lists: Lists, *, waits: bool = False) -> VariantPage:
    channel, limits = place.channel, desk.limits(place.channel.pk)
    words = desk.draft.words(channel.pk)
    is_tailored = channel.pk in desk.draft.tailored
    counters = counters_of(place, desk, f"c{channel.pk}" if is_tailored else SHARED)
    values = desk.options(channel.pk)
    return VariantPage(
        id=channel.pk,
        name=channel.display_name or channel.handle,
        network=channel.network,
        network_name=place.card.name,
        is_tailored=is_tailored,
        words=words,
        boxes=_boxes(f"c{channel.pk}", words, counters) if is_tailored else (),
        counters=counters,
        pictures=_pictures(str(channel.pk), words, desk),
        findings=() if waits else findings_of(place, desk),
        options=options_shown(place, values, lists),
        other_options=tuple(
            (name, value)
            for name, value in desk.draft.options.get(channel.pk, {}).items()
            if value and name not in values
        ),
        limits=limits_told(limits),
        has_title=limits.title is not None,
        has_link=limits.allows_link,
        has_threads=limits.max_parts > 1,
        can_bind=_can_bind(words, desk, limits),
        can_repair=not waits and can_repair(desk, place),
        waits=waits,
        preview=preview_of(place, desk),
    )


def _can_bind(words: Words, desk: Desk, limits: Limits) -> bool:
    """Whether its pictures may go out as a document to page through."""
    kinds = [desk.assets[pk].kind for pk in words.media if pk in desk.assets]
    return limits.max_documents > 0 and len(kinds) > 1 and set(kinds) == {Asset.Kind.IMAGE}


def overtaken_by(theirs: Revision, differences: tuple[FieldDifference, ...]) -> Overtaken:
    return Overtaken(str(theirs.author or "?"), page_clock.current().own(theirs.created_at), differences)
