"""The connector and our SMTP against a mail server that we did not write, over real sockets."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.http.exchange import GateClosedError
from tesselle.connectors.http.guarded import Guard
from tesselle.connectors.protocols import Account, Addressee, StepCall
from tesselle.connectors.smtp.transport import SmtpTransport
from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.verdicts import Accepted, Blocked, Later, Refused
from tesselle.networks.newsletter.connector import CONNECTOR
from tesselle.networks.newsletter.tests.mailbox import Mailbox, mail_server

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HELLO = Content(text="Bonjour")
HERE = Guard(["127.0.0.0/8", "::1", "localhost"])


class Readers:
    async def addressee(self, recipient: str) -> Addressee:
        return Addressee(recipient, "", "Carreaux", "fr", "https://t.example/unsubscribe/x/")


class Desk:
    """Sends mails by one transport to one server, as the ledger would: prepare, request, exchange, read."""

    def __init__(self, port: int, *, scheme: str = "smtp-plain", user: str = "", context=None) -> None:
        self.transport = SmtpTransport(HERE, context=context)
        self.account = Account(
            "list",
            "atelier@example.org/carreaux",
            "atelier@example.org",
            "",
            {
                "sender": "atelier@example.org",
                "domain": "example.org",
                "list_id": "carreaux",
                "list_name": "Carreaux",
            },
            {"smtp": f"{scheme}://localhost:{port}", "user": user, "password": "right"},
        )
        self.api = NetworkApi(
            connector=CONNECTOR,
            account=self.account,
            transport=self.transport,
            now=NOW,
            session=MemorySession({}),
            addressees=Readers(),
        )

    async def exchange(self, address: str, content: Content = HELLO, gate=None, seconds=10.0):
        content = replace(content, recipients=(address,))
        call = StepCall(self.account, "recipient", 0, content, f"k{abs(hash(address))}", NOW)
        call = replace(call, frozen=await CONNECTOR.prepare(call, self.api))
        request = CONNECTOR.request(call, {}).with_deadline(seconds)
        exchange = await self.transport.exchange(request, gate)
        verdict = CONNECTOR.read(call, exchange.response, NOW) if exchange.response else None
        return exchange, verdict


@asynccontextmanager
async def desk_at(mailbox: Mailbox, **options):
    kind = {key: options.pop(key) for key in ("scheme", "user", "context") if key in options}
    async with mail_server(mailbox, **options) as port:
        desk = Desk(port, **kind)
        try:
            yield desk
        finally:
            await desk.transport.close()


async def test_a_mail_arrives_whole():
    mailbox = Mailbox()
    text = "Grès 👍🏽\n.une ligne qui commence par un point\n..\n.\nfin"
    async with desk_at(mailbox) as desk:
        _, verdict = await desk.exchange("ana@example.net", Content(text=text, title="Élégance"))

    assert isinstance(verdict, Accepted)
    mail = message_from_bytes(mailbox.mails[0][1], policy=policy.default)
    assert mail["Subject"] == "Élégance"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n").startswith(text)


@pytest.mark.parametrize(
    ("mood", "kind", "only_this"),
    [
        ("rcpt 450 4.2.1 greylisted", Later, True),
        ("rcpt 550 5.1.1 no such mailbox", Refused, True),
        ("data 451 4.3.0 try again", Later, False),
        ("data 554 5.7.1 spam", Refused, False),
        ("data 552 5.3.4 too large", Refused, False),
    ],
)
async def test_an_answer_is_sure_and_the_next_recipient_gets_theirs(mood, kind, only_this):
    mailbox = Mailbox({"ana@example.net": mood})
    async with desk_at(mailbox) as desk:
        _, verdict = await desk.exchange("ana@example.net")
        _, after = await desk.exchange("ben@example.net")

    assert isinstance(verdict, kind) and verdict.only_this is only_this
    assert isinstance(after, Accepted) and mailbox.addresses() == ["ben@example.net"]


async def test_a_cut_before_the_final_dot_is_not_sent():
    mailbox = Mailbox({"ana@example.net": "cut before"})
    async with desk_at(mailbox) as desk:
        long = Content(text="une ligne assez longue pour remplir les tampons\n" * 400)
        exchange, _ = await desk.exchange("ana@example.net", long)

    # The server may have gone after the dot was handed to the socket: then it counts as written, on the safe side.
    assert exchange.response is None and mailbox.mails == []


async def test_a_server_that_is_gone_when_the_dot_is_due_was_not_sent_anything(monkeypatch):
    """The cut is seen before the dot: surely not sent."""
    from tesselle.connectors.smtp.line import HungUpError, Line

    async def broken(self, mail):
        self.drop()
        raise HungUpError("gone")

    monkeypatch.setattr(Line, "words", broken)
    mailbox = Mailbox()
    async with desk_at(mailbox) as desk:
        exchange, _ = await desk.exchange("ana@example.net")

    assert exchange.response is None and not exchange.written and mailbox.mails == []


@pytest.mark.parametrize("mood", ["cut after", "garbage", "silence"])
async def test_no_clear_answer_after_the_final_dot_is_doubt(mood):
    mailbox = Mailbox({"ana@example.net": mood})
    async with desk_at(mailbox) as desk:
        exchange, _ = await desk.exchange("ana@example.net", seconds=2.0)

    assert exchange.response is None and exchange.written
    assert mailbox.addresses() == ["ana@example.net"]


async def test_a_closed_gate_leaves_the_server_with_half_a_mail_that_it_drops():
    def closed() -> None:
        raise GateClosedError("the deadline passed")

    mailbox = Mailbox()
    async with desk_at(mailbox) as desk:
        exchange, _ = await desk.exchange("ana@example.net", gate=closed)
        await desk.exchange("ben@example.net")

    assert not exchange.written and mailbox.addresses() == ["ben@example.net"]


async def test_nobody_there_is_not_sent():
    desk = Desk(1)

    exchange, _ = await desk.exchange("ana@example.net")

    assert exchange.response is None and not exchange.written


async def test_one_line_carries_many_mails_and_a_dead_one_is_replaced():
    mailbox = Mailbox()
    async with desk_at(mailbox) as desk:
        for number in range(5):
            await desk.exchange(f"reader{number}@example.net")
        assert mailbox.lines == 1
        for lines in desk.transport._idle.values():
            lines[0]._writer.transport.abort()
        _, verdict = await desk.exchange("late@example.net")

    assert isinstance(verdict, Accepted) and mailbox.lines == 2
    assert len(mailbox.mails) == 6


async def test_a_server_in_a_private_network_is_not_spoken_to():
    async with mail_server(Mailbox()) as port:
        desk = Desk(port)
        desk.transport = SmtpTransport(Guard())
        exchange, _ = await desk.exchange("ana@example.net")

    assert not exchange.written and "private network" in exchange.cause


# --- protection and signing in -------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """For localhost, trusted by nobody but these tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


