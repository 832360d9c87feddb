"""What the composer's templates read, computed once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import SHARED, Words
from tesselle.compose.option_pages import Lists, OptionShown, lists_for, options_shown
from tesselle.compose.repairs import repair_of
from tesselle.domain.checks import counted, limits_of_part
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.text.domains import known_endings
from tesselle.web.sentences import say

_LOOK = {
    Severity.ERROR: ("danger", "alert"),
    Severity.WARNING: ("attention", "alert"),
    Severity.ADVICE: ("info", "info"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    counted: int
    limit: int

    @property
    def state(self) -> str:
        if self.counted > self.limit:
            return "over"
        return "near" if self.counted >= self.limit * 0.9 else "ok"


@dataclass(frozen=True, slots=True)
class Box:
    """One text of a thread. `owner` names its form fields."""

    owner: str
    index: int
    text: str
    label: str
    counter: Counter | None = None

    @property
    def id(self) -> str:
        return f"{self.owner}-text-{self.index}"

    @property
    def name(self) -> str:
        return f"{self.owner}-text" if self.index == 0 else f"{self.owner}-part"


@dataclass(frozen=True, slots=True)
class Picture:
    asset_id: int
    url: str
    alt: str
    name: str
    owner: str


@dataclass(frozen=True, slots=True)
class FindingShown:
    sentence: str
    cure: str
    tone: str
    icon: str
    act: str
    act_label: str
    field_id: str


@dataclass(frozen=True, slots=True)
class VariantPage:
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
    has_caption: bool
    has_title: bool
    has_link: bool
    has_threads: bool
    preview: SafeString

    @property
    def owner(self) -> str:
        return f"c{self.id}"

    @property
    def limits_id(self) -> str:
        return f"limits-{self.id}"

    @property
    def is_invalid(self) -> bool:
        return any(finding.tone == "danger" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Chip:
    id: int
    name: str
    network: str
    network_name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ComposerPage:
    desk: Desk
    title: str
    action: str
    chips: tuple[Chip, ...]
    boxes: tuple[Box, ...]
    pictures: tuple[Picture, ...]
    variants: tuple[VariantPage, ...]
    set_aside: tuple[tuple[int, Words], ...]
    endings: tuple[str, ...]
    error: str = ""
    overtaken: Any = None


def composer_page(desk: Desk, *, error: str = "", overtaken: Any = None) -> ComposerPage:
    post, lists = desk.post, lists_for(desk.chosen)
    return ComposerPage(
        desk=desk,
        title=(post.name or pgettext("post", "Untitled")) if post else gettext("New post"),
        action=reverse("compose:edit", args=[post.pk]) if post else reverse("compose:new"),
        chips=tuple(_chip(place, desk) for place in desk.places.values()),
        boxes=_boxes(SHARED, desk.draft.shared, ()),
        pictures=_pictures(SHARED, desk.draft.shared, desk),
        variants=tuple(variant_page(place, desk, lists) for place in desk.chosen),
        set_aside=tuple(
            (pk, words) for pk, words in desk.draft.tailored.items() if pk not in desk.draft.chosen
        ),
        endings=known_endings(),
        error=error,
        overtaken=overtaken,
    )


def _chip(place: Place, desk: Desk) -> Chip:
    channel = place.channel
    chosen = channel.pk in desk.draft.chosen
    return Chip(channel.pk, channel.display_name or channel.handle, channel.network, place.card.name, chosen)


def _boxes(owner: str, words: Words, counters: tuple[Counter, ...]) -> tuple[Box, ...]:
    several = len(words.texts) > 1
    return tuple(
        Box(
            owner,
            index,
            text,
            gettext("Part %(number)s") % {"number": index + 1} if several else gettext("Text"),
            counters[index] if index < len(counters) else None,
        )
        for index, text in enumerate(words.texts)
    )


def _pictures(owner: str, words: Words, desk: Desk) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            pk,
            reverse("library:thumb", args=[pk]),
            desk.draft.alts.get(pk, ""),
            desk.assets[pk].original_name,
            owner,
        )
        for pk in words.media
        if pk in desk.assets
    )


def variant_page(place: Place, desk: Desk, lists: Lists) -> VariantPage:
    channel, limits = place.channel, desk.limits(place.channel.pk)
    content, words = desk.content(channel.pk), desk.draft.words(channel.pk)
    counters = tuple(Counter(entry.counted, entry.limit) for entry in counted(content, limits))
    owner = f"c{channel.pk}"
    is_tailored = channel.pk in desk.draft.tailored
    values = desk.options(channel.pk)
    room = limits_of_part(replace(content, media=()), limits, 0)
    return VariantPage(
        id=channel.pk,
        name=channel.display_name or channel.handle,
        network=channel.network,
        network_name=place.card.name,
        is_tailored=is_tailored,
        words=words,
        boxes=_boxes(owner, words, counters) if is_tailored else (),
        counters=counters,
        pictures=_pictures(str(channel.pk), words, desk),
        findings=tuple(
            _finding(f, channel.pk, owner if is_tailored else SHARED, words) for f in place.findings(content)
        ),
        options=options_shown(place, values, lists),
        other_options=tuple(
            (name, value)
            for name, value in desk.draft.options.get(channel.pk, {}).items()
            if value and name not in values
        ),
        limits=replace(limits, texts=room, formats=()).to_json(),
        has_caption=limits.caption is not None and bool(content.media),
        has_title=limits.title is not None,
        has_link=limits.allows_link,
        has_threads=limits.max_parts > 1,
        preview=_preview(place, content, words, desk),
    )


def _preview(place: Place, content: Content, words: Words, desk: Desk) -> SafeString:
    urls = [reverse("library:thumb", args=[pk]) for pk in words.media if pk in desk.assets]
    return render_to_string(
        f"networks/{place.channel.network}/preview.html",
        {"content": content, "account": place.channel, "media_urls": urls},
    )


def _finding(finding: Finding, channel_id: int, owner: str, words: Words) -> FindingShown:
    tone, icon = _LOOK[finding.severity]
    repair = repair_of(finding)
    labels = {
        "split_thread": gettext("Split into a thread"),
        "shorten": gettext("Shorten"),
        "remove_media": gettext("Remove what is too much"),
        "convert_media": gettext("Make it fit"),
        "link_into_text": gettext("Write it in the text"),
        "join_parts": gettext("Join the parts"),
    }
    return FindingShown(
        say(finding.message),
        say(finding.cure),
        tone,
        icon,
        f"repair:{channel_id}:{repair}:{finding.place}" if repair else "",
        labels.get(repair, ""),
        _field_of(finding.place, owner, words, channel_id),
    )


def _field_of(place: str, owner: str, words: Words, channel_id: int) -> str:
    """The id of the field that a finding is about, so that a link leads there."""
    head, _, tail = place.partition(".")
    if head == "parts" and tail.isdecimal():
        return f"{owner}-text-{int(tail) + 1}"
    if head == "media" and tail.endswith(".alt"):
        index = int(tail.removesuffix(".alt"))
        return f"alt-{words.media[index]}" if index < len(words.media) else ""
    if head == "options":
        return f"c{channel_id}-option-{tail}"
    return {"text": f"{owner}-text-0", "title": f"{owner}-title", "link": f"{owner}-link"}.get(head, "")
