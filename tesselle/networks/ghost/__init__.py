"""Ghost: the company's own magazine or blog, through an integration's admin key."""

from tesselle.connectors.card import Ability, AccountKind, Budget, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_
from tesselle.networks.ghost.options import OPTIONS

NETWORK = Network(
    slug="ghost",
    name="Ghost",
    home="https://ghost.org",
    account_kinds=(AccountKind("site", N_("Website or blog")),),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.CONNECT,
            Ability.HISTORY,
            Ability.EDIT,
            Ability.DELETE,
            Ability.ALT_TEXT,
            Ability.IMAGE,
        }
    ),
    tested_against=(TestedAgainst("real", "Ghost 6.65.0 on SQLite", "tests/real/test_ghost.py"),),
    connect_fields=(
        ConnectField(
            "server",
            N_("Address of the site"),
            N_("As you would type it in a browser, for instance https://journal.example."),
            kind="url",
            placeholder="https://journal.example",
        ),
        ConnectField(
            "key",
            N_("Admin API key"),
            N_(
                "In the site’s settings, Integrations, Add custom integration: the longer of the two keys, "
                "with a colon in it. It may change everything on the site: keep it to yourself."
            ),
            kind="secret",
            placeholder="6489...:b7a1...",
        ),
    ),
    options=OPTIONS,
    budgets=(Budget(calls=30, seconds=60),),
    verify_after_s=1.0,
    verify_within_s=600.0,
    edits_title=True,
    before_connecting=(
        N_("Free on a server of your own. On Ghost(Pro) custom integrations are not part of every plan."),
        N_("You need to be the owner or an administrator of the site to make an integration."),
        N_(
            "Posts are published on the site and not sent to members as a newsletter. Comments stay on the "
            "site: Ghost does not open them to integrations."
        ),
    ),
    guide=(
        N_("Sign in to your site’s administration (its address followed by /ghost)."),
        N_("Open Settings, Integrations, Add custom integration, and name it Tesselle."),
        N_("Copy the Admin API key and paste it here with the address of the site."),
        N_("To withdraw it, delete the integration or have its key made anew in the same place."),
    ),
)
