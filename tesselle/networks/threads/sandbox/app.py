"""The make-believe Threads as an ASGI application."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import with_slashes
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.networks.threads.limits import DELETIONS_A_DAY, POSTS_A_DAY, REPLIES_A_DAY
from tesselle.networks.threads.sandbox.containers import Containers
from tesselle.networks.threads.sandbox.login import ThreadsLoginPages
from tesselle.networks.threads.sandbox.posts import PostPages
from tesselle.networks.threads.sandbox.talk import TalkPages
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

SCOPES = (
    "threads_basic threads_content_publish threads_manage_replies threads_read_replies "
    "threads_manage_insights threads_delete"
)


def make_app(network: SimulatedNetwork) -> AsgiApp:
    login, containers = ThreadsLoginPages(network), Containers(network)
    posts, talk = PostPages(network), TalkPages(network)
    routes = [
        Route("/oauth/authorize", login.pages.authorize, methods=["GET"]),
        Route("/oauth/authorize", login.pages.approve, methods=["POST"]),
        Route("/oauth/access_token", login.token, methods=["POST"]),
        Route("/oauth/access_token", login.own_token, methods=["GET"]),
        Route("/access_token", login.lasting, methods=["GET"]),
        Route("/refresh_access_token", login.renewed, methods=["GET"]),
    ]
    for version in ("/v1.0", ""):
        routes += [
            Route(f"{version}/debug_token", login.debug, methods=["GET"]),
            Route(f"{version}/{{id}}/threads_publishing_limit", containers.quota, methods=["GET"]),
            Route(f"{version}/{{id}}/threads_publish", containers.publish, methods=["POST"]),
            Route(f"{version}/{{id}}/threads_insights", posts.own_insights, methods=["GET"]),
            Route(f"{version}/{{id}}/threads", containers.create, methods=["POST"]),
            Route(f"{version}/{{id}}/threads", posts.own, methods=["GET"]),
            Route(f"{version}/me/replies", posts.own_replies, methods=["GET"]),
            Route(f"{version}/{{id}}/replies", talk.replies, methods=["GET"]),
            Route(f"{version}/{{id}}/conversation", talk.conversation, methods=["GET"]),
            Route(f"{version}/{{id}}/manage_reply", talk.hide, methods=["POST"]),
            Route(f"{version}/{{id}}/insights", posts.insights, methods=["GET"]),
            Route(f"{version}/{{id}}", posts.read, methods=["GET"]),
            Route(f"{version}/{{id}}", posts.delete, methods=["DELETE"]),
        ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: errors.answer_refusal})
    return with_slashes(app)


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    """How it throttles and what it says of a file at the last moment is not documented: its sisters' words."""
    if effect is Effect.THROTTLE:
        return errors.throttled("threads", 613, fault.account, fault.seconds)
    if effect is Effect.EXPIRED:
        return JSONResponse(errors.expired().answer, 400)
    return JSONResponse(errors.body(36001, "The image format is not supported.", 2207005), 400)


async def open_account(
    network: SimulatedNetwork,
    base: str,
    handle: str,
    name: str,
    *,
    quota: int = POSTS_A_DAY,
    reply_quota: int = REPLIES_A_DAY,
    delete_quota: int = DELETIONS_A_DAY,
) -> SandboxAccount:
    """The quotas: posts, replies and deletions a day."""
    number = str(26 * 10**15 + await network.next_id("accounts"))
    facts = {"quota": quota, "reply_quota": reply_quota, "delete_quota": delete_quota}
    await network.add_account(SimAccount(number, handle, name, facts=facts))
    token = f"th-token-{number}"
    row = {"account": number, "app": PRACTICE_ID, "scopes": SCOPES, "type": "THREADS"}
    await network.keep("tokens", token, row)
    app = {"client_id": PRACTICE_ID, "client_secret": PRACTICE_SECRET, "base": base}
    return SandboxAccount(number, base, {"access_token": token, "way": "account", **app})
