"""WordPress: the company's own site or blog, over the REST interface that core brings along."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    ConnectField,
    Network,
    TestedAgainst,
)
from tesselle.domain.messages import N_
from tesselle.networks.wordpress.options import OPTIONS

NETWORK = Network(
    slug="wordpress",
    name="WordPress",
    home="https://wordpress.org",
    account_kinds=(AccountKind("site", N_("Website or blog")),),
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
            Ability.SELF_TEST,
        }
    ),
    tested_against=(TestedAgainst("real", "WordPress 6.1.9 with MariaDB", "tests/real/test_wordpress.py"),),
    connect_fields=(
        ConnectField(
            "server",
            N_("Address of the site"),
            N_("As you would type it in a browser, for instance https://www.tiles.example."),
            kind="url",
            placeholder="https://www.tiles.example",
        ),
        ConnectField(
            "username",
            N_("User name on the site"),
            N_("The name or e-mail address you sign in to the site with, not the one shown to readers."),
        ),
        ConnectField(
            "password",
            N_("Application password"),
            N_(
                "On the site: Users, Profile, at the bottom Application Passwords. Type a name, "
                "for instance Tesselle, click Add, and copy the 24 characters shown. "
                "It is not the password you sign in with."
            ),
            kind="secret",
            placeholder="abcd efgh ijkl mnop qrst uvwx",
        ),
    ),
    options=OPTIONS,
    budgets=(Budget(calls=30, seconds=60),),
    verify_after_s=1.0,
    verify_within_s=600.0,
    edits_title=True,
    before_connecting=(
        N_("The site must be reached by https; without it WordPress switches application passwords off."),
        N_("Best is a user of its own with the role Editor. Author is enough without following comments."),
        N_("Sites hosted on WordPress.com sign in differently and cannot be connected yet."),
    ),
    guide=(
        N_("Sign in to your site’s administration (its address followed by /wp-admin)."),
        N_("Open Users, then Profile, and scroll down to Application Passwords."),
        N_("Type Tesselle as the name and click Add New Application Password."),
        N_("Copy the password shown: it is shown only once. Paste it here with your user name."),
        N_("To withdraw it, click Revoke in the same place: nothing else is affected."),
    ),
)
