"""Building what goes out: a post, a part of a thread, an answer, a deletion."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.networks.x.options import MADE_WITH_AI, PAID, REPLIES, is_on
from tesselle.networks.x.texts import written
from tesselle.networks.x.uploads import Wait, still_there, upload_all
from tesselle.networks.x.wire import address, signed

PATH = "/2/tweets"


async def prepare(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    """Frozen: the body without its files, and the files by themselves, since X forgets unused ones."""
    if call.kind == "delete":
        return {}
    if "body" not in call.frozen:
        return {"body": _body(call), "files": await upload_all(call.media, api, wait)}
    if still_there(call.frozen["files"], api.now):
        return call.frozen
    return {**call.frozen, "files": await upload_all(call.media, api, wait)}


def _body(call: StepCall) -> dict[str, Any]:
    """X refuses keys it does not know, and "everyone" as who may reply: the usual is left out."""
    text, target = written(call), _answered(call)
    body: dict[str, Any] = {"text": text} if text else {}
    if target:
        body["reply"] = {"in_reply_to_tweet_id": target}
    if call.kind == "post":
        body |= _choices(call.content)
    return body


def _answered(call: StepCall) -> str:
    if call.kind == "answer" and call.position == 0:
        return call.target.id if call.target is not None else ""
    return call.earlier[-1].id if call.earlier else ""


def _choices(content: Content) -> dict[str, Any]:
    options, chosen = content.options, dict[str, Any]()
    if options.get(REPLIES, "everyone") not in {"", "everyone"}:
        chosen["reply_settings"] = options[REPLIES]
    if is_on(options.get(MADE_WITH_AI, "")):
        chosen["made_with_ai"] = True
    if is_on(options.get(PAID, "")):
        chosen["paid_partnership"] = True
    if content.poll is not None:
        minutes = content.poll.seconds // 60
        chosen["poll"] = {"options": list(content.poll.answers), "duration_minutes": minutes}
    return chosen


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    headers = signed(session)
    if call.kind == "delete" and call.target is not None:
        return Request("DELETE", address(call.account, f"{PATH}/{call.target.id}"), headers)
    body = dict(call.frozen["body"])
    if call.frozen["files"]:
        body["media"] = {"media_ids": [one["id"] for one in call.frozen["files"]]}
    return Request.json("POST", address(call.account, PATH), body, headers)


def remote(post_id: str, account: Account) -> Remote:
    """The address with the name reads better; it works with any name."""
    return Remote(post_id, f"https://x.com/{account.handle}/status/{post_id}")
