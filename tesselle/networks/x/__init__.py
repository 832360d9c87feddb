"""X: billed call by call, counted by weight."""

from datetime import date
from decimal import Decimal

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    Cost,
    ExportFile,
    Network,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.limits import Source
from tesselle.domain.messages import N_
from tesselle.domain.steps import StepKind
from tesselle.networks.x.options import OPTIONS

PRICES = Source("docs.x.com: pricing (pay per use)", date(2026, 8, 22))
# An answer with an address is not listed by itself: taken to cost what a post with one costs.
ANSWER_WITH_LINK = Source("docs.x.com: pricing (pay per use)", date(2026, 8, 22), confirmed=False)
# A post and the user who wrote it; whether a user that comes along with a post is billed is not said.
COMMENT_READ = Source("docs.x.com: pricing (pay per use)", date(2026, 8, 22), confirmed=False)
COMMENT = Decimal("0.015")
DOLLAR = "USD"
PLAIN, WITH_LINK, SUMMONED, REMOVAL = Decimal("0.015"), Decimal("0.200"), Decimal("0.010"), Decimal("0.010")

NETWORK = Network(
    slug="x",
    name="X",
    export=ExportFile({"shares": ("reposts", "retweets", "republications")}, month_first=True),
    home="https://x.com",
    account_kinds=(
        AccountKind("standard", N_("X account")),
        AccountKind("premium", N_("X account with Premium")),
    ),
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
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.POLL,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst("sdk", "xdk 0.10.6, X's own", "tesselle/networks/x/tests/test_sdk.py"),
        TestedAgainst("schema", "the models of xdk 0.10.6", "tesselle/networks/x/tests/test_schema.py"),
        TestedAgainst(
            "sdk",
            "npm twitter-text 3.1.0: 2,000 drawn posts are counted as it counts",
            "tests/real/test_drawn_posts.py",
        ),
    ),
    sign_ins=(
        SignIn(
            slug="account",
            label=N_("Sign in on X"),
            app="installation",
            authorize="https://x.com/i/oauth2/authorize",
            token="https://api.x.com/2/oauth2/token",  # noqa: S106 - an address
            revoke="https://api.x.com/2/oauth2/revoke",
            scopes=("tweet.read", "tweet.write", "users.read", "media.write", "offline.access"),
            client_in="basic",
            app_steps=(
                N_(
                    "Open console.x.com with the account that is to pay, and create a project and an app in it."
                ),
                N_("Buy credits there: without them X answers every call with “payment required”."),
                N_(
                    "Under “User authentication settings” choose Read and write, and the type “Web App, "
                    "Automated App or Bot”."
                ),
                N_("Enter the callback address shown below, letter by letter, and save."),
                N_("Copy the OAuth 2.0 client ID and client secret: the secret is shown only once."),
            ),
            app_names=("OAuth 2.0 Client ID", "OAuth 2.0 Client Secret"),
        ),
    ),
    costs=(
        Cost(StepKind.POST, PLAIN, DOLLAR, PRICES),
        Cost(StepKind.POST, WITH_LINK, DOLLAR, PRICES, with_link=True),
        Cost(StepKind.PART, PLAIN, DOLLAR, PRICES),
        Cost(StepKind.PART, WITH_LINK, DOLLAR, PRICES, with_link=True),
        Cost(StepKind.ANSWER, SUMMONED, DOLLAR, PRICES),
        Cost(StepKind.ANSWER, WITH_LINK, DOLLAR, ANSWER_WITH_LINK, with_link=True),
        Cost(StepKind.DELETE, REMOVAL, DOLLAR, PRICES),
    ),
    bills_reading=True,
    comment_cost=Cost("reading", COMMENT, DOLLAR, COMMENT_READ),
    options=OPTIONS,
    # The network's own: 100 posts in 15 minutes.
    budgets=(Budget(calls=90, seconds=900),),
    verify_after_s=5.0,
    verify_within_s=600.0,
    before_connecting=(
        N_(
            "X bills every call. Whoever runs the installation buys credits beforehand on console.x.com; once "
            "they are used up, nothing goes out any more."
        ),
        N_(
            "An address in the text makes a post thirteen times as dear. In a thread each part is billed; an "
            "alternative text costs 0.005 USD."
        ),
        N_(
            "Reading is billed too: about 0.005 USD for each post that is read back, counted or listed (0.001 USD if "
            "the app belongs to the account itself)."
        ),
        N_(
            "X lets an app answer a comment only if its author has named your account or quoted one of its "
            "posts. All other comments can be read here, but are answered on X."
        ),
        N_(
            "Nobody is told of new comments unless you switch it on, on the channel’s page: each one that is read "
            "is billed, at the price shown there. X shows those of the last seven days only."
        ),
    ),
)
