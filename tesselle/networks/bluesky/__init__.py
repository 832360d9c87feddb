"""Bluesky and every other server of the AT Protocol."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ConnectField,
    Network,
    TestedAgainst,
)
from tesselle.domain.messages import N_

NETWORK = Network(
    slug="bluesky",
    name="Bluesky",
    home="https://bsky.app",
    account_kinds=(AccountKind("account", N_("Bluesky account")),),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.DISCUSS,
            Ability.CONNECT,
            Ability.HISTORY,
            Ability.DELETE,
            Ability.THREAD,
            Ability.ALT_TEXT,
            Ability.MENTIONS,
            Ability.IMAGE,
            Ability.VIDEO,
        }
    ),
    tested_against=(
        TestedAgainst("real", "@atproto/pds (dev-env 0.6.7)", "tests/real/test_bluesky.py"),
        TestedAgainst("sdk", "atproto 0.0.73", "tesselle/networks/bluesky/tests/test_sdk.py"),
        TestedAgainst(
            "sdk",
            "npm @atproto/api 0.20.44: 2,000 drawn posts are counted as its RichText counts",
            "tests/real/test_drawn_posts.py",
        ),
    ),
    connect_fields=(
        ConnectField(
            name="server",
            label=N_("Server"),
            help=N_(
                "Leave https://bsky.social unless your account lives on a server of its own: then type "
                "that server’s address."
            ),
            kind="url",
            placeholder="https://bsky.social",
            required=False,
        ),
        ConnectField(
            name="handle",
            label=N_("Your handle"),
            help=N_(
                "The name under your profile picture, for instance carrelage.bsky.social, without the @."
            ),
            placeholder="carrelage.bsky.social",
        ),
        ConnectField(
            name="app_password",
            label=N_("App password"),
            help=N_(
                "Not your usual password. In Bluesky, open Settings, Privacy and security, App passwords, "
                "Add app password; give it a name (Tesselle) and copy the four groups of letters here."
            ),
            kind="secret",
            placeholder="xxxx-xxxx-xxxx-xxxx",
        ),
    ),
    # The network's own: 5,000 points an hour, 35,000 a day; a post costs 2 (update) or 3 (create).
    budgets=(Budget(calls=1200, seconds=3600), Budget(calls=9000, seconds=86400)),
    verify_after_s=1.0,
    verify_within_s=300.0,
    before_connecting=(
        N_("Bluesky is free, and nobody has to admit the application: an app password is all it takes."),
        N_("Bluesky tells no impressions and no reach: you will see likes, replies, reposts and bookmarks."),
    ),
    guide=(
        N_("Sign in at bsky.app with the company’s account, and confirm its e-mail address."),
        N_("Open Settings, then Privacy and security, then App passwords."),
        N_("Choose Add app password, name it Tesselle, and copy what is shown: it is shown only once."),
        N_("Paste it here with the account’s handle. You can withdraw it there at any time."),
    ),
)
