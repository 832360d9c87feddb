"""The make-believe Instagram as an ASGI application."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.lasting import LastingLoginPages
from tesselle.connectors.sandbox.graph.login import GraphLoginPages
from tesselle.connectors.sandbox.graph.wire import with_slashes
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.networks.instagram.sandbox.accounts import Accounts
from tesselle.networks.instagram.sandbox.comments import Comments
from tesselle.networks.instagram.sandbox.containers import Containers
from tesselle.networks.instagram.sandbox.media import MediaPages
from tesselle.networks.instagram.sandbox.places import Places
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

LINKED_SCOPES = (
    "instagram_basic instagram_content_publish instagram_manage_comments instagram_manage_insights "
    "instagram_manage_contents pages_show_list pages_read_engagement"
)
DIRECT_SCOPES = (
    "instagram_business_basic instagram_business_content_publish instagram_business_manage_comments "
    "instagram_business_manage_insights"
)


def make_app(network: SimulatedNetwork) -> AsgiApp:
    facebook = GraphLoginPages(network)
    instagram = LastingLoginPages(network, "ig", "INSTAGRAM", wraps=True)
    accounts, containers = Accounts(network), Containers(network)
    media, comments = MediaPages(network), Comments(network)
    version = "/{version}"
    app = Starlette(
        routes=[
            Route("/oauth/authorize", instagram.pages.authorize, methods=["GET"]),
            Route("/oauth/authorize", instagram.pages.approve, methods=["POST"]),
            Route("/oauth/access_token", instagram.token, methods=["POST"]),
            Route("/access_token", instagram.lasting, methods=["GET"]),
            Route("/refresh_access_token", instagram.renewed, methods=["GET"]),
            Route(f"{version}/dialog/oauth", facebook.pages.authorize, methods=["GET"]),
            Route(f"{version}/dialog/oauth", facebook.pages.approve, methods=["POST"]),
            Route(f"{version}/oauth/access_token", facebook.token, methods=["GET", "POST"]),
            Route(f"{version}/debug_token", facebook.debug, methods=["GET"]),
            Route(f"{version}/pages/search", Places(network).search, methods=["GET"]),
            Route(f"{version}/me", accounts.me, methods=["GET"]),
            Route(f"{version}/me/accounts", accounts.pages, methods=["GET"]),
            Route(f"{version}/{{id}}/content_publishing_limit", containers.quota, methods=["GET"]),
            Route(f"{version}/{{id}}/media", containers.create, methods=["POST"]),
            Route(f"{version}/{{id}}/media_publish", containers.publish, methods=["POST"]),
            Route(f"{version}/{{id}}/media", media.own, methods=["GET"]),
            Route(f"{version}/{{id}}/stories", media.stories, methods=["GET"]),
            Route(f"{version}/{{id}}/comments", comments.below, methods=["GET"]),
            Route(f"{version}/{{id}}/comments", comments.write, methods=["POST"]),
            Route(f"{version}/{{id}}/replies", comments.reply, methods=["POST"]),
            Route(f"{version}/{{id}}/insights", media.insights, methods=["GET"]),
            Route(f"{version}/{{id}}", media.read, methods=["GET"]),
            Route(f"{version}/{{id}}", media.delete, methods=["DELETE"]),
        ],
        exception_handlers={HTTPException: errors.answer_refusal},
    )
    return with_slashes(app)


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        return errors.throttled("instagram", 80002, fault.account, fault.seconds)
    if effect is Effect.EXPIRED:
        return JSONResponse(errors.expired().answer, 400)
    return JSONResponse(errors.body(36001, "The image format is not supported.", 2207005), 400)


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, name: str, *, kind: str = "linked", quota: int = 100
) -> SandboxAccount:
    """`kind`: by which door it is connected. `quota`: posts a day."""
    number = str(17 * 10**15 + await network.next_id("accounts"))
    facts = {"quota": quota, "page": f"9{number[-8:]}"}
    await network.add_account(SimAccount(number, handle, name, facts=facts))
    app = {"client_id": PRACTICE_ID, "client_secret": PRACTICE_SECRET, "base": base}
    if kind == "direct":
        token = f"direct-token-{number}"
        row = {"account": number, "app": PRACTICE_ID, "scopes": DIRECT_SCOPES, "type": "INSTAGRAM"}
        answers = {"access_token": token, "scope": DIRECT_SCOPES, "way": "instagram", **app}
    else:
        token = f"page-token-{number}"
        row = {"account": number, "app": PRACTICE_ID, "scopes": LINKED_SCOPES, "type": "PAGE"}
        answers = {"access_token": token, "way": "facebook", "instagram_account": number, **app}
    await network.keep("tokens", token, row)
    return SandboxAccount(number, base, answers)
