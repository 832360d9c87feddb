"""Mattermost, through an incoming webhook of the company's own server."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_

NETWORK = Network(
    slug="mattermost",
    name="Mattermost",
    home="https://mattermost.com",
    account_kinds=(AccountKind("channel", N_("Channel of a server")),),
    abilities=frozenset({Ability.PUBLISH, Ability.CONNECT, Ability.SELF_TEST}),
    tested_against=(
        TestedAgainst("sdk", "apprise 2.2.0", "tests/real/test_mattermost.py"),
        TestedAgainst(
            "fixtures",
            "a request table checked against the server's source, November 2026",
            "tesselle/networks/mattermost/tests/test_request_table.py",
        ),
    ),
    connect_fields=(
        ConnectField(
            "address",
            N_("Webhook address"),
            N_(
                "Your server’s address followed by /hooks/ and 26 characters, as Mattermost shows it once "
                "the webhook is made. Keep it to yourself: whoever knows it can post."
            ),
            kind="secret",
            placeholder="https://chat.example.com/hooks/...",
        ),
        ConnectField(
            "name",
            N_("Name of the channel"),
            N_(
                "Mattermost does not tell which channel an address belongs to. Write it as your team calls it."
            ),
            placeholder="~announcements",
        ),
        ConnectField(
            "longest",
            N_("Longest message, in characters"),
            N_("Leave it empty: it is 16,383. Only servers with a very old database hold less (4,000)."),
            placeholder="16383",
            required=False,
        ),
    ),
    # Servers that limit at all take 10 a second.
    budgets=(Budget(calls=60, seconds=60),),
    reads_back=False,
    before_connecting=(
        N_("Free. Whoever runs the server must have switched incoming webhooks on."),
        N_(
            "Text and links only: an incoming webhook takes no files. Mattermost tells neither figures nor "
            "replies through it, and nothing can be changed or deleted from here."
        ),
        N_(
            "Connecting asks whether a Mattermost server answers; whether the webhook works, your first "
            "message tells. If an answer gets lost, you will be asked what you see in the channel."
        ),
    ),
    guide=(
        N_("In Mattermost, open the menu beside the product name, then Integrations, Incoming Webhooks."),
        N_(
            "Click Add Incoming Webhook, name it Tesselle, choose the channel and lock the webhook to it. Without the "
            "menu entry, ask whoever runs the server."
        ),
        N_("Save, copy the address shown and paste it here."),
        N_("To withdraw it, delete the webhook in the same place."),
    ),
)
