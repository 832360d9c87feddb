"""The extra choices of a post."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.threads.limits import TAG_CHARACTERS, TAG_REFUSES

TOPIC = "topic"
REPLIES = "replies"
EVERYONE = "everyone"

BAD_TOPIC = N_("A topic on Threads has no dots and no “&”. Write “%(typed)s” otherwise.")

OPTIONS = (
    OptionField(
        name=TOPIC,
        label=N_("Topic"),
        help=N_("One word or a few, without #. The post is found under it."),
        maximum=TAG_CHARACTERS,
    ),
    OptionField(
        name=REPLIES,
        label=N_("Who can reply"),
        kind="choice",
        choices=(
            Choice(EVERYONE, N_("Everyone")),
            Choice("followers_only", N_("Your followers")),
            Choice("accounts_you_follow", N_("Profiles you follow")),
            Choice("mentioned_only", N_("Profiles you name in the post")),
        ),
        default=EVERYONE,
    ),
)


def of_post(options: Mapping[str, str]) -> dict[str, Any]:
    """What the first part of a thread is made with. Raises RejectedError: no topic."""
    topic = options.get(TOPIC, "").strip().lstrip("#")
    if any(sign in topic for sign in TAG_REFUSES):
        raise RejectedError(Message(BAD_TOPIC, {"typed": topic[:TAG_CHARACTERS]}), "topic")
    replies = options.get(REPLIES, "")
    return {"topic_tag": topic, "reply_control": replies if replies not in {"", EVERYONE} else ""}
