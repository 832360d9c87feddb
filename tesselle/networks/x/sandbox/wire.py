"""How X is asked and answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.simulation.network import SimAccount, SimulatedNetwork

PROBLEMS = "https://api.x.com/2/problems/"
NEW_NAMES = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "retweet_count": "repost_count",
    "tweet_count": "post_count",
}


def problem(status: int, title: str, detail: str, name: str = "", **more: Any) -> dict[str, Any]:
    kind = f"{PROBLEMS}{name}" if name else "about:blank"
    return {"title": title, "detail": detail, "type": kind, "status": status, **more}


class Refusal(Exception):  # noqa: N818 - an answer, no mistake
    """Ends a request with a problem."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem


def refusal(status: int, title: str, detail: str, name: str = "", **more: Any) -> Refusal:
    return Refusal(problem(status, title, detail, name, **more))


def invalid(message: str, **parameters: Any) -> Refusal:
    """X's "invalid request": what is wrong with which parameter."""
    errors = [{"message": message, "parameters": {name: [str(value)] for name, value in parameters.items()}}]
    return refusal(
        400,
        "Invalid Request",
        "One or more parameters to your request was invalid.",
        "invalid-request",
        errors=errors,
    )


def forbidden(detail: str) -> Refusal:
    return refusal(403, "Forbidden", detail)


async def answer_refusal(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return JSONResponse(error.problem, error.problem["status"])


def not_found(value: str) -> dict[str, Any]:
    """Stands beside data, or instead of it, in an answer of 200."""
    return {
        "value": value,
        "detail": f"Could not find tweet with id: [{value}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "id",
        "resource_id": value,
        "type": f"{PROBLEMS}resource-not-found",
    }


@dataclass(frozen=True, slots=True)
class Caller:
    account: SimAccount
    scopes: frozenset[str]


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


async def caller(request: Request, network: SimulatedNetwork, *needed: str) -> Caller:
    """Who asks; refused as X refuses a dead token or a right that was not given."""
    kept = await network.kept("tokens", bearer(request))
    if kept is None or _is_over(kept, network.clock()):
        raise refusal(401, "Unauthorized", "Unauthorized")
    account = await network.account(kept["account"])
    if account is None:
        raise refusal(401, "Unauthorized", "Unauthorized")
    scopes = frozenset(str(kept["scopes"]).split())
    if not set(needed) <= scopes:
        raise forbidden("Forbidden")
    return Caller(account, scopes)


def _is_over(kept: dict[str, Any], now: datetime) -> bool:
    until = kept.get("expires_at")
    return bool(until) and datetime.fromisoformat(str(until)) <= now


async def body(request: Request) -> dict[str, Any]:
    try:
        data = await request.json()
    except ValueError:
        raise invalid("Request body is not valid JSON") from None
    if not isinstance(data, dict):
        raise invalid("Request body must be an object")
    return data


class Fields:
    """Which fields were asked for, in which of the two vocabularies."""

    def __init__(self, request: Request, network: SimulatedNetwork) -> None:
        query = request.query_params
        self.are_new = "post.fields" in query
        if "tweet.fields" in query and "new_names_only" in network.flags:
            raise invalid("The query parameter [tweet.fields] is not one of [ids,post.fields]")
        told = query.get("post.fields") or query.get("tweet.fields") or ""
        self.wanted = {"id", "text", "edit_history_tweet_ids", *told.split(",")}

    def chosen(self, data: dict[str, Any]) -> dict[str, Any]:
        """Only what was asked for and is there, under the names of the asker's vocabulary."""
        wanted = {
            name: value
            for name, value in data.items()
            if value not in (None, [], {}) and {name, NEW_NAMES.get(name, name)} & self.wanted
        }
        return self.named(wanted)

    def named(self, data: dict[str, Any]) -> dict[str, Any]:
        if not self.are_new:
            return data
        return {
            NEW_NAMES.get(name, name): self.named(value) if isinstance(value, dict) else value
            for name, value in data.items()
        }
