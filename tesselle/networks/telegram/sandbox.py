"""A make-believe Telegram: the Bot API over a simulated network.

An account of the simulation is a channel together with its one bot and, unless it was opened
without, a discussion group in which the bot is an administrator.
"""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import Operation, Sandbox, SandboxAccount
from tesselle.networks.telegram.sandbox_messages import Messages, Params, Upload
from tesselle.networks.telegram.sandbox_rules import RefusedError, bad
from tesselle.networks.telegram.sandbox_updates import Queue
from tesselle.networks.telegram.sandbox_words import Chats
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

HOST = "api.telegram.example"
_PATH = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)$")
_STRUCTURED = {"media", "message_ids", "allowed_updates", "reply_parameters", "link_preview_options"}
_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_post_messages"),
    "can_edit_messages",
)

Handler = Callable[[SimAccount, Params], Awaitable[Any]]


class TelegramApp:
    """Answers `/bot<token>/<method>`."""

    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self._chats = Chats(network)
        self._queue = Queue(network)
        messages = Messages(network)
        self._in_chats: dict[str, Handler] = {
            "getchat": self._get_chat,
            "getchatmember": self._get_chat_member,
            "getchatmembercount": self._count,
        }
        self._publishing: dict[str, Handler] = {
            "sendmessage": messages.send_message,
            "sendphoto": messages.send_photo,
            "sendvideo": messages.send_video,
            "sendmediagroup": messages.send_media_group,
            "editmessagetext": messages.edit_text,
            "editmessagecaption": messages.edit_caption,
            "deletemessage": messages.delete_message,
            "deletemessages": messages.delete_messages,
        }

    async def __call__(self, request: Request) -> Response:
        try:
            result = await self._answer(request)
        except RefusedError as refused:
            return refused.response()
        return JSONResponse({"ok": True, "result": result})

    async def _answer(self, request: Request) -> Any:
        token, method = request.path_params["token"], request.path_params["method"].lower()
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise RefusedError(404, "Not Found")
        params = await _params(request)
        accounts = await self._asked_about(params, token) or await self._network.accounts()
        bots = [account for account in accounts if account.secrets.get("token") == token]
        if not bots:
            raise RefusedError(401, "Unauthorized")
        if method == "getme":
            private = "privacy" in bots[0].facts.get("group_state", "")
            return {**self._chats.bot(bots[0]), "can_read_all_group_messages": not private}
        if method == "getupdates":
            return await self._queue.get(token, bots, params)
        if method in self._in_chats:
            return await self._in_chats[method](_chat(params, accounts), params)
        if method not in self._publishing:
            raise RefusedError(404, "Not Found: method not found")
        account = _chat(params, accounts)
        self._may(account, token, method)
        return await self._publishing[method](account, {**params, "chat_id": _id(params, account)})

    async def _asked_about(self, params: Params, token: str) -> list[SimAccount]:
        """The common case without looking through all chats: a bot speaks to its own, by number."""
        named = await self._network.account(str(params.get("chat_id", "")))
        return [named] if named is not None and named.secrets.get("token") == token else []

    def _may(self, account: SimAccount, token: str, method: str) -> None:
        if account.secrets.get("token") != token or account.facts.get("kicked"):
            raise RefusedError(403, "Forbidden: bot is not a member of the channel chat")
        if "can_post_messages" in account.facts.get("without", ()) and method.startswith("send"):
            raise bad("need administrator rights in the channel chat")

    async def _get_chat(self, account: SimAccount, params: Params) -> Any:
        chat = {**self._chats.channel(account), "accent_color_id": 0, "max_reaction_count": 11}
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
        chat["accepted_gift_types"] = dict.fromkeys((*gifts, "gifts_from_channels"), False)
        if account.facts.get("group"):
            chat["linked_chat_id"] = account.facts["group"]
        return chat

    async def _get_chat_member(self, account: SimAccount, params: Params) -> Any:
        user = self._chats.bot(account)
        if int(params.get("user_id") or 0) != user["id"]:
            raise bad("user not found")
        in_group = str(params.get("chat_id")) == str(account.facts.get("group"))
        state = account.facts.get("group_state", "admin") if in_group else "admin"
        if account.facts.get("kicked") or state == "absent":
            return {"user": user, "status": "left"}
        if state == "privacy":
            return {"user": user, "status": "member"}
        without = account.facts.get("without", ())
        rights = {right: right not in without for right in _RIGHTS}
        return {"user": user, "status": "administrator", **rights}

    async def _count(self, account: SimAccount, params: Params) -> Any:
        return account.followers


