"""The connector on its own mail server."""

import base64
from datetime import UTC, datetime

import pytest

from tesselle.connectors.http.exchange import Response
from tesselle.connectors.protocols import Account
from tesselle.connectors.tests.contract import content_for
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.domain.verdicts import (
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Later,
    ReconciliationKind,
    Refused,
)
from tesselle.networks.newsletter.connector import CONNECTOR

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def answered(code: int, phase: str = "", text: str = "said") -> Response:
    return Response(code, {"smtp-phase": phase} if phase else {}, text.encode())


async def identify(stage, **typed: str):
    answers = {**stage.opened.answers, **typed}
    return await CONNECTOR.identify(answers, stage.api(Account("", "", "", "")))


async def test_a_mail_lies_in_the_readers_mailbox(stage):
    remote = await stage.publish(content_for(stage, "Nouvelle collection"))

    (mail,) = await stage.public()
    assert (mail.text, mail.data["to"]) == ("Nouvelle collection", "ana@example.org")
    assert remote.id in mail.id


async def test_what_is_in_doubt_stays_in_doubt(stage):
    assert CONNECTOR.reconciliation("recipient", stage.account).kind is ReconciliationKind.NONE


@pytest.mark.parametrize(
    ("code", "phase", "kind", "only_this"),
    [
        (421, "connect", Later, False),
        (451, "sender", Later, False),
        (450, "recipient", Later, True),
        (421, "recipient", Later, False),
        (452, "done", Later, False),
        (454, "auth", Later, False),
        (550, "recipient", Refused, True),
        (552, "done", Refused, False),
        (554, "done", Refused, False),
        (554, "data", Refused, False),
    ],
)
def test_an_answer_means(code, phase, kind, only_this):
    verdict = CONNECTOR.judge(answered(code, phase), NOW)

    assert isinstance(verdict, kind) and verdict.only_this is only_this


@pytest.mark.parametrize(
    ("code", "phase", "reason"),
    [
        (535, "auth", BlockReason.SIGN_IN),
        (504, "auth", BlockReason.SIGN_IN),
        (530, "recipient", BlockReason.SIGN_IN),
        (553, "sender", BlockReason.ROLE),
        (523, "starttls", BlockReason.ROLE),
        (554, "connect", BlockReason.PENALTY),
    ],
)
def test_an_answer_that_stops_the_channel(code, phase, reason):
    verdict = CONNECTOR.judge(answered(code, phase), NOW)

    assert isinstance(verdict, Blocked) and verdict.reason is reason


@pytest.mark.parametrize(
    "response", [answered(200), answered(502), answered(250, "hello"), answered(354, "data")]
)
async def test_what_is_no_clear_answer_of_a_mail_server_proves_nothing(stage, response):
    call = await stage.prepared(stage.step(content_for(stage, "Bonjour")))

    assert isinstance(CONNECTOR.read(call, response, NOW), Doubtful)


async def test_only_the_yes_to_the_whole_mail_is_a_yes(stage):
    call = await stage.prepared(stage.step(content_for(stage, "Bonjour")))

    assert isinstance(CONNECTOR.read(call, answered(250, "done"), NOW), Accepted)


async def test_connecting_sends_no_mail(stage):
    identity = await identify(stage, name="Nouvelles de l’atelier")

    assert identity.display_name == "Nouvelles de l’atelier"
    assert identity.account.remote_id == f"{stage.account.handle}/nouvelles-de-l-atelier"
    assert await stage.network.truth() == []


async def test_the_list_stays_the_same_on_another_server(stage):
    first = await identify(stage)
    again = await identify(stage, sender=stage.opened.answers["sender"].upper())

    assert (first.account.remote_id, first.account.server) == (again.account.remote_id, again.account.server)


async def test_a_wrong_password_is_said_before_anything_is_kept(stage):
    with pytest.raises(BlockedError, match="user name or the password"):
        await identify(stage, password="wrong")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"name": " "}, "name"),
        ({"sender": "atelier"}, "sender"),
        ({"sender": "a b@example.org"}, "sender"),
        ({"sender": "x@y>\r\nRCPT TO:<z@example.org"}, "sender"),
        ({"smtp": ""}, "smtp"),
        ({"smtp": "smtp.example.org:port"}, "smtp"),
        ({"smtp": "ftp://example.org"}, "smtp"),
        ({"smtp": "smtp://me:secret@example.org"}, "smtp"),
    ],
)
async def test_what_cannot_be_right_is_said(stage, typed, reason):
    with pytest.raises(RejectedError) as told:
        await identify(stage, **typed)

    assert told.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("smtp.example.org", "smtp://smtp.example.org"),
        ("smtp.example.org:587", "smtp://smtp.example.org:587"),
        ("smtp.example.org:465", "smtps://smtp.example.org:465"),
        ("smtp-plain://mail.lan:25/", "smtp-plain://mail.lan:25"),
    ],
)
async def test_a_server_is_spoken_to_in_tls_unless_one_says_otherwise(stage, typed, address):
    seen = []

    class Nobody:
        async def exchange(self, request, gate=None):
            seen.append(request.url)
            from tesselle.connectors.http.exchange import Exchange

            return Exchange(False, cause="nobody there")

    stage.transport = Nobody()
    with pytest.raises(NotSentError):
        await identify(stage, smtp=typed)

    assert seen == [f"{address}/hello"]


async def test_the_password_shows_nowhere(stage):
    request = await stage.request_for(await stage.prepared(stage.step(content_for(stage, "Bonjour"))))
    password = stage.opened.answers["password"]

    assert password not in repr(request) + repr(stage.account) + request.body.decode()
    assert password in base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
