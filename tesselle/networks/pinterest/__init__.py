"""Pinterest: pins on a company's boards."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ConnectField,
    Network,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.messages import N_
from tesselle.networks.pinterest.options import OPTIONS

SCOPES = ("user_accounts:read", "boards:read", "boards:write", "pins:read", "pins:write")
"""To create a pin takes the last four together."""

NETWORK = Network(
    slug="pinterest",
    name="Pinterest",
    home="https://www.pinterest.com",
    account_kinds=(
        AccountKind("business", N_("Pinterest business account")),
        AccountKind("personal", N_("Pinterest personal account")),
    ),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.CONNECT,
            Ability.HISTORY,
            Ability.DELETE,
            Ability.ALT_TEXT,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.CHOICES,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst("sdk", "pinterest-api-sdk 0.2.7", "tests/real/test_pinterest.py"),
        TestedAgainst(
            "fixtures",
            "requests and answers by Pinterest's description of its API, 5.23.0",
            "tesselle/networks/pinterest/tests/test_request_table.py",
        ),
    ),
    sign_ins=(
        SignIn(
            slug="account",
            label=N_("Sign in with Pinterest"),
            app="installation",
            authorize="https://www.pinterest.com/oauth/",
            token="https://api.pinterest.com/v5/oauth/token",  # noqa: S106 - an address
            scopes=SCOPES,
            scope_separator=",",
            pkce="none",
            client_in="basic",
            app_steps=(
                N_("Sign in to developers.pinterest.com with the company’s business account."),
                N_(
                    "Under My apps, choose Connect app, and say what you will use it for; the answer takes days."
                ),
                N_("Open the app, and add the address shown here to its redirect links."),
                N_("Copy the app’s number and its secret key."),
                N_(
                    "Ask for standard access there as soon as you can: Pinterest wants a short film of how one "
                    "signs in and a pin is made."
                ),
            ),
            app_names=("App ID", "App secret key"),
        ),
    ),
    connect_fields=(
        ConnectField(
            name="access_token",
            label=N_("Access token"),
            help=N_(
                "On developers.pinterest.com, My apps, open your app and generate a token with the rights to "
                "read and write boards and pins. It ends soon: to keep a channel, sign in instead."
            ),
            kind="secret",
            placeholder="pina_...",
        ),
        ConnectField(
            name="server",
            label=N_("Other address of the API"),
            help=N_("Only while your app has trial access: https://api-sandbox.pinterest.com"),
            kind="url",
            required=False,
        ),
    ),
    options=OPTIONS,
    # Pinterest allows 100 calls a second with standard access and less per kind of call, unpublished.
    budgets=(Budget(calls=60, seconds=60),),
    verify_after_s=2.0,
    verify_within_s=900.0,
    before_connecting=(
        N_("Pinterest is free, but has to admit your app before anything appears in public."),
        N_(
            "An app begins with trial access. With it no pins can be created on Pinterest itself, only in its "
            "trial area, where nobody sees them; 1,000 calls a day are allowed there."
        ),
        N_("A pin needs a picture or a film, and a board that exists already."),
        N_("Pinterest does not open comments to applications: you will see how many there are."),
        N_("Figures arrive a day or two late, and only for pins created since March 2023."),
    ),
    guide=(
        N_("Sign in to developers.pinterest.com and open your app under My apps."),
        N_("Choose the trial area (sandbox) while your app has trial access."),
        N_(
            "Tick the rights to read your account and to read and write boards and pins, and generate the token."
        ),
        N_("Copy it at once: it is shown only here. It ends by itself after a while."),
    ),
)
