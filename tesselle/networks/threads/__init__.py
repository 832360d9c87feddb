"""Threads: posts, carousels and chains of posts of one profile."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ExportFile, Network, SignIn, TestedAgainst
from tesselle.domain.messages import N_
from tesselle.networks.threads.identify import SCOPES
from tesselle.networks.threads.options import OPTIONS
from tesselle.networks.threads.wire import HOST

NETWORK = Network(
    slug="threads",
    name="Threads",
    export=ExportFile(month_first=True),
    home="https://www.threads.com",
    account_kinds=(AccountKind("profile", N_("Threads profile")),),
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
        TestedAgainst("sdk", "threads-client 0.2.1 (one author’s, young)", "tests/real/test_threads.py"),
        TestedAgainst(
            "fixtures",
            "requests and answers of Meta's own collection (fbsamples/threads_api, 2 January 2026)",
            "tesselle/networks/threads/tests/test_request_table.py",
        ),
    ),
    sign_ins=(
        SignIn(
            slug="account",
            label=N_("Sign in with Threads"),
            app="installation",
            authorize="https://www.threads.com/oauth/authorize",
            token=f"{HOST}/oauth/access_token",
            scopes=SCOPES,
            scope_separator=",",
            pkce="none",
            app_names=(N_("Threads app ID"), N_("Threads app secret")),
            app_steps=(
                N_(
                    "Open developers.facebook.com, then My Apps, and create an app with the use case “Access "
                    "the Threads API”."
                ),
                N_("Add the permissions that are listed here."),
                N_("Under the use case’s settings, enter the redirect address shown here, letter by letter."),
                N_(
                    "Under App roles, add the profile as a Threads tester; it accepts in its own settings, "
                    "under Website permissions."
                ),
                N_(
                    "Copy the Threads app ID and its secret from the app’s basic settings: they are not the "
                    "Facebook pair."
                ),
            ),
        ),
    ),
    options=OPTIONS,
    # Posts, replies and deletions of the day are read from the account before each; this bounds the calls.
    budgets=(Budget(calls=250, seconds=86_400),),
    verify_after_s=2.0,
    verify_within_s=900.0,
    before_connecting=(
        N_(
            "Whoever runs this installation registers an app with Meta first. For profiles that are testers of "
            "it that is all; for others Meta reviews each permission and the company, which takes weeks."
        ),
        N_(
            "Threads fetches pictures and films from this installation itself: its address must be reachable "
            "from the internet over https."
        ),
        N_("A post cannot be changed once it is out; it can be deleted from here."),
        N_(
            "A sign-in that was not renewed for 60 days is over. It is renewed from here by itself, as long as "
            "the installation runs."
        ),
    ),
    fetches_media=frozenset({"image", "video"}),
)
