"""Written by hand, never asked of the product: the best that each network allows.

Read from the networks' own documentation. `BEST` says how doubt about a step can be settled there,
by the kind of account that chaos opens, or the format it posts in. A connector that declares `none`
where this table offers better fails. `unknown` is expected exactly where this table says `none` and the
fault leaves doubt, and where it says `unsure` and the fault leaves the thing there: it is seen, but could
be somebody's own.
"""

from collections.abc import Mapping

BEST: Mapping[tuple[str, str], Mapping[str, str]] = {
    # putRecord with a record key of our own and swapRecord null; a deletion can be repeated.
    ("bluesky", ""): {"post": "key", "part": "key", "answer": "key", "delete": "key"},
    # Own posts are listed; one with a link in its button is nobody else's. Answers are given to reviews.
    ("google_business", ""): {"post": "lookup", "edit": "key", "delete": "key"},
    # Own posts name the application that wrote them; so do a Page's own comments.
    ("facebook", ""): {
        "post": "lookup",
        "comment": "lookup",
        "answer": "lookup",
        "edit": "key",
        "delete": "key",
    },
    # A film goes up first; its own number says whether it was finished, and finishing twice makes one.
    ("facebook", "reel"): {"post": "witness"},
    # A container first, published by its number; comments do not say which application wrote them.
    ("instagram", ""): {"post": "witness", "comment": "unsure", "answer": "unsure", "delete": "key"},
    # A container first, published by its number: each part of a thread and each answer too.
    ("threads", ""): {"post": "witness", "part": "witness", "answer": "witness", "delete": "key"},
    # A film is posted by its last piece; the number told at the beginning says what became of it.
    ("tiktok", ""): {"post": "witness"},
    # Photos get their number in the very answer that can be lost.
    ("tiktok", "photos"): {"post": "none"},
    # Idempotency-Key, kept for an hour.
    ("mastodon", "mastodon"): {"post": "key", "part": "key", "answer": "key", "edit": "key", "delete": "key"},
    # It ignores the key; its own list of statuses can be read.
    ("mastodon", "gotosocial"): {
        "post": "lookup",
        "part": "lookup",
        "answer": "lookup",
        "edit": "key",
        "delete": "key",
    },
    # The bot hears the automatic forwards of posts, signed with its name; never its own answers.
    ("telegram", "discussion"): {
        "post": "lookup",
        "part": "lookup",
        "answer": "none",
        "edit": "key",
        "delete": "key",
    },
    ("telegram", "alone"): {"post": "none", "part": "none", "edit": "key", "delete": "key"},
    # A draft first, made public by its number; comments are listed with the agent that wrote them.
    ("wordpress", ""): {"post": "witness", "answer": "lookup", "edit": "key", "delete": "key"},
    # A page's posts and comments are listed. What a member posts is shown to no new application.
    ("linkedin", "page"): {
        "post": "lookup",
        "comment": "lookup",
        "answer": "lookup",
        "edit": "key",
        "delete": "key",
    },
    ("linkedin", "member"): {"post": "none", "comment": "none", "edit": "key", "delete": "key"},
    # A draft first, made public by its number.
    ("ghost", ""): {"post": "witness", "delete": "key"},
    # A webhook's call takes no nonce and its address lists nothing; a message deleted by number is gone.
    ("discord", ""): {"post": "none", "delete": "key"},
    # One word as the answer, no number, nothing to read.
    ("slack", ""): {"post": "none"},
    ("mattermost", ""): {"post": "none"},
    # A mail server keeps no list of what it took, and need not drop a repeated Message-ID.
    ("newsletter", ""): {"post": "none"},
    # No key; the account's own pins are listed, and one with an alternative text is nobody else's.
    ("pinterest", ""): {"post": "lookup", "delete": "key"},
    # No key and no name of an application; a title and a text in the account's own list are nobody else's.
    # A comment could be: one that is seen after doubt is a person's to decide.
    ("reddit", ""): {
        "post": "lookup",
        "comment": "unsure",
        "answer": "unsure",
        "edit": "key",
        "delete": "key",
    },
    # The specification has receivers drop a webhook-id seen before. A deletion is an event at the same
    # address, so that its faults cannot be told from a post's: played as `post`.
    ("webhook", ""): {"post": "key"},
    # No key; the account's own timeline can be read, and the same words are taken only once.
    ("x", ""): {"post": "lookup", "part": "lookup", "answer": "lookup", "delete": "key"},
    # The film goes up for nobody's eyes and is then shown by its number; comments name no application.
    ("youtube", ""): {
        "post": "witness",
        "comment": "unsure",
        "answer": "unsure",
        "edit": "key",
        "delete": "key",
    },
}

FORMATS = {("tiktok", "photos"): "photos", ("facebook", "reel"): "reel"}
"""What is posted otherwise than in the usual format. Its comments, changes and deletions are those of any post."""

PUBLISHED_BY = {("facebook", "reel"): ("prepare", 1)}
"""As the sandboxes call the request that publishes, and how many of that name pass before: else `create`, none.
Beginning and finishing a reel have one address."""

LOOKED_FOR_BY = {("facebook", "reel"): "read"}
"""The request by which a post is looked for after doubt: else `list`."""

LOOKS_FOR_COMMENTS = {
    **dict.fromkeys(("facebook", "instagram", "linkedin", "youtube"), "replies"),
    **dict.fromkeys(("mastodon", "reddit", "x"), "list"),
}
"""Where a comment or an answer is looked for after doubt: below the post, or in the account's own list; as the
sandboxes call that request. Who is not in it is not asked with a list alone."""

IN_DOUBT = frozenset({"cut_unread", "accept_cut", "accept_5xx", "fail_5xx", "accept_late", "hang", "garbage"})
"""Effects on the irreversible call after which only the network knows."""

DONE_IN_DOUBT = frozenset({"accept_cut", "accept_5xx", "accept_late", "garbage"})
"""Those of them that leave the thing there."""

DOUBTFUL_MOMENTS = frozenset({"after_begin", "after_exchange"})
"""Where a killed worker leaves doubt: its row says `sending`, no outcome is written."""

DONE_MOMENTS = frozenset({"after_exchange", "held_before", "held_after"})
"""Where the network has done it, or does so yet, and the killed worker did not write it down."""

REFUSES = frozenset(
    {
        *("bluesky", "mastodon", "telegram", "ghost", "discord", "slack", "mattermost", "webhook"),
        *(
            "newsletter",
            "facebook",
            "google_business",
            "instagram",
            "linkedin",
            "pinterest",
            "reddit",
            "threads",
            "tiktok",
            "x",
            "youtube",
        ),
    }
)
"""Whose answer to a publishing call says surely that its file is refused. A WordPress site answers 500,
which says nothing there; where the file alone was sent it is a refusal everywhere."""


def best_kind(network: str, profile: str, step: str) -> str:
    return BEST[network, profile][step]
