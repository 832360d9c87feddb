"""The specification's reference library verifies what we send, and signs what our receiver takes."""

import base64
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.stage import START
from tesselle.domain.content import Content


@pytest.fixture
def now(stage):
    """The library reads the machine's own clock."""
    stage.clock.now = datetime.now(UTC)
    return stage.clock.now


async def sent(stage, content: Content) -> tuple[bytes, dict[str, str]]:
    """The body and the headers that go over the wire."""
    request: Request = await stage.request_for(await stage.prepared(stage.step(content)))
    assert isinstance(request.body, bytes)
    return request.body, dict(request.headers)


async def test_our_signature_is_verified(stage, now):
    content = Content(text="Café 🚀", title="« Grès »", link="https://x.example")

    body, headers = await sent(stage, content)
    event = Webhook(stage.account.credentials["secret"]).verify(body, headers)

    assert event["type"] == "post.published"
    assert event["data"]["text"] == "Café 🚀"
    assert event["data"]["id"] == headers["webhook-id"]


async def test_while_a_secret_is_replaced_both_receivers_verify_it(stage, now):
    new = "whsec_" + base64.b64encode(os.urandom(32)).decode()
    old = stage.account.credentials["secret"]
    stage.account = replace(
        stage.account, credentials={**stage.account.credentials, "secret": f"{new} {old}"}
    )

    body, headers = await sent(stage, Content(text="Bonjour"))

    for secret in (new, old):
        assert Webhook(secret).verify(body, headers)


async def test_another_secret_body_or_instant_is_not_verified(stage, now):
    body, headers = await sent(stage, Content(text="Bonjour"))
    secret = stage.account.credentials["secret"]
    other = "whsec_" + base64.b64encode(os.urandom(32)).decode()

    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"Bonjour", b"Bonsoir"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, {**headers, "webhook-timestamp": "1767225600"})


async def test_a_later_attempt_carries_a_timestamp_that_is_still_taken(stage):
    """The first try was an hour ago: the same id and bytes, signed anew."""
    stage.clock.now = datetime.now(UTC) - timedelta(hours=1)
    call = await stage.prepared(stage.step(Content(text="Bonjour")))
    first = await stage.request_for(call)
    stage.clock.now = datetime.now(UTC)

    again = await stage.request_for(call)

    assert (again.body, again.headers["webhook-id"]) == (first.body, first.headers["webhook-id"])
    assert again.headers["webhook-timestamp"] != first.headers["webhook-timestamp"]
    assert Webhook(stage.account.credentials["secret"]).verify(again.body, dict(again.headers))


async def test_what_the_library_signs_our_receiver_takes(stage):
    secret, body = (
        stage.opened.answers["secret"],
        json.dumps({"type": "post.published", "data": {"id": "1", "text": "À bientôt"}}),
    )
    signed = Webhook(secret).sign("msg_1", START, body)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(START.timestamp())),
        "webhook-signature": f"v1a,unknown {signed}",
    }

    exchange = await stage.transport.exchange(
        Request("POST", stage.opened.answers["address"], headers, body.encode())
    )

    assert exchange.response.ok
    assert [post.text for post in await stage.public()] == ["À bientôt"]
