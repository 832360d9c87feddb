"""Facebook Pages. Profiles and groups cannot be posted to: the API for them is gone."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ExportFile,
    Format,
    Network,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.messages import N_
from tesselle.networks.facebook.limits import REEL, STORY
from tesselle.networks.facebook.options import OPTIONS
from tesselle.networks.facebook.wire import VERSION

SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "pages_manage_engagement",
    "pages_read_user_content",
    "read_insights",
)

NETWORK = Network(
    slug="facebook",
    name="Facebook",
    export=ExportFile(month_first=True),
    home="https://www.facebook.com",
    account_kinds=(
        AccountKind(
            "page",
            N_("Facebook Page"),
            formats=(
                Format("feed", N_("Post"), N_("On the Page and in the feed of those who follow it.")),
                Format(REEL, N_("Reel"), N_("One upright film of at most 90 seconds.")),
                Format(STORY, N_("Story"), N_("One picture or film without words, for 24 hours.")),
            ),
        ),
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
            Ability.ALT_TEXT,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.FIRST_COMMENT,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst("sdk", "facebook-business 26.0.3", "tesselle/networks/facebook/tests/test_sdk.py"),
        TestedAgainst(
            "schema",
            "the field lists of facebook-business 26.0.3",
            "tesselle/networks/facebook/tests/test_schema.py",
        ),
    ),
    sign_ins=(
        SignIn(
            slug="facebook",
            label=N_("Sign in with Facebook"),
            app="installation",
            authorize=f"https://www.facebook.com/{VERSION}/dialog/oauth",
            token=f"https://graph.facebook.com/{VERSION}/oauth/access_token",
            scopes=SCOPES,
            scope_separator=",",
            pkce="none",
            account_kinds=("page",),
            chooses=True,
            app_names=(N_("App ID"), N_("App secret")),
            app_steps=(
                N_(
                    "Open developers.facebook.com, then My Apps, then Create app, and choose the use "
                    "case for managing Pages."
                ),
                N_("Under Use cases, Customise, add the permissions that are listed here."),
                N_(
                    "Under Facebook Login, Settings, enter the redirect address shown here, letter by letter."
                ),
                N_("Under App settings, Basic, copy the app ID and the app secret."),
                N_(
                    "For Pages of people who have a role in the app that is all. For anyone else’s, Meta "
                    "wants a business verification and a review of the app; until then only those with a "
                    "role can connect."
                ),
            ),
        ),
    ),
    options=OPTIONS,
    # 30 reels a day is Facebook's own number; it counts no other posts. Kept below it.
    budgets=(Budget(calls=100, seconds=86_400),),
    verify_after_s=2.0,
    # A long film can be worked on for hours.
    verify_within_s=21_600.0,
    before_connecting=(
        N_("Only Pages: neither personal profiles nor groups can be posted to."),
        N_(
            "Whoever runs this installation registers an app with Meta first. For your own Pages that takes "
            "half an hour; for those of others Meta reviews the app, which takes weeks."
        ),
        N_(
            "You need a role on the Page that may publish. Facebook may ask for a confirmation of identity at any time."
        ),
        N_("Publishing costs nothing. At most 30 reels a day go out through the API."),
    ),
)