async def test_it_signs_in_over_starttls(certificate):
    server, client = certificate
    mailbox = Mailbox()
    options = {"tls_context": server, "authenticator": mailbox.authenticate, "auth_required": True}
    async with desk_at(mailbox, scheme="smtp", user="atelier", context=client, **options) as desk:
        _, verdict = await desk.exchange("ana@example.net")

    assert isinstance(verdict, Accepted)


async def test_a_wrong_password_blocks_and_sends_nothing(certificate):
    server, client = certificate
    mailbox = Mailbox(password="other")
    options = {"tls_context": server, "authenticator": mailbox.authenticate, "auth_required": True}
    async with desk_at(mailbox, scheme="smtp", user="atelier", context=client, **options) as desk:
        _, verdict = await desk.exchange("ana@example.net")

    assert isinstance(verdict, Blocked) and verdict.reason == "sign_in" and mailbox.mails == []


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(certificate):
    server, _ = certificate
    mailbox = Mailbox()
    async with desk_at(mailbox, scheme="smtp", tls_context=server) as desk:
        exchange, _ = await desk.exchange("ana@example.net")

    assert not exchange.written and mailbox.mails == []


async def test_without_starttls_no_password_and_no_mail_is_given_away():
    mailbox = Mailbox()
    async with desk_at(mailbox, scheme="smtp", user="atelier") as desk:
        _, verdict = await desk.exchange("ana@example.net")

    assert isinstance(verdict, Blocked) and mailbox.mails == []


# --- connecting ------------------------------------------------------------------------------------


async def test_connecting_asks_and_sends_nothing():
    mailbox = Mailbox()
    async with desk_at(mailbox) as desk:
        answers = {
            "name": "Carreaux",
            "sender": "atelier@example.org",
            "smtp": desk.account.credentials["smtp"],
        }
        identity = await CONNECTOR.identify(answers, desk.api)
        with pytest.raises(BlockedError, match="from this address"):
            await CONNECTOR.identify({**answers, "sender": "stranger@example.org"}, desk.api)

    assert identity.account.handle == "atelier@example.org" and mailbox.mails == []


async def test_a_server_that_is_not_there_is_said():
    desk = Desk(1)
    answers = {"name": "Carreaux", "sender": "atelier@example.org", "smtp": "smtp-plain://localhost:1"}

    with pytest.raises(NotSentError):
        await CONNECTOR.identify(answers, desk.api)


async def test_two_at_once_have_a_line_each():
    mailbox = Mailbox()
    async with desk_at(mailbox) as desk:
        told = await asyncio.gather(*(desk.exchange(f"reader{number}@example.net") for number in range(4)))

    assert all(isinstance(verdict, Accepted) for _, verdict in told)
    assert sorted(mailbox.addresses()) == [f"reader{number}@example.net" for number in range(4)]
