"""LinkedIn: the pages of companies, and members."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ExportFile,
    Network,
    Retention,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.messages import N_
from tesselle.networks.linkedin.options import OPTIONS

DAYS = 60
"""A sign-in lasts so long; only approved partners are given something to renew it with."""

_AUTHORIZE = "https://www.linkedin.com/oauth/v2/authorization"
_TOKEN = "https://www.linkedin.com/oauth/v2/accessToken"  # noqa: S105 - an address
_REVOKE = "https://www.linkedin.com/oauth/v2/revoke"

_CREATE = N_("Open the LinkedIn developer portal and create an application; it has to name a company page.")
_VERIFY = N_("Under Settings, have an administrator of that page confirm that the application belongs to it.")
_REDIRECT = N_("Under Auth, add the address shown here to the redirect URLs. LinkedIn wants https.")
_COPY = N_("Copy the client ID and the primary client secret from the same place.")
_COMMUNITY = N_(
    "Under Products, ask for the Community Management API. The application may have no other product. LinkedIn "
    "wants a registered company, its e-mail address and what you need it for; the answer can take weeks."
)


def _way(slug: str, label: str, kind: str, scopes: tuple[str, ...], steps: tuple[str, ...]) -> SignIn:
    return SignIn(
        slug=slug,
        label=label,
        app="installation",
        authorize=_AUTHORIZE,
        token=_TOKEN,
        revoke=_REVOKE,
        scopes=scopes,
        pkce="none",
        account_kinds=(kind,),
        chooses=kind == "page",
        lasts_days=DAYS,
        app_steps=(_CREATE, _VERIFY, *steps, _REDIRECT, _COPY),
    )


NETWORK = Network(
    slug="linkedin",
    name="LinkedIn",
    export=ExportFile({"clicks": ("clicks", "clics", "clicks total")}, month_first=True),
    home="https://www.linkedin.com",
    account_kinds=(AccountKind("page", N_("LinkedIn page")), AccountKind("member", N_("LinkedIn member"))),
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
            Ability.ALT_TEXT,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.DOCUMENT,
            Ability.FIRST_COMMENT,
            Ability.POLL,
            Ability.LINK_CARD,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst("sdk", "linkedin-api-client 0.3.0", "tesselle/networks/linkedin/tests/test_sdk.py"),
        TestedAgainst(
            "sdk",
            "linkedin-api-client 0.3.0: document carousels as it writes them",
            "tesselle/networks/linkedin/tests/test_documents.py",
        ),
        TestedAgainst(
            "fixtures",
            "a request table of the documentation, November 2026",
            "tesselle/networks/linkedin/tests/test_request_table.py",
        ),
    ),
    sign_ins=(
        _way(
            "page",
            N_("Sign in for a company page"),
            "page",
            (
                "r_organization_social",
                "w_organization_social",
                "rw_organization_admin",
                "r_organization_social_feed",
                "w_organization_social_feed",
            ),
            (_COMMUNITY,),
        ),
        _way(
            "member",
            N_("Sign in as yourself"),
            "member",
            ("openid", "profile", "w_member_social"),
            (
                N_(
                    "Under Products, add “Share on LinkedIn” and “Sign In with LinkedIn using OpenID Connect”."
                ),
            ),
        ),
        _way(
            "member_figures",
            N_("Sign in as yourself, with figures"),
            "member",
            ("r_basicprofile", "w_member_social", "w_member_social_feed", "r_member_postAnalytics"),
            (_COMMUNITY,),
        ),
    ),
    options=OPTIONS,
    # LinkedIn's own: 150 requests a member and day, and a post takes several.
    budgets=(Budget(calls=40, seconds=86_400),),
    reads_back=False,
    verify_after_s=5.0,
    verify_within_s=1800.0,
    of_others=Retention(words_hours=48, profiles_hours=24),
    before_connecting=(
        N_("LinkedIn is free, but wants you to sign in again every 60 days. You are reminded a week ahead."),
        N_(
            "For a company page LinkedIn must first admit your application to its Community Management API, which "
            "can take weeks. Until it is reviewed, 500 calls a day are allowed for everybody together."
        ),
        N_(
            "What you post as yourself cannot be read back by anybody: you will see that LinkedIn took it, neither "
            "comments nor, without the Community Management API, figures. If an answer gets lost, you will be asked."
        ),
        N_("Figures of a page are shown to its administrators only."),
        N_(
            "LinkedIn lets comments of other members be kept for 48 hours and profiles for 24 at most. Tesselle keeps "
            "neither: comments are read anew each time, without names, which LinkedIn does not tell."
        ),
    ),
)
