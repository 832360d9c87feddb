"""Deliveries, channels and the installation, where they wait for a person."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import health_of, network_name
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery
from tesselle.plan.pages import held_note, purpose_word
from tesselle.plan.selectors import held, news_since
from tesselle.publish import words
from tesselle.publish.needs_count import of_their_own
from tesselle.publish.pages import acts as acts_of
from tesselle.web.addresses import address_of
from tesselle.web.dates import written
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery
from tesselle.web.needs import Act, Need
from tesselle.web.sentences import say
from tesselle.web.states import look
from tesselle.workspaces import facts
from tesselle.workspaces.access import Right, may, runs_installation
from tesselle.workspaces.models import Member, Workspace

MOST = 40
_URGENT_FIRST = (
    DeliveryState.UNKNOWN,
    DeliveryState.PARTIAL,
    DeliveryState.REFUSED,
    DeliveryState.BLOCKED,
    DeliveryState.MISSED,
    DeliveryState.REMOVED,
)
BACK = (("back", "needs"),)


def _member(request: HttpRequest) -> Member | None:
    member: Member | None = getattr(request, "member", None)
    return member


# --- Deliveries ---


def deliveries(request: HttpRequest) -> Sequence[Need]:
    member = _member(request)
    if member is None or not facts.of(request)["publish.waiting"]:
        return []
    rows = _deliveries.records({SOME_ID: member.workspace_id, SOME_TIME: news_since()})
    prefetch_related_objects(rows, "steps")
    for row in rows:
        row.workspace = member.workspace
    rows.sort(key=lambda row: _URGENT_FIRST.index(DeliveryState(row.state)))
    missed = [row for row in rows if row.state == DeliveryState.MISSED]
    single = [row for row in rows if row.state != DeliveryState.MISSED or len(missed) == 1]
    told = [_delivery(same[0], member, same[1:]) for same in _on_one_card(single)]
    if len(missed) > 1:
        told.append(_missed_together(missed, member))
    return told


def _on_one_card(rows: Sequence[Delivery]) -> Sequence[list[Delivery]]:
    """Without a consent or an approval a post stands still on its channels for one reason, and waits for one
    decision."""
    cards: dict[tuple[str, int], list[Delivery]] = {}
    for row in rows:
        shared = row.post_id is not None and (words.lacks_consent(row) or words.awaits_yes(row))
        cards.setdefault((row.state, row.post_id or 0) if shared else ("delivery", row.pk), []).append(row)
    return [sorted(same, key=lambda row: row.pk) for same in cards.values()]


_deliveries = KeptQuery(
    lambda: (
        Delivery.objects.filter(of_their_own(SOME_TIME), workspace=SOME_ID)
        .select_related("channel", "post")
        .order_by("-due_at", "-id")[:MOST]
    )
)


def _delivery_url(pk: int) -> str:
    return address_of("publish:delivery", "delivery_id")(pk)


def _delivery(delivery: Delivery, member: Member, others: Sequence[Delivery] = ()) -> Need:
    """`others`: the same post on further channels, for which the same is to be decided."""
    seen, all_of_them = look(delivery.state), (delivery, *others)
    said = [say(one.note) or str(words.BLOCKS.get(one.reason, "")) for one in all_of_them]
    title = delivery.name or pgettext("post", "Untitled")
    purpose = purpose_word(delivery.purpose)
    return Need(
        key=f"delivery-{delivery.pk}",
        tone=seen.tone,
        icon=seen.icon,
        word=seen.word,
        title=f"{purpose}{pgettext('between purpose and title', ': ')}{title}" if purpose else title,
        happened=" ".join(dict.fromkeys(said)),
        means=words.meaning(delivery),
        todo=words.todo(delivery),
        url=_delivery_url(delivery.pk),
        networks=tuple(dict.fromkeys(one.channel.network for one in all_of_them)),
        where=_where([one.channel for one in all_of_them]),
        when=_when(delivery.due_at, delivery.workspace),
        acts=_delivery_acts(delivery, member, others),
    )


def _where(channels: Sequence[Channel]) -> str:
    """One channel's account; of several the networks too, each account named once where it is the same."""
    accounts = [one.display_name or one.handle for one in channels]
    if len(channels) == 1:
        return accounts[0]
    networks = [network_name(one.network) for one in channels]
    if len(set(accounts)) == 1:
        return f"{', '.join(networks)} · {accounts[0]}"
    return ", ".join(f"{network} ({account})" for network, account in zip(networks, accounts, strict=True))


