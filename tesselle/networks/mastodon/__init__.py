"""Mastodon and the servers that speak its language."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ConnectField,
    Discussed,
    Network,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.messages import N_
from tesselle.networks.mastodon.options import OPTIONS

SERVER = ConnectField(
    name="server",
    label=N_("Server"),
    help=N_(
        "The address at which you sign in, for instance mastodon.example. It is also what comes "
        "after the second @ in your full name, @name@mastodon.example."
    ),
    kind="url",
    placeholder="mastodon.example",
)

NETWORK = Network(
    slug="mastodon",
    name="Mastodon",
    home="https://joinmastodon.org",
    account_kinds=(
        AccountKind("mastodon", N_("Mastodon account")),
        AccountKind("gotosocial", N_("GoToSocial account")),
        # They answer the question for private mentions with an empty list, or with something else.
        AccountKind("pixelfed", N_("Pixelfed account"), discussed=(Discussed.COMMENTS,)),
        AccountKind("takahe", N_("Takahē account"), discussed=(Discussed.COMMENTS,)),
        AccountKind("snac", N_("snac account"), discussed=(Discussed.COMMENTS,)),
        AccountKind("other", N_("Account on a compatible server"), discussed=(Discussed.COMMENTS,)),
    ),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.DISCUSS,
            Ability.CONNECT,
            Ability.HISTORY,
            Ability.EDIT,
            Ability.DELETE,
            Ability.THREAD,
            Ability.ALT_TEXT,
            Ability.MENTIONS,
            Ability.POLL,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.SIGN_IN,
        }
    ),
    tested_against=(
        TestedAgainst("sdk", "Mastodon.py 2.3.3", "tesselle/networks/mastodon/tests/test_sdk.py"),
        TestedAgainst("sdk", "mastodon_mock 0.6.1", "tests/real/test_mastodon.py"),
        TestedAgainst(
            "sdk",
            "Mastodon.py 2.3.3: 2,000 drawn posts are counted as it counts",
            "tests/real/test_drawn_posts.py",
        ),
    ),
    sign_ins=(
        SignIn(
            slug="server",
            label=N_("Sign in on your server"),
            app="server",
            authorize="/oauth/authorize",
            token="/oauth/token",  # noqa: S106 - an address
            revoke="/oauth/revoke",
            scopes=("read:accounts", "read:statuses", "write:statuses", "write:media"),
            # Lets the person choose the account, whoever is signed in there.
            extra={"force_login": "true"},
            asks=(SERVER,),
        ),
    ),
    connect_fields=(
        SERVER,
        ConnectField(
            name="access_token",
            label=N_("Access token"),
            help=N_(
                "On your server open Preferences, then Development, then New application. Name it "
                "Tesselle, leave read and write ticked, and submit. Open the application: copy the line "
                "“Your access token”."
            ),
            kind="secret",
        ),
    ),
    options=OPTIONS,
    discussed=(Discussed.COMMENTS, Discussed.MESSAGES),
    # The network's own: 300 new statuses in 3 hours.
    budgets=(Budget(calls=280, seconds=10_800),),
    verify_after_s=1.0,
    verify_within_s=300.0,
    before_connecting=(
        N_("Mastodon is free, and nobody has to admit the application."),
        N_(
            "Mastodon tells no impressions, no reach and no clicks: you will see favourites, boosts and replies."
        ),
        N_("Some servers do not welcome companies: read the rules of yours first."),
    ),
    guide=(
        N_("Sign in to your server in a browser with the company’s account."),
        N_("Open Preferences, then Development, then New application."),
        N_("Name it Tesselle, keep the rights read and write, leave the rest as it is, and submit."),
        N_("Open the application again and copy “Your access token”. You can withdraw it there at any time."),
    ),
)
