"""Discord, through a webhook of a channel: it can be read back, changed and deleted by its number."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_
from tesselle.networks.discord.options import OPTIONS

NETWORK = Network(
    slug="discord",
    name="Discord",
    home="https://discord.com",
    account_kinds=(AccountKind("channel", N_("Channel of a server")),),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.CONNECT,
            Ability.EDIT,
            Ability.DELETE,
            Ability.ALT_TEXT,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(TestedAgainst("sdk", "discord.py 2.7.1", "tesselle/networks/discord/tests/test_sdk.py"),),
    connect_fields=(
        ConnectField(
            "address",
            N_("Webhook address"),
            N_(
                "It begins with https://discord.com/api/webhooks/. In the channel’s settings, Integrations, "
                "Webhooks, click Copy Webhook URL. Keep it to yourself: whoever knows it can post."
            ),
            kind="secret",
            placeholder="https://discord.com/api/webhooks/...",
        ),
    ),
    options=OPTIONS,
    # Discord's own, as far as known: 30 messages a minute for a channel.
    budgets=(Budget(calls=25, seconds=60),),
    verify_after_s=1.0,
    verify_within_s=300.0,
    before_connecting=(
        N_("Free. You need the right Manage Webhooks in the channel."),
        N_(
            "A webhook sees what it posted itself: reactions, but neither views nor replies, and nothing of "
            "what others wrote."
        ),
        N_(
            "If the answer to a message gets lost, Discord cannot be asked whether it is there. You will be "
            "asked to look."
        ),
    ),
    guide=(
        N_("In Discord, point at the channel and open its settings (the cogwheel)."),
        N_("Open Integrations, then Webhooks, and click New Webhook."),
        N_("Give it the name and picture that your messages shall show, and check the channel."),
        N_("Click Copy Webhook URL, save, and paste the address here."),
        N_("To withdraw it, delete the webhook in the same place."),
    ),
)
