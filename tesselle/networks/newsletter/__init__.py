"""A newsletter by e-mail: each post goes to everybody on a list that is kept here, through one's own mail server."""

from tesselle.connectors.card import Ability, AccountKind, ConnectField, Network, TestedAgainst
from tesselle.domain.messages import N_

NETWORK = Network(
    slug="newsletter",
    name="Newsletter",
    medium="email",
    home="https://www.rfc-editor.org/rfc/rfc5321",
    account_kinds=(AccountKind("list", N_("Mailing list")),),
    abilities=frozenset({Ability.PUBLISH, Ability.CONNECT, Ability.SUBSCRIBERS, Ability.SELF_TEST}),
    tested_against=(
        TestedAgainst(
            "real",
            "aiosmtpd 1.4 (a mail server, over loopback)",
            "tesselle/networks/newsletter/tests/test_real.py",
        ),
    ),
    connect_fields=(
        ConnectField(
            "name",
            N_("Name of the list"),
            N_("What people subscribe to, for instance “News from the workshop”. It stands in every mail."),
            placeholder="Nouvelles de l’atelier",
        ),
        ConnectField(
            "sender",
            N_("Sender’s address"),
            N_("The mails come from here, and answers arrive here. The mail server must let you use it."),
            placeholder="nouvelles@example.com",
        ),
        ConnectField(
            "smtp",
            N_("Mail server"),
            N_(
                "Its name, with the port if your provider says one: smtp.example.com, smtp.example.com:465. The "
                "connection is always protected (TLS)."
            ),
            placeholder="smtp.example.com",
        ),
        ConnectField(
            "user",
            N_("User name"),
            N_("Often the whole e-mail address. Leave it empty if the server asks for none."),
            required=False,
        ),
        ConnectField(
            "password",
            N_("Password"),
            N_("Many providers want a password made for applications."),
            kind="secret",
            required=False,
        ),
    ),
    reads_back=False,
    before_connecting=(
        N_(
            "Each subscriber gets a mail of their own. Your provider counts them: ask how many a day you may send "
            "before you write to a long list."
        ),
        N_(
            "When the answer to a mail gets lost, nobody can tell whether it arrived. That recipient is not written "
            "to again; the others get theirs, and you are asked about the one."
        ),
        N_(
            "Whether a mail is opened is not measured: that would take a hidden picture in it, without asking your "
            "readers. Mails that were sent cannot be changed or taken back."
        ),
    ),
    guide=(
        N_(
            "Take the name of the mail server for sending (SMTP), the user name and the password from your provider."
        ),
        N_(
            "Have SPF, DKIM and DMARC set up for the sender’s domain; your provider says how. Without them large "
            "providers put mails into the spam folder, or refuse them."
        ),
        N_(
            "Connect, then open Subscribers: add or import people who said yes, or open the subscription form. "
            "Connecting sends no mail."
        ),
    ),
)
