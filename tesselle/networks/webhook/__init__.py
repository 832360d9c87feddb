"""A webhook of one's own: each post as a signed event, by the Standard Webhooks specification."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_

NETWORK = Network(
    slug="webhook",
    name="Webhook",
    home="https://www.standardwebhooks.com",
    account_kinds=(AccountKind("receiver", N_("Receiver of signed events")),),
    abilities=frozenset({Ability.PUBLISH, Ability.CONNECT, Ability.EDIT, Ability.DELETE, Ability.SELF_TEST}),
    tested_against=(
        TestedAgainst(
            "sdk", "standardwebhooks 1.1.0 (reference library)", "tesselle/networks/webhook/tests/test_sdk.py"
        ),
    ),
    connect_fields=(
        ConnectField(
            "address",
            N_("Address of the receiver"),
            N_("Where events are to be sent, with https:// before it. It is kept like a password."),
            kind="secret",
            placeholder="https://example.com/hooks/tesselle",
        ),
        ConnectField(
            "secret",
            N_("Signing secret"),
            N_(
                "It begins with whsec_; both sides know it. To replace it, type the new one, a space, and "
                "the old one: events then carry both signatures until you connect again with the new one alone."
            ),
            kind="secret",
            placeholder="whsec_...",
        ),
        ConnectField(
            "name",
            N_("Name"),
            N_("How this receiver is called here, for instance Intranet."),
            placeholder="Intranet",
        ),
    ),
    budgets=(Budget(calls=60, seconds=60),),
    reads_back=False,
    edits_title=True,
    before_connecting=(
        N_(
            "For whoever has a program of their own: an intranet, an automation, a screen in the shop. "
            "It must answer by https with a 2xx status within 30 seconds."
        ),
        N_(
            "When an answer gets lost, Tesselle sends the same event again with the same webhook-id. The receiver "
            "must drop what it has seen, as the specification asks; else a post could be handled twice."
        ),
        N_("Text and links only. No figures and no replies come back. What was sent cannot be read back."),
    ),
    guide=(
        N_(
            "Make a secret of 24 to 64 random bytes: write whsec_, and after it the line that "
            "“openssl rand -base64 32” prints."
        ),
        N_(
            "In the receiver, check the signature over the raw body with a library of standardwebhooks.com, "
            "refuse timestamps older than five minutes, and drop a webhook-id seen before."
        ),
        N_(
            "Paste the address and the secret here. Connecting asks only whether somebody answers; it sends no event."
        ),
    ),
)