def _delivery_acts(delivery: Delivery, member: Member, others: Sequence[Delivery]) -> tuple[Act, ...]:
    may_do = acts_of(delivery, list(delivery.steps.all()), member)
    is_unknown = delivery.state == DeliveryState.UNKNOWN
    fields = (*BACK, *(("with", str(one.pk)) for one in others))
    found = [
        Act(label, address_of(f"publish:{name}", "delivery_id")(delivery.pk), icon, "plain", "post", fields)
        for name, label, icon in (
            ("look_again", _("Look again"), "search"),
            ("mark_as_sent", _("I saw it there"), "check"),
            ("send_now", _send_label(delivery), "send"),
        )
        if name in may_do
    ]
    is_content = delivery.state in (DeliveryState.REFUSED, DeliveryState.REMOVED)
    if is_content and delivery.post_id and may(member, Right.WRITE):
        edit = address_of("compose:edit", "post_id")(delivery.post_id)
        found.insert(0, Act(_("Open the post"), edit, "pencil", "main", "get"))
    if words.awaits_yes(delivery) and delivery.post_id and may_do:
        show = address_of("review:post", "post_id")(delivery.post_id)
        found.insert(0, Act(_("Show it and ask"), show, "eye", "main", "get"))
    if "replan" in may_do and not is_unknown and not others:
        change = _delivery_url(delivery.pk)
        found.append(Act(_("Another time"), f"{change}#replan", "calendar", "plain", "get"))
    if "cancel" in may_do:
        drop = address_of("publish:cancel", "delivery_id")(delivery.pk)
        found.append(Act(_("Drop it"), drop, "cancelled", "danger", "post", fields))
    return tuple(found)


def _send_label(delivery: Delivery) -> str:
    match delivery.state:
        case DeliveryState.UNKNOWN:
            return _("It is not there, send it now")
        case DeliveryState.PARTIAL:
            return _("Send the rest")
        case _:
            return _("Send now")


def _missed_together(rows: list[Delivery], member: Member) -> Need:
    seen, count = look(DeliveryState.MISSED), len(rows)
    url = reverse("plan:missed")
    decide = Act(_("Decide about all of them"), url, "calendar", "main", "get")
    ids = tuple(("delivery", str(row.pk)) for row in rows)
    drop = Act(
        _("Drop all"), reverse("plan:decide_missed"), "trash", "danger", "post", (("do", "drop"), *BACK, *ids)
    )
    first = min(rows, key=lambda row: row.due_at)
    return Need(
        key="missed",
        tone=seen.tone,
        icon=seen.icon,
        word=seen.word,
        title=ngettext("%(n)s missed post", "%(n)s missed posts", count) % {"n": count},
        happened=_("Their time passed while nothing could be sent, the first on %(when)s.")
        % {"when": _when(first.due_at, first.workspace)},
        means=_("They do not go out late without your word."),
        todo=_("Send them now, plan them anew with the same spacing, or drop them."),
        url=url,
        acts=(decide, drop) if may(member, Right.PLAN) else (),
    )


# --- Channels ---


def channels(request: HttpRequest) -> Sequence[Need]:
    member = _member(request)
    if member is None or not facts.of(request)["publish.stopped"]:
        return []
    stopped = Count("deliveries", filter=Q(deliveries__state=DeliveryState.BLOCKED))
    rows = (
        Channel.objects.filter(workspace=member.workspace, removed_at=None, blocked_reason__gt="")
        .annotate(stopped=stopped)
        .order_by("-stopped", "handle")
    )
    return [_channel(row, row.stopped, member) for row in rows]


def _channel(channel: Channel, stopped: int, member: Member) -> Need:
    health = health_of(channel)
    means = ngettext(
        "Nothing leaves on this channel; %(n)s post waits for it.",
        "Nothing leaves on this channel; %(n)s posts wait for it.",
        stopped,
    )
    reconnect = reverse("channels:reconnect", args=[channel.pk])
    return Need(
        key=f"channel-{channel.pk}",
        tone=health.tone,
        icon=health.icon,
        word=health.word,
        title=channel.display_name or channel.handle,
        happened=health.said or str(words.BLOCKS.get(channel.blocked_reason, "")),
        means=means % {"n": stopped} if stopped else _("Nothing leaves on this channel."),
        todo=str(health.cure),
        url=reverse("channels:detail", args=[channel.pk]),
        networks=(channel.network,),
        acts=(Act(_("Reconnect"), reconnect, "refresh", "main", "get"),) if may(member, Right.MANAGE) else (),
    )


# --- The installation ---


def installation(request: HttpRequest) -> Sequence[Need]:
    member = _member(request)
    is_held = facts.of(request)["publish.held"]
    note = held_note(held(member.workspace)) if member and is_held else None
    if member is None or note is None:
        return []
    due = ngettext("%(n)s post is due.", "%(n)s posts are due.", note.due) % {"n": note.due}
    release = Act(_("Release: send again"), reverse("plan:release"), "play", "main", "post", BACK)
    due_list = Act(_("Look at what is due"), f"{reverse('plan:list')}?state=planned", "queue", "plain", "get")
    may_release = runs_installation(member.user)
    return [
        Need(
            key="held",
            tone="attention",
            icon="pause",
            word=pgettext("installation", "Held"),
            title=_("Nothing is being sent"),
            happened=note.sentence,
            means=" ".join((_("Until whoever runs this installation releases it, no post leaves."), due)),
            todo=_("Look at what is due, then release it.")
            if may_release
            else _("Ask whoever runs this installation to release it."),
            when=_when(note.since, member.workspace) if note.since else "",
            acts=(release, due_list) if may_release else (due_list,),
        )
    ]


def _when(at: datetime, workspace: Workspace) -> str:
    return written(at.astimezone(workspace.tz), pgettext("date format", "D j M, H:i"))
