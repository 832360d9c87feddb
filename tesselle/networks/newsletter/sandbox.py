"""A make-believe mail server with mailboxes of its own.

In practice worlds, and for chaos, mail goes by HTTP to here, in the envelope that our SMTP transport is handed
(`connectors/smtp`); its answers are those of a mail server. What SMTP is like on the wire is tested against a
real mail server (`tests/test_real.py`).
"""

import base64
import hashlib
import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Mail

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import Operation, Sandbox, SandboxAccount
from tesselle.networks.newsletter import limits
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

HOST = "mail.example"
_NOBODY = "nobody."
_FULL = "full."
"""Addresses that begin so have no mailbox, or a full one."""
_PLAIN_MARK = "\n\n-- \n"


class RefusedError(Exception):
    def __init__(self, code: int, phase: str, why: str) -> None:
        super().__init__(why)
        self.response = said(code, phase, why)


def said(code: int, phase: str, why: str) -> Response:
    return PlainTextResponse(why, code, {"smtp-phase": phase})


class MailServer:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def hello(self, request: Request) -> Response:
        try:
            await self._signed_in(request)
        except RefusedError as refused:
            return refused.response
        return said(250, "sender", "ready")

    async def take(self, request: Request) -> Response:
        try:
            account = await self._signed_in(request)
            recipient = _recipient(request)
            await self._keep(account, recipient, await request.body())
        except RefusedError as refused:
            return refused.response
        return said(250, "done", "queued")

    async def _signed_in(self, request: Request) -> SimAccount:
        user, password = _credentials(request)
        account = await self._network.account(user)
        if account is None or account.secrets.get("password") != password:
            raise RefusedError(535, "auth", "5.7.8 authentication failed")
        if request.headers.get("mail-from") != account.facts["sender"]:
            raise RefusedError(553, "sender", "5.7.1 not your address")
        return account

    async def _keep(self, account: SimAccount, recipient: str, data: bytes) -> None:
        """Each mail taken is one more, whatever its Message-ID: a server need not drop repeats."""
        mail = message_from_bytes(data)
        _check(mail, recipient)
        text = _text(mail)
        subject = str(make_header(decode_header(mail["Subject"])))
        if len(subject) > limits.SUBJECT_SIGNS or len(text) > limits.TEXT_SIGNS or not text.strip():
            raise RefusedError(554, "done", "5.6.0 this server takes no such mail")
        number = await self._network.next_id("mails")
        post = self._network.new_post(
            f"{number}{mail['Message-ID']}",
            account.id,
            text,
            title=subject,
            data={"to": recipient, "unsubscribe": mail["List-Unsubscribe"], "raw": data.decode("ascii")},
        )
        await self._network.add_post(post)


def _credentials(request: Request) -> tuple[str, str]:
    signed = request.headers.get("authorization", "").removeprefix("Basic ")
    user, _, password = base64.b64decode(signed).decode().partition(":")
    return user, password


def _recipient(request: Request) -> str:
    recipient = request.headers.get("rcpt-to", "")
    if "@" not in recipient or recipient.startswith(_NOBODY):
        raise RefusedError(550, "recipient", "5.1.1 no such mailbox")
    if recipient.startswith(_FULL):
        raise RefusedError(452, "recipient", "4.2.2 mailbox full")
    return recipient


def _check(mail: Mail, recipient: str) -> None:
    """What large providers ask of lists, and what every mail must have."""
    for name in ("From", "To", "Date", "Message-ID", "Subject", "List-Unsubscribe"):
        if not mail[name]:
            raise RefusedError(554, "done", f"5.7.1 no {name}")
    if mail["To"] != recipient:
        raise RefusedError(554, "done", "5.7.1 To is somebody else")
    if mail["List-Unsubscribe"].startswith("<https:") and not mail["List-Unsubscribe-Post"]:
        raise RefusedError(554, "done", "5.7.1 no one-click unsubscription")


def _text(mail: Mail) -> str:
    """The plain part above its signature."""
    part = next((one for one in mail.walk() if one.get_content_type() == "text/plain"), None)
    data = part.get_payload(decode=True) if part is not None else b""
    assert isinstance(data, bytes)
    return data.decode("utf-8").replace("\r\n", "\n").rpartition(_PLAIN_MARK)[0]


def make_app(network: SimulatedNetwork) -> Starlette:
    server = MailServer(network)
    return Starlette(routes=[Route("/hello", server.hello), Route("/mail", server.take, methods=["POST"])])


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            return said(421, "connect", "4.7.0 too many connections")
        case Effect.EXPIRED:
            return said(535, "auth", "5.7.8 authentication failed")
        case _:
            return said(552, "done", "5.3.4 too large")


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    return _credentials(request)[0]


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, display_name: str
) -> SandboxAccount:
    """A mail account that may send as one address."""
    sender = f"{handle}@{HOST}"
    password = hashlib.sha256(f"newsletter/{handle}".encode()).hexdigest()[:24]
    await network.add_account(
        SimAccount(sender, handle, display_name, secrets={"password": password}, facts={"sender": sender})
    )
    answers = {"name": display_name, "sender": sender, "smtp": base, "user": sender, "password": password}
    return SandboxAccount(sender, base, answers)


SANDBOX = Sandbox(
    slug="newsletter",
    host=HOST,
    operations=(Operation("create", "POST", re.compile(r"/mail$")),),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
