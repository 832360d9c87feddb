"""Reddit: posts in communities, or on one's own profile."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    Format,
    Network,
    Retention,
    SignIn,
    TestedAgainst,
)
from tesselle.domain.messages import N_
from tesselle.networks.reddit.options import OPTIONS, VIDEO

SCOPES = ("identity", "read", "submit", "edit", "flair", "history", "mysubreddits")

NETWORK = Network(
    slug="reddit",
    name="Reddit",
    home="https://www.reddit.com",
    account_kinds=(
        AccountKind(
            "person",
            N_("Reddit account"),
            formats=(
                Format("post", N_("Text, link or pictures")),
                Format(VIDEO, N_("Film"), N_("A picture beside the film becomes its cover.")),
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
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.FIRST_COMMENT,
            Ability.CHOICES,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    # Not Reddit's own, which there is none of: the best-kept client of others.
    tested_against=(TestedAgainst("sdk", "praw 8.0.3", "tests/real/test_reddit.py"),),
    sign_ins=(
        SignIn(
            slug="account",
            label=N_("Sign in with Reddit"),
            app="installation",
            authorize="https://www.reddit.com/api/v1/authorize",
            token="https://www.reddit.com/api/v1/access_token",  # noqa: S106 - an address
            revoke="https://www.reddit.com/api/v1/revoke_token",
            scopes=SCOPES,
            extra={"duration": "permanent"},
            pkce="none",
            client_in="basic",
            app_steps=(
                N_(
                    "Ask Reddit for access with its request form (Responsible Builder Policy), and say that you "
                    "publish your own company’s posts. Go on only once Reddit has said yes."
                ),
                N_("Sign in to reddit.com with the company’s account and open /prefs/apps."),
                N_("Create an app of the kind “web app”, with the address shown here as its redirect uri."),
                N_("Copy the app’s number, below its name, and its secret."),
            ),
            app_names=("Client ID", "Secret"),
        ),
    ),
    options=OPTIONS,
    # 100 calls a minute and client, averaged over ten minutes; new accounts post far less often.
    budgets=(Budget(calls=6, seconds=60),),
    verify_after_s=2.0,
    verify_within_s=1_800.0,
    shipped_off=(
        N_(
            "Reddit is closed to new applications: since 11 November 2025 nobody can simply make one. Access "
            "has to be asked for, many requests stay without an answer, and commercial use takes a contract."
        ),
        N_(
            "Switch it on only if Reddit has approved an application of yours, or you have one from before. In "
            "practice workspaces it can be tried at any time."
        ),
    ),
    before_connecting=(
        N_("Reddit has to have approved your application: without that no account can be connected."),
        N_("A post needs a title and one community, whose own rules and moderators decide what stays."),
        N_("A title can never be changed, and only the words of text posts can."),
        N_("New accounts may post only every few minutes, and many communities want age or karma."),
        N_("Reddit tells no views: only votes, comments and crossposts."),
    ),
    # What is deleted there has to be deleted here within two days: what is not read again is let go.
    of_others=Retention(words_hours=48, profiles_hours=48),
)
