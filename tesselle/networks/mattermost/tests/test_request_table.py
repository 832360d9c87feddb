"""Requests and answers of the server, by its source; the sandbox and the connector are held to them.

Written from `channels/web/webhook.go`, `channels/app/webhook.go` and `public/model/post.go` of
mattermost/mattermost, and checked against them on 2026-11-25; the fields of a message and of its attachments, and
the order of what is looked at, once more on 2026-11-26, by the names that `public/model/incoming_webhook.go` and
`message_attachment.go` give in JSON. What speaks to this network from outside: `tests/real/test_mattermost.py`.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tesselle.connectors.http.exchange import Request, Response, without_secrets
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Doubtful, Later
from tesselle.networks.mattermost.answers import judge
from tesselle.simulation.network import SimAccount

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TABLE = json.loads((Path(__file__).parent / "responses/table.json").read_text())
OLDER = json.loads((Path(__file__).parent / "responses/older.json").read_text())
FIELDS = {
    *("text", "username", "icon_url", "channel", "props", "attachments", "type", "icon_emoji", "priority"),
}
"""`IncomingWebhookRequest`."""
ATTACHMENT_FIELDS = {
    *(
        "id",
        "fallback",
        "color",
        "pretext",
        "author_name",
        "author_link",
        "author_icon",
        "title",
        "title_link",
    ),
    *("text", "fields", "image_url", "thumb_url", "footer", "footer_icon", "ts", "actions"),
}
"""`MessageAttachment`, called `SlackAttachment` until 2026."""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["case"])
async def test_the_sandbox_answers_as_the_server_does_and_we_understand_it(stage, row):
    address = stage.opened.answers["address"]
    if row.get("hook"):
        address = f"{address.rpartition('/')[0]}/{'z' * 26}"
    if row.get("flag"):
        stage.network.flags.add(row["flag"])
    if row.get("fact"):
        account = await stage.network.account(stage.opened.id)
        await stage.network.add_account(replace(account, facts={row["fact"]: True}))
    body = row.get("raw") or json.dumps(row["request"])

    exchange = await stage.transport.exchange(
        Request("POST", address, {"Content-Type": "application/json"}, body.encode())
    )

    answer = exchange.response
    assert answer.status == row["status"]
    if "id" in row:
        assert answer.mapping()["id"] == row["id"]
        assert set(answer.mapping()) == {"id", "message", "detailed_error", "request_id", "status_code"}
        assert type(judge(answer, NOW)).__name__ == row["verdict"]
    else:
        assert answer.body.decode() == row["body"]


@pytest.mark.parametrize("row", OLDER, ids=lambda row: f"{row['status']} {row['id']}")
def test_older_servers_name_their_reason(row):
    body = json.dumps({"id": row["id"], "message": "", "status_code": row["status"]})

    assert type(judge(Response(row["status"], {}, body.encode()), NOW)).__name__ == row["verdict"]


async def test_the_server_says_the_secret_in_its_refusal_and_evidence_does_not(stage):
    """Today's servers put the webhook's id, which is all one needs to post, into their sentence."""
    stage.network.flags.add("webhooks_disabled")
    exchange = await stage.exchange(await stage.prepared(stage.step(Content(text="Bonjour"))))
    secret = stage.opened.answers["address"].rpartition("/")[2]

    kept = without_secrets(exchange, stage.account.credentials.values())

    assert secret in exchange.response.body.decode()
    assert secret not in kept.response.body.decode()


async def test_our_requests_hold_nothing_that_the_server_does_not_know(stage):
    content = Content(text="a" * 16_383, link="https://carrelage.example")

    request = await stage.request_for(await stage.prepared(stage.step(content)))

    message = json.loads(request.body)
    assert request.method == "POST"
    assert request.headers["Content-Type"] == "application/json"
    assert set(message) <= FIELDS
    assert all(set(one) <= ATTACHMENT_FIELDS for one in message["attachments"])


async def test_what_is_longer_than_a_post_becomes_two(stage):
    address = stage.opened.answers["address"]

    await stage.transport.exchange(Request.json("POST", address, {"text": "a" * 16_384}))

    assert [len(post.text) for post in await stage.public()] == [16_383, 1]


@pytest.mark.parametrize("status", [404, 408, 500, 502, 501])
def test_what_did_not_come_from_the_server_is_doubtful(status):
    assert isinstance(judge(Response(status, {}, b"<html>a proxy</html>"), NOW), Doubtful)


def test_a_throttle_without_seconds_is_later_all_the_same():
    verdict = judge(Response(429, {}, b"limit exceeded"), NOW)

    assert isinstance(verdict, Later)
    assert verdict.until is None


async def test_a_message_goes_where_it_says_unless_its_webhook_is_locked(stage):
    """`HandleIncomingWebhook`: the channel is looked for first, then the lock is asked."""
    address, other = stage.opened.answers["address"], SimAccount("channel9", "chantiers", "Chantiers")
    await stage.network.add_account(other)
    said = Request.json("POST", address, {"text": "Bonjour", "channel": "chantiers"})

    free = await stage.transport.exchange(said)
    own = await stage.network.account(stage.opened.id)
    await stage.network.add_account(replace(own, facts={"locked": True}))
    locked = await stage.transport.exchange(said)

    assert [post.account_id for post in await stage.public()] == [other.id]
    assert (free.response.status, locked.response.status) == (200, 403)
