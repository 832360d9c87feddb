"""Everything that one generic form asks about a post beside its words: what the limits allow and
what the card declares, for one account and one format."""

from tesselle.connectors.card import AccountKind, Choice, Network, OptionField
from tesselle.domain.content import (
    FIRST_COMMENT,
    FORMAT,
    LINK_DESCRIPTION,
    LINK_TITLE,
    POLL,
    POLL_QUESTION,
    POLL_SECONDS,
)
from tesselle.domain.limits import Limits, LinkCardLimit, PollLimit
from tesselle.domain.messages import N_

DAY = 86_400
_DURATIONS = {
    300: N_("5 minutes"),
    1_800: N_("30 minutes"),
    3_600: N_("1 hour"),
    21_600: N_("6 hours"),
    43_200: N_("12 hours"),
    DAY: N_("1 day"),
    2 * DAY: N_("2 days"),
    3 * DAY: N_("3 days"),
    4 * DAY: N_("4 days"),
    5 * DAY: N_("5 days"),
    6 * DAY: N_("6 days"),
    7 * DAY: N_("1 week"),
    14 * DAY: N_("2 weeks"),
}
"""The durations that networks offer, as people say them."""


def fields_for(card: Network, kind: str, limits: Limits, format: str = "") -> tuple[OptionField, ...]:
    """In the order in which they are drawn. Labels are N_ marked, choices read remotely are not here."""
    account_kind = next((one for one in card.account_kinds if one.slug == kind), None)
    allowed = limits.of(format)
    return (
        *_format(account_kind),
        *(
            option
            for option in card.options
            if (not option.if_granted or option.if_granted in card.granted)
            and (not option.account_kinds or kind in option.account_kinds)
            and (not option.formats or _named(account_kind, format) in option.formats)
        ),
        *_link_card(allowed.link_card),
        *_poll(allowed.poll),
        *_first_comment(allowed),
    )


def _named(kind: AccountKind | None, format: str) -> str:
    """ "" for the first format, however it is spelt."""
    first = kind.formats[0].slug if kind is not None and kind.formats else ""
    return "" if format == first else format


def _format(kind: AccountKind | None) -> tuple[OptionField, ...]:
    if kind is None or not kind.formats:
        return ()
    choices = tuple(Choice(one.slug, one.name, one.help) for one in kind.formats)
    return (OptionField(FORMAT, N_("Format"), kind="choice", choices=choices, default=kind.formats[0].slug),)


def _first_comment(limits: Limits) -> tuple[OptionField, ...]:
    if limits.first_comment is None:
        return ()
    help_text = N_("Posted by your account right below the post, once it is out.")
    return (OptionField(FIRST_COMMENT, N_("First comment"), help_text, kind="long_text"),)


def _link_card(limit: LinkCardLimit | None) -> tuple[OptionField, ...]:
    if limit is None:
        return ()
    help_text = N_("The network does not read the linked page: the card shows what you write here.")
    title = OptionField(LINK_TITLE, N_("Title of the link’s card"), help_text)
    if limit.description is None:
        return (title,)
    return (title, OptionField(LINK_DESCRIPTION, N_("Description on the link’s card"), kind="long_text"))


def _poll(limit: PollLimit | None) -> tuple[OptionField, ...]:
    if limit is None:
        return ()
    durations = tuple(Choice(str(seconds), _DURATIONS[seconds]) for seconds in sorted(limit.seconds))
    question = OptionField(POLL_QUESTION, N_("Question of the poll"))
    return (
        *((question,) if limit.question is not None else ()),
        OptionField(
            POLL, N_("Answers of the poll"), N_("One on each line; none for no poll."), kind="long_text"
        ),
        OptionField(
            POLL_SECONDS,
            N_("How long the poll runs"),
            kind="choice",
            choices=durations,
            default=str(limit.seconds[0]),
        ),
    )
