"""What each kind is called: the one spot where comments, reviews and messages differ in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tesselle.connectors.card import Discussed
from tesselle.domain.messages import N_


@dataclass(frozen=True, slots=True)
class Words:
    """`one`, `several`: the notice that somebody waits, with %(channel)s, %(counted)s and, below a post, %(post)s."""

    heading: str | Promise
    read: str | Promise
    nothing: str | Promise
    gone: str | Promise
    erased: str | Promise
    one: str
    several: str


WORDS = {
    Discussed.COMMENTS: Words(
        heading=pgettext_lazy("on a post", "Comments"),
        read=_("Read the comments"),
        nothing=_("Nobody has commented yet. Come back later, or ask a question in your next post."),
        gone=_("That comment is no longer there."),
        erased=_("Erased. That comment is not shown or counted here again."),
        one=N_("Somebody wrote below “%(post)s” on %(channel)s and waits for an answer."),
        several=N_("%(counted)s comments below “%(post)s” on %(channel)s wait for an answer."),
    ),
    Discussed.REVIEWS: Words(
        heading=pgettext_lazy("of an account", "Reviews"),
        read=_("Read the reviews"),
        nothing=_("Nobody has written a review yet. They are of the whole account, not of one post."),
        gone=_("That review is no longer there."),
        erased=_("Erased. That review is not shown or counted here again."),
        one=N_("Somebody wrote a review on %(channel)s and waits for an answer."),
        several=N_("%(counted)s reviews on %(channel)s wait for an answer."),
    ),
    Discussed.MESSAGES: Words(
        heading=pgettext_lazy("to an account", "Messages"),
        read=_("Read the messages"),
        nothing=_("Nobody has written to this account alone yet."),
        gone=_("That message is no longer there."),
        erased=_("Erased. That message is not shown or counted here again."),
        one=N_("Somebody wrote a message to %(channel)s and waits for an answer."),
        several=N_("%(counted)s messages to %(channel)s wait for an answer."),
    ),
}


def unanswered(kind: Discussed, n: int) -> str:
    match kind:
        case Discussed.REVIEWS:
            said = ngettext("%(n)s review has no answer.", "%(n)s reviews have no answer.", n)
        case Discussed.MESSAGES:
            said = ngettext("%(n)s message has no answer.", "%(n)s messages have no answer.", n)
        case _:
            said = ngettext("%(n)s comment has no answer.", "%(n)s comments have no answer.", n)
    return said % {"n": n}


def needs_none(kind: Discussed, n: int) -> str:
    match kind:
        case Discussed.REVIEWS:
            said = ngettext("%(n)s review needs no answer.", "%(n)s reviews need no answer.", n)
        case Discussed.MESSAGES:
            said = ngettext("%(n)s message needs no answer.", "%(n)s messages need no answer.", n)
        case _:
            said = ngettext("%(n)s comment needs no answer.", "%(n)s comments need no answer.", n)
    return said % {"n": n}
