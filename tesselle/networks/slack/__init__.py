"""Slack, through an incoming webhook: one address, one channel, one way."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_
from tesselle.networks.slack.options import OPTIONS

NETWORK = Network(
    slug="slack",
    name="Slack",
    home="https://slack.com",
    account_kinds=(AccountKind("channel", N_("Channel of a workspace")),),
    abilities=frozenset({Ability.PUBLISH, Ability.CONNECT, Ability.SELF_TEST}),
    tested_against=(TestedAgainst("sdk", "slack_sdk 3.47.0", "tesselle/networks/slack/tests/test_sdk.py"),),
    connect_fields=(
        ConnectField(
            "address",
            N_("Webhook address"),
            N_(
                "It begins with https://hooks.slack.com/services/. In Slack’s app settings, Incoming "
                "Webhooks, click Copy beside it. Keep it to yourself: whoever knows it can post."
            ),
            kind="secret",
            placeholder="https://hooks.slack.com/services/T.../B.../...",
        ),
        ConnectField(
            "name",
            N_("Name of the channel"),
            N_("Slack does not tell which channel an address belongs to. Write it as your team calls it."),
            placeholder="#announcements",
        ),
    ),
    options=OPTIONS,
    # One message a second for a channel, with short bursts.
    budgets=(Budget(calls=50, seconds=60),),
    reads_back=False,
    before_connecting=(
        N_("Free. You need the right to add an app to the workspace; some companies have it approved first."),
        N_(
            "Text and links only: an incoming webhook takes no pictures. Slack tells neither figures nor "
            "replies, and nothing can be changed or deleted from here."
        ),
        N_(
            "Slack cannot be asked whether an address works: your first message tells. If an answer gets "
            "lost, Slack cannot be asked either, and you will be."
        ),
    ),
    guide=(
        N_(
            "Open api.slack.com/apps, click Create New App, From scratch; name it Tesselle, choose your workspace."
        ),
        N_("Open Incoming Webhooks and switch them on."),
        N_("Click Add New Webhook to Workspace and choose the channel that your messages are for."),
        N_("Copy the address shown at the bottom of the page and paste it here."),
        N_("To withdraw it, remove the webhook or the app in the same place."),
    ),
)