def _chat(params: Params, accounts: list[SimAccount]) -> SimAccount:
    """The account that a chat belongs to: named by its number, its group's, or its @name."""
    wanted = str(params.get("chat_id", ""))
    for account in accounts:
        username = f"@{account.facts.get('username')}".lower()
        if wanted in {account.id, str(account.facts.get("group"))} or wanted.lower() == username:
            return account
    raise bad("chat not found")


def _id(params: Params, account: SimAccount) -> int:
    wanted = str(params.get("chat_id"))
    return int(account.id if wanted.startswith("@") else wanted)


async def _params(request: Request) -> Params:
    """Query, JSON, form and multipart are all the same to Telegram; nested values are JSON."""
    params: Params = {name: _plain(name, value) for name, value in request.query_params.items()}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            return {**params, **(await request.json() or {})}
        except ValueError:
            raise bad("can't parse request JSON object") from None
    async with request.form() as form:
        for name, value in form.items():
            params[name] = (
                _plain(name, value)
                if isinstance(value, str)
                else Upload(await value.read(), value.content_type)
            )
    return params


def _plain(name: str, value: Any) -> Any:
    if name in _STRUCTURED and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None
    if name in {"disable_notification", "protect_content"}:
        return str(value).lower() in {"true", "1"}
    return value


def make_app(network: SimulatedNetwork) -> Starlette:
    app = TelegramApp(network)

    async def answer(request: Request) -> Response:
        return await app(request)

    return Starlette(routes=[Route("/bot{token}/{method}", answer, methods=["GET", "POST"])])


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    match effect:
        case Effect.THROTTLE:
            seconds = max(1, round(fault.seconds))
            text = f"Too Many Requests: retry after {seconds}"
            return RefusedError(429, text, retry_after=seconds).response()
        case Effect.EXPIRED:
            return RefusedError(401, "Unauthorized").response()
        case _:
            return bad("IMAGE_PROCESS_FAILED").response()


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    found = _PATH.search(request.url.path)
    account = await network.account_with("token", found["token"]) if found else None
    return account.id if account else ""


async def open_account(
    network: SimulatedNetwork,
    base: str,
    handle: str,
    display_name: str,
    *,
    discussion: bool = True,
    signs: bool = True,
    followers: int = 0,
) -> SandboxAccount:
    """A channel with its bot; `discussion` False: without a group, so that nothing can be read back;
    `signs` False: nobody can tell the bot's posts from those of a person."""
    number = await network.next_id("channels")
    token = f"{7_000_000_000 + number}:{'AA' + handle:x<35.35}"
    name = re.sub(r"\W", "_", handle)
    facts: dict[str, Any] = {"username": name, "signs": signs}
    if discussion:
        facts["group"] = -1_002_000_000_000 - number
    channel_id = str(-1_001_000_000_000 - number)
    secrets = {"token": re.sub(r"[^\w:-]", "_", token)}
    await network.add_account(
        SimAccount(channel_id, name, display_name, secrets=secrets, facts=facts, followers=followers)
    )
    answers = {"server": base, "token": secrets["token"], "channel": f"@{name}"}
    return SandboxAccount(channel_id, base, answers)


def _operation(name: str, methods: str) -> Operation:
    return Operation(name, "POST", re.compile(rf"/({methods})$", re.IGNORECASE))


SANDBOX = Sandbox(
    slug="telegram",
    host=HOST,
    operations=(
        _operation("create", "send(Message|Photo|Video|MediaGroup)"),
        _operation("edit", "editMessage(Text|Caption)"),
        _operation("delete", "deleteMessages?"),
        _operation("list", "getUpdates"),
        _operation("identify", "getMe|getChat|getChatMember"),
        _operation("figures", "getChatMemberCount"),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
    is_spoken_with=lambda account: bool(account.facts.get("group")),
)
