"""YouTube: films and Shorts on a channel."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ExportFile, Network, TestedAgainst
from tesselle.connectors.dialects.google.sign_in import google_sign_in
from tesselle.domain.messages import N_
from tesselle.networks.youtube.limits import OWN_UNITS, STEP_UNITS
from tesselle.networks.youtube.options import OPTIONS

_SCOPE = "https://www.googleapis.com/auth/"
UPLOAD, READ = f"{_SCOPE}youtube.upload", f"{_SCOPE}youtube.readonly"
MANAGE, FIGURES = f"{_SCOPE}youtube.force-ssl", f"{_SCOPE}yt-analytics.readonly"
NEEDED = (UPLOAD, READ, MANAGE)
"""Without the fourth one, shares and saves stay untold."""

NETWORK = Network(
    slug="youtube",
    name="YouTube",
    export=ExportFile(
        {"video_views": ("views", "vues", "aufrufe"), "impressions": ("impressions",)}, month_first=True
    ),
    home="https://www.youtube.com",
    account_kinds=(AccountKind("channel", N_("YouTube channel")),),
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
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.FIRST_COMMENT,
            Ability.CHOICES,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst(
            "sdk", "google-api-python-client 2.202.0", "tesselle/networks/youtube/tests/test_sdk.py"
        ),
        TestedAgainst(
            "schema",
            "Google's discovery documents youtube v3 (4 November 2026) and youtubeAnalytics v2",
            "tesselle/networks/youtube/tests/test_discovery.py",
        ),
    ),
    sign_ins=(
        google_sign_in(
            N_("Sign in with Google"),
            (*NEEDED, FIGURES),
            (
                N_("Open console.cloud.google.com and create a project, or choose one."),
                N_("Under APIs and services, enable YouTube Data API v3 and YouTube Analytics API."),
                N_(
                    "Fill in the consent screen and set its publishing status to “In production”: while it is "
                    "“Testing”, every sign-in ends after 7 days."
                ),
                N_(
                    "Under Credentials, create an OAuth client of type “Web application”, and add the address "
                    "shown here to its authorised redirect URIs. Google wants https, or localhost."
                ),
                N_("Copy the client ID and the client secret."),
            ),
        ),
    ),
    options=OPTIONS,
    budgets=(Budget(calls=OWN_UNITS, seconds=86_400, scope="app", units=STEP_UNITS),),
    verify_after_s=5.0,
    verify_within_s=6 * 3_600.0,
    edits_title=True,
    before_connecting=(
        N_("YouTube is free, but takes films only: no text, picture or link by itself."),
        N_(
            "You need a project of your own with Google. Until Google has verified it, only people you name "
            "there as testers can sign in, and Google warns them of an unverified application."
        ),
        N_(
            "Google grants a project 10,000 units and 100 films a day, for all its channels together. A film "
            "takes 60 to 160 units, by whether it has a thumbnail and a playlist; more is granted after an audit."
        ),
        N_("For every film you say whether it is made for children. The law asks this of you, not of us."),
        N_(
            "A thumbnail of your own, and films of more than 15 minutes, ask for a channel verified by phone."
        ),
        N_("Shares and saves arrive two to three days late."),
    ),
)
