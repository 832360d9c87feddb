"""Telegram channels, through a bot of one's own."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_
from tesselle.networks.telegram.options import OPTIONS

NETWORK = Network(
    slug="telegram",
    name="Telegram",
    home="https://telegram.org",
    account_kinds=(AccountKind("channel", N_("Channel")),),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.DISCUSS,
            Ability.CONNECT,
            Ability.EDIT,
            Ability.DELETE,
            Ability.THREAD,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst(
            "sdk", "python-telegram-bot 22.8", "tesselle/networks/telegram/tests/test_sandbox_sdk.py"
        ),
    ),
    connect_fields=(
        ConnectField(
            "token",
            N_("Bot token"),
            N_(
                "In Telegram, write to @BotFather: /newbot, choose a name, then copy the token he answers "
                "with. Take a new bot that no other program uses."
            ),
            kind="secret",
            placeholder="123456789:AA...",
        ),
        ConnectField(
            "channel",
            N_("Channel"),
            N_("Its @name or t.me address. For a private channel its number, which begins with -100."),
            placeholder="@mychannel",
        ),
        ConnectField(
            "server",
            N_("Bot API address"),
            N_("Leave it empty unless you run a Bot API server of your own."),
            kind="url",
            placeholder="https://api.telegram.org",
            required=False,
        ),
    ),
    options=OPTIONS,
    budgets=(Budget(calls=20, seconds=60),),
    reads_back=False,
    verify_after_s=3.0,
    verify_within_s=900.0,
    before_connecting=(
        N_("Free. You need to be the owner of the channel, or an administrator who may add others."),
        N_(
            "Telegram shows a bot neither views nor what was posted before. Only with a linked discussion "
            "group can Tesselle see that a post is really there; without one it takes Telegram’s word."
        ),
    ),
    guide=(
        N_("In Telegram, open @BotFather, send /newbot and keep the token."),
        N_(
            "Open your channel, then Administrators, Add administrator: choose the bot and leave Post, "
            "Edit and Delete messages switched on."
        ),
        N_(
            "Better: link a discussion group (channel, Edit, Discussion) and make the bot an administrator "
            "of that group too."
        ),
        N_("Paste the token and the channel’s name here."),
    ),
)
