"""TikTok: films and photos, posted at once or left as drafts in the app."""

from datetime import date

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ExportFile,
    Format,
    Network,
    ProfileGrid,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.limits import Source
from tesselle.domain.messages import N_
from tesselle.networks.tiktok.identify import SCOPES
from tesselle.networks.tiktok.limits import PHOTOS
from tesselle.networks.tiktok.options import OPTIONS
from tesselle.networks.tiktok.wire import DIRECT, HOST, INBOX

FORMATS = (
    Format("video", N_("Film"), N_("One film of three seconds to ten minutes, with a caption.")),
    Format(PHOTOS, N_("Photos"), N_("One to 35 photos to swipe through, with a title and a description.")),
)
APP_NAMES = (N_("Client key"), N_("Client secret"))
REGISTER = N_("Sign in to developers.tiktok.com, and under Manage apps choose Connect an app.")
LOGIN_KIT = N_(
    "Add the products Login Kit and Content Posting API, and under Login Kit enter the redirect address shown "
    "here, letter by letter."
)
DOMAIN = N_(
    "For photos: under URL properties, verify the public address of this installation. TikTok fetches photos "
    "from verified addresses only."
)
COPY = N_("Copy the client key and the client secret from the app’s page.")


def _way(kind: str, label: str, *steps: str) -> SignIn:
    return SignIn(
        slug=kind,
        label=label,
        app="installation",
        authorize="https://www.tiktok.com/v2/auth/authorize/",
        token=f"{HOST}/v2/oauth/token/",
        revoke=f"{HOST}/v2/oauth/revoke/",
        scopes=SCOPES[kind],
        scope_separator=",",
        pkce="none",
        client_id_field="client_key",
        account_kinds=(kind,),
        app_names=APP_NAMES,
        app_steps=(REGISTER, LOGIN_KIT, *steps, DOMAIN, COPY),
    )


SHOWN = Source("what its application shows, as commonly known; no page says it", date(2026, 11, 25), False)
GRID = ProfileGrid(3, SHOWN)

NETWORK = Network(
    slug="tiktok",
    name="TikTok",
    export=ExportFile(
        {
            "video_views": ("views", "vues", "total views", "video views", "video vues"),
            "impressions": ("impressions",),
        }
    ),
    home="https://www.tiktok.com",
    account_kinds=(
        AccountKind(DIRECT, N_("TikTok account, posted to directly"), formats=FORMATS),
        AccountKind(INBOX, N_("TikTok account, drafts in the app"), formats=FORMATS),
    ),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.CONNECT,
            Ability.HISTORY,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.CHOICES,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst(
            "fixtures",
            "requests, answers and cuts of films by TikTok's pages, read 23 November 2026",
            "tesselle/networks/tiktok/tests/test_request_table.py",
        ),
    ),
    sign_ins=(
        _way(
            DIRECT,
            N_("Sign in with TikTok, to post directly"),
            N_(
                "Under Content Posting API, switch Direct Post on, and apply for the audit: until TikTok has "
                "granted it, only private accounts can be posted to."
            ),
        ),
        _way(INBOX, N_("Sign in with TikTok, for drafts in the app")),
    ),
    options=OPTIONS,
    # TikTok counts about 15 posts a day over all applications, and 6 beginnings a minute.
    grid=GRID,
    budgets=(Budget(calls=6, seconds=60), Budget(calls=15, seconds=86_400)),
    reads_back=False,
    verify_after_s=5.0,
    verify_within_s=86_400.0,
    before_connecting=(
        N_(
            "To post directly, TikTok has to audit your application first. Until then posts can be seen by their "
            "author alone, the account has to be private, and five accounts a day at most can post."
        ),
        N_(
            "Drafts need no audit: what you plan appears in the TikTok app’s inbox, and somebody finishes and posts "
            "it there. At most five drafts wait at a time; whether they were posted is not told."
        ),
        N_("About 15 posts a day are taken from one account, those by other applications included."),
        N_(
            "Photos are fetched by TikTok from this installation: its address must be reachable over https, and "
            "verified for the application. Films are sent from here."
        ),
        N_(
            "Comments cannot be read or answered from here, and a post can be neither changed nor deleted: that is "
            "done in the app. Figures are told of public posts only."
        ),
    ),
    fetches_media=frozenset({"image"}),
)
