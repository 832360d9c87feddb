"""What is said about a mail server's answer, against a real SMTP server on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tesselle.mail.sending import send_by
from tesselle.mail.services import Route


class Handler:
    """Takes what it gets, unless told to refuse the recipient or the message."""

    def __init__(self, recipient: str = "", message: str = "") -> None:
        self.taken: list[Envelope] = []
        self._recipient, self._message = recipient, message

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self._recipient or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return self._message or "250 taken"


@contextmanager
def mail_server(handler: Handler, *, password: str = "") -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, kind: str, data: object
    ) -> AuthResult:
        right = getattr(data, "password", b"") == password.encode()
        return AuthResult(success=right, handled=False)

    more: Any = {"authenticator": authenticate, "auth_require_tls": False} if password else {}
    controller = Controller(handler, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def route(port: int, **more: str) -> Route:
    given = {"security": "none", "username": "", "password": "", "from_address": "us@example.org", **more}
    return Route(host="127.0.0.1", port=port, **given)


def send(way: Route) -> str:
    return str(send_by(way, to="alice@example.org", subject="Hé", body="Grüezi\n", timeout_seconds=1) or "")


def test_a_server_that_takes_it_leaves_nothing_to_say():
    handler = Handler()

    with mail_server(handler, password="right") as port:
        said = send(route(port, username="us", password="right"))

    assert said == ""
    assert handler.taken[0].rcpt_tos == ["alice@example.org"]
    assert handler.taken[0].mail_from == "us@example.org"


def test_a_wrong_password_is_called_a_wrong_password():
    with mail_server(Handler(), password="right") as port:
        said = send(route(port, username="us", password="wrong"))

    assert "does not accept the user name or the password" in said
    assert "535" in said
    assert "wrong" not in said


def test_a_refused_recipient_is_named():
    with mail_server(Handler(recipient="550 no such mailbox")) as port:
        said = send(route(port))

    assert "not the recipient alice@example.org" in said
    assert "550 no such mailbox" in said


def test_a_refused_message_is_told_with_the_reason():
    with mail_server(Handler(message="554 looks like advertising")) as port:
        assert "554 looks like advertising" in send(route(port))


def test_a_port_where_nobody_listens_is_said_to_be_empty():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert "Nobody takes mail on 127.0.0.1" in send(route(port))


def test_a_server_that_never_answers_is_given_up():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        assert "did not answer on port" in send(route(silent.getsockname()[1]))


def test_a_server_that_hangs_up_is_told():
    with socket.socket() as rude:
        rude.bind(("127.0.0.1", 0))
        rude.listen()

        def hang_up() -> None:
            rude.accept()[0].close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        said = send(route(rude.getsockname()[1]))
        thread.join()

    assert "hung up" in said


@pytest.mark.parametrize(
    ("security", "words"), [("starttls", "does not offer"), ("tls", "The protected connection")]
)
def test_the_wrong_kind_of_security_is_told(security: str, words: str):
    with mail_server(Handler()) as port:
        assert words in send(route(port, security=security))


def test_an_unknown_name_is_told():
    way = Route("no-such-host.invalid", 587, "none", "", "", "us@example.org")

    assert "no server called no-such-host.invalid" in send(way)


def test_the_password_is_not_shown_when_a_route_is_printed():
    assert "secret" not in repr(route(25, username="us", password="secret"))
