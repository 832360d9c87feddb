"""Requests to X's API, and its two vocabularies.

In August 2026 the official description renamed `tweet.fields` to `post.fields` and with it many
fields of the answers, while most of the documentation kept the old names. The old ones are asked
for; where a server no longer knows them, the new. Both are read everywhere.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api
from tesselle.domain.errors import RejectedError

API = "https://api.x.com"
OLD_FIELDS, NEW_FIELDS = "tweet.fields", "post.fields"
RENAMED = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "note_tweet": "note_post",
}
POST_FIELDS = (
    "created_at,entities,attachments,conversation_id,in_reply_to_user_id,referenced_tweets,note_tweet"
)


def base(account: Account) -> str:
    return account.server or API


def address(account: Account, path: str, params: Mapping[str, str] | None = None) -> str:
    return f"{base(account)}{path}{'?' + urlencode(params) if params else ''}"


def signed(session: Mapping[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.get('access_token', '')}"}


async def ask(
    api: Api, path: str, params: Mapping[str, str] | None = None, session: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a GET answers; `session`: other credentials than the saved ones. Raises ValueError when
    that is no JSON object: silence is not emptiness."""
    session = await api.session() if session is None else session
    try:
        return await _ask(api, path, params or {}, session)
    except RejectedError as error:
        if error.reason != "unknown_fields" or OLD_FIELDS not in (params or {}):
            raise
    return await _ask(api, path, _in_new_words(params or {}), session)


async def _ask(api: Api, path: str, params: Mapping[str, str], session: Mapping[str, str]) -> dict[str, Any]:
    request = Request("GET", address(api.account, path, params), signed(session))
    data = (await api.call(request)).json()
    if not isinstance(data, dict):
        raise ValueError(f"no object at {path}")
    return data


def _in_new_words(params: Mapping[str, str]) -> dict[str, str]:
    fields = ",".join(RENAMED.get(name, name) for name in params[OLD_FIELDS].split(","))
    return {**{name: value for name, value in params.items() if name != OLD_FIELDS}, NEW_FIELDS: fields}


def field(post: Mapping[str, Any], name: str) -> Any:
    """A field under its old name or its new one."""
    return post.get(name, post.get(RENAMED.get(name, name)))


def problem_names(answer: Mapping[str, Any]) -> set[str]:
    """The last parts of the problem types that stand beside (or instead of) data."""
    errors = answer.get("errors")
    problems = [answer, *(errors if isinstance(errors, list) else ())]
    return {str(one.get("type", "")).rpartition("/")[2] for one in problems if isinstance(one, dict)}
