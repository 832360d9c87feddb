"""Instagram's professional accounts, through a Facebook Page or directly. Personal accounts have no API."""

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
from tesselle.networks.instagram.identify import FACEBOOK_SCOPES, INSTAGRAM_SCOPES
from tesselle.networks.instagram.limits import REEL, STORY
from tesselle.networks.instagram.options import OPTIONS
from tesselle.networks.instagram.wire import (
    DIRECT,
    FACEBOOK_VERSION,
    FACEBOOK_WAY,
    INSTAGRAM_WAY,
    LINKED,
)

FORMATS = (
    Format("feed", N_("Post"), N_("A picture, a film, or an album of two to ten of both.")),
    Format(REEL, N_("Reel"), N_("One film of at most 15 minutes. A picture beside it becomes its cover.")),
    Format(STORY, N_("Story"), N_("One picture or film without words, for 24 hours.")),
)

SHOWN = Source("what its application shows, as commonly known; no page says it", date(2026, 11, 25), False)
GRID = ProfileGrid(3, SHOWN, without=(STORY,))

NETWORK = Network(
    slug="instagram",
    name="Instagram",
    export=ExportFile(month_first=True),
    home="https://www.instagram.com",
    account_kinds=(
        AccountKind(LINKED, N_("Instagram account linked to a Facebook Page"), formats=FORMATS),
        AccountKind(DIRECT, N_("Instagram account signed in directly"), formats=FORMATS),
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
            Ability.ALT_TEXT,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.FIRST_COMMENT,
            Ability.CHOICES,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst("sdk", "facebook-business 26.0.3", "tesselle/networks/instagram/tests/test_sdk.py"),
        TestedAgainst(
            "schema",
            "the field lists of facebook-business 26.0.3",
            "tesselle/networks/instagram/tests/test_schema.py",
        ),
    ),
    sign_ins=(
        SignIn(
            slug=FACEBOOK_WAY,
            label=N_("Sign in with Facebook, for an account linked to a Page"),
            app="installation",
            authorize=f"https://www.facebook.com/{FACEBOOK_VERSION}/dialog/oauth",
            token=f"https://graph.facebook.com/{FACEBOOK_VERSION}/oauth/access_token",
            scopes=FACEBOOK_SCOPES,
            scope_separator=",",
            pkce="none",
            account_kinds=(LINKED,),
            chooses=True,
            app_names=(N_("App ID"), N_("App secret")),
            app_steps=(
                N_(
                    "Open developers.facebook.com, then My Apps, and create an app with the use case for "
                    "managing messages and content on Instagram, with the setup “API with Facebook login”."
                ),
                N_("Add the permissions that are listed here."),
                N_(
                    "Under Facebook Login, Settings, enter the redirect address shown here, letter by letter."
                ),
                N_("Under App settings, Basic, copy the app ID and the app secret."),
            ),
        ),
        SignIn(
            slug=INSTAGRAM_WAY,
            label=N_("Sign in with Instagram, without a Page"),
            app="installation",
            authorize="https://www.instagram.com/oauth/authorize",
            token="https://api.instagram.com/oauth/access_token",  # noqa: S106 - an address
            scopes=INSTAGRAM_SCOPES,
            scope_separator=",",
            pkce="none",
            account_kinds=(DIRECT,),
            app_names=(N_("Instagram app ID"), N_("Instagram app secret")),
            app_steps=(
                N_(
                    "Open developers.facebook.com, then My Apps, and create an app with the use case for "
                    "managing messages and content on Instagram, with the setup “API with Instagram login”."
                ),
                N_("Add the permissions that are listed here."),
                N_(
                    "Under API setup with Instagram login, Business login settings, enter the redirect "
                    "address shown here. Plain http://localhost is refused there."
                ),
                N_(
                    "Copy the Instagram app ID and its secret from that page: they are not the Facebook pair."
                ),
            ),
        ),
    ),
    options=OPTIONS,
    # The number of posts a day is read from the account before each one; this only bounds the calls.
    grid=GRID,
    budgets=(Budget(calls=100, seconds=86_400),),
    verify_after_s=2.0,
    verify_within_s=900.0,
    fetches_media=frozenset({"image", "video"}),
    before_connecting=(
        N_("Only business and creator accounts: personal ones have had no access since December 2024."),
        N_(
            "Instagram fetches pictures and films from this installation itself: its address must be "
            "reachable from the internet over https."
        ),
        N_(
            "Signed in with Facebook, posts can be deleted from here; signed in with Instagram itself they "
            "cannot. A caption can be changed by neither way."
        ),
        N_(
            "Whoever runs this installation registers an app with Meta first. For accounts of people who have a "
            "role in it that is all; for those of others Meta reviews the app, which takes weeks."
        ),
    ),
)
