"""Links in the composer: shortened by a button, by themselves before saving, and one form for each channel."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tesselle.channels.models import Channel
from tesselle.compose.desk import Desk
from tesselle.compose.draft import Draft, Words
from tesselle.compose.higher_acts import HigherAct
from tesselle.domain.content import FIRST_COMMENT, Content
from tesselle.links import addresses, services
from tesselle.links.models import Link, LinkChoice
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.panels import Content as Shown
from tesselle.workspaces.models import User, Workspace

VERB = "shorten_links"


def for_channel(content: Content, channel: Channel) -> Content:
    def own(url: str) -> str:
        return addresses.for_channel(
            url, channel.pk, channel.network, medium=addresses.medium_of(channel.network)
        )

    return with_addresses(content, own)


def with_pages(content: Content, workspace: Workspace) -> Content:
    """With the page that each short link of this workspace leads to in its place: for words that leave it."""

    def page(url: str) -> str:
        if not addresses.is_ours(url):
            return url
        code, _ = addresses.read_place(url.rsplit("/", 1)[1])
        return (
            Link.objects.filter(workspace=workspace, code=code).values_list("target", flat=True).first()
            or url
        )

    return with_addresses(content, page)


def with_addresses(content: Content, change: Callable[[str], str]) -> Content:
    """Each address of what a channel gets, wherever it stands."""
    options = dict(content.options)
    if FIRST_COMMENT in options:
        options[FIRST_COMMENT] = addresses.replaced(options[FIRST_COMMENT], change)
    return replace(
        content,
        text=addresses.replaced(content.text, change),
        parts=tuple(addresses.replaced(part, change) for part in content.parts),
        link=change(content.link) if content.link else "",
        options=options,
    )


def act(desk: Desk, by: User) -> tuple[Draft, str]:
    """The button: every address of the idea and of the tailored texts, each one once."""
    made = _Maker(desk, by)
    draft = _changed(desk.draft, made)
    if not made.by_target:
        return draft, ""
    if not addresses.address_for(desk.workspace):
        return draft, _("The addresses are marked with UTM for your website’s statistics.")
    count = len(made.by_target)
    return draft, ngettext(
        "%(n)s address is a short link now.", "%(n)s addresses are short links now.", count
    ) % {"n": count}


def before_saving(desk: Desk, by: User) -> Draft:
    chosen = LinkChoice.objects.filter(workspace=desk.workspace).first()
    if chosen is None or not chosen.automatic:
        return desk.draft
    return _changed(desk.draft, _Maker(desk, by))


class _Maker:
    """An address to its short link or its marked form; the same address in two places becomes one."""

    def __init__(self, desk: Desk, by: User) -> None:
        self.desk, self.by = desk, by
        self.by_target: dict[str, str] = {}

    def __call__(self, url: str) -> str:
        if addresses.is_ours(url) or not addresses.may_lead_to(url):
            return url
        if url not in self.by_target:
            other = self._short(url) if addresses.address_for(self.desk.workspace) else self._marked(url)
            if other == url:
                return url
            self.by_target[url] = other
        return self.by_target[url]

    def _short(self, url: str) -> str:
        link = self._has_already(url) or services.make(self.desk.workspace, url, by=self.by)
        return addresses.short(link.code)

    def _has_already(self, url: str) -> Link | None:
        """The post's own: a form that is sent twice, or an address typed anew, makes no second link."""
        if self.desk.post is None:
            return None
        known = Link.objects.filter(post=self.desk.post, target=url, withdrawn_at=None)
        return known.order_by("pk").first()

    def _marked(self, url: str) -> str:
        aim, workspace = self.desk.draft.aim, self.desk.workspace
        campaign = Campaign.objects.filter(workspace=workspace, pk=aim.campaign).first()
        pillar = Pillar.objects.filter(workspace=workspace, pk=aim.pillar).first()
        marks = addresses.utm(addresses.ANY_CHANNEL, str(campaign or ""), str(pillar or ""))
        return addresses.with_utm(url, marks)


def _changed(draft: Draft, change: Callable[[str], str]) -> Draft:
    return replace(
        draft,
        shared=_words(draft.shared, change),
        tailored={pk: _words(words, change) for pk, words in draft.tailored.items()},
    )


def _words(words: Words, change: Callable[[str], str]) -> Words:
    return replace(
        words,
        text=addresses.replaced(words.text, change),
        parts=tuple(addresses.replaced(part, change) for part in words.parts),
        link=change(words.link) if words.link else "",
    )


ACT = HigherAct(VERB, act, before_saving)


def composer_panel(_request: HttpRequest, *, desk: Desk) -> Shown | None:
    """The button, where there is something to shorten, or what was shortened."""
    shared = desk.draft.shared
    texts = (
        *shared.texts,
        shared.link,
        *(text for words in desk.draft.tailored.values() for text in words.texts),
    )
    found: list[str] = []
    for text in texts:
        addresses.replaced(text, lambda url: found.append(url) or url)  # type: ignore[func-returns-value]
    if shared.link:
        found.append(shared.link)
    return Shown(
        "links/_composer.html",
        {
            "verb": VERB,
            "has_public_address": bool(addresses.address_for(desk.workspace)),
            "has_short": any(addresses.is_ours(url) for url in found),
            "page_url": reverse("links:links"),
        },
    )
