"""What stands in the composer's form, saved or not: a value, read from the form and from a revision."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from tesselle.compose.models import Post, Revision, Variant
from tesselle.domain.content import Content
from tesselle.library.models import Asset
from tesselle.library.selectors import assets_by_file
from tesselle.strategy.aim import Aim
from tesselle.workspaces.models import Workspace

SHARED = "shared"
_OPTION = "option-"


@dataclass(frozen=True, slots=True)
class Words:
    """The words and pictures of the idea, or of one channel that has its own. `media`: asset ids."""

    title: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()
    link: str = ""
    media: tuple[int, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.text, *self.parts)

    def with_texts(self, texts: tuple[str, ...]) -> "Words":
        return replace(self, text=texts[0] if texts else "", parts=texts[1:])


@dataclass(frozen=True, slots=True)
class Draft:
    """`tailored` and `options` also keep what was written for channels not chosen at the moment.

    `based_on`: the number of the revision that the form was loaded from; 0 for a new post.
    """

    shared: Words = field(default_factory=Words)
    chosen: tuple[int, ...] = ()
    tailored: Mapping[int, Words] = field(default_factory=dict)
    options: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    alts: Mapping[int, str] = field(default_factory=dict)
    based_on: int = 0
    aim: Aim = field(default_factory=Aim)

    @property
    def is_begun(self) -> bool:
        """Whether anything was written or laid into it."""
        return any(words != Words() for words in (self.shared, *self.tailored.values()))

    def words(self, channel_id: int) -> Words:
        return self.tailored.get(channel_id, self.shared)

    def tailor(self, channel_id: int, words: Words) -> "Draft":
        return replace(self, tailored={**self.tailored, channel_id: words})

    def asset_ids(self) -> set[int]:
        return {pk for words in (self.shared, *self.tailored.values()) for pk in words.media}

    def content(
        self, words: Words, assets: Mapping[int, Asset], options: Mapping[str, str], language: str
    ) -> Content:
        return Content(
            text=words.text,
            title=words.title,
            parts=words.parts,
            link=words.link,
            media=tuple(assets[pk].as_media(self.alts.get(pk)) for pk in words.media if pk in assets),
            language=language,
            options={name: value for name, value in options.items() if value},
        )


def plain(text: str) -> str:
    """Forms send CR LF; networks count one sign."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_form(data: QueryDict) -> Draft:
    """Anything that makes no sense is left out; nothing here raises."""
    ids = {name[1:-9] for name in data if name.startswith("c") and name.endswith("-tailored")}
    options: dict[int, dict[str, str]] = {}
    for name in data:
        owner, found, option = name.partition(f"-{_OPTION}")
        if found and owner[:1] == "c" and owner[1:].isdecimal():
            options.setdefault(int(owner[1:]), {})[option] = plain(data.get(name, ""))
    alts = {int(n[4:]): plain(data.get(n, "")) for n in data if n.startswith("alt-") and n[4:].isdecimal()}
    return Draft(
        shared=_words(data, SHARED),
        chosen=_numbers(data.getlist("channels")),
        tailored={int(pk): _words(data, f"c{pk}") for pk in ids if pk.isdecimal()},
        options=options,
        alts=alts,
        based_on=next(iter(_numbers([data.get("revision", "")])), 0),
        aim=Aim.read(data),
    )


def read_words(text: str, form: Draft) -> Draft:
    """What a browser had kept of this form: names and values as JSON. Nonsense leaves the form as it is."""
    data = QueryDict(mutable=True)
    try:
        for name, value in json.loads(text):
            data.appendlist(str(name), str(value))
    except (ValueError, TypeError):
        return form
    if not data:
        return form
    return replace(read_form(data), based_on=form.based_on)


def begun_at(data: QueryDict) -> Draft:
    """What an address may ask of a new post: its channels, and what it shows of the library (`asset`)."""
    shared = Words(media=_numbers(data.getlist("asset")))
    return Draft(shared=shared, chosen=_numbers(data.getlist("channels")))


def _words(data: QueryDict, owner: str) -> Words:
    return Words(
        title=plain(data.get(f"{owner}-title", "")),
        text=plain(data.get(f"{owner}-text", "")),
        parts=tuple(plain(part) for part in data.getlist(f"{owner}-part")),
        link=data.get(f"{owner}-link", "").strip(),
        media=_numbers(data.getlist(f"{owner}-media")),
    )


def _numbers(values: list[str]) -> tuple[int, ...]:
    fitting = (int(value) for value in values if value.isdecimal() and len(value) < 18)
    return tuple(dict.fromkeys(fitting))


def of_post(post: Post, workspace: Workspace) -> Draft:
    """The form of a post's current revision."""
    return Draft() if post.current is None else of_revisions([post.current], post, workspace)[0]


def of_revisions(revisions: Sequence[Revision], post: Post, workspace: Workspace) -> list[Draft]:
    """The form of each; their pictures are asked for once."""
    variants = [list(revision.variants.all()) for revision in revisions]
    contents = [
        [revision.shared_content, *(variant.content for variant in own)]
        for revision, own in zip(revisions, variants, strict=True)
    ]
    files = {media.asset for own in contents for content in own for media in content.media}
    assets = assets_by_file(workspace, files)
    return [
        replace(_form(own, told, assets), based_on=revision.number, aim=post.aim)
        for revision, own, told in zip(revisions, variants, contents, strict=True)
    ]


def _form(variants: Sequence[Variant], contents: Sequence[Content], assets: Mapping[str, Asset]) -> Draft:
    """`contents`: the shared one, then the variants'."""
    alts = {
        assets[media.asset].pk: media.alt
        for content in reversed(contents)
        for media in content.media
        if media.asset in assets
    }

    def words(content: Content) -> Words:
        media = tuple(assets[item.asset].pk for item in content.media if item.asset in assets)
        return Words(content.title, content.text, content.parts, content.link, media)

    said = list(zip(variants, contents[1:], strict=True))
    return Draft(
        shared=words(contents[0]),
        chosen=tuple(variant.channel_id for variant in variants),
        tailored={variant.channel_id: words(content) for variant, content in said if variant.tailored},
        options={variant.channel_id: content.options for variant, content in said},
        alts=alts,
    )
