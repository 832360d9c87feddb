"""The make-believe Facebook as an ASGI application."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.login import GraphLoginPages
from tesselle.connectors.sandbox.graph.wire import with_slashes
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.networks.facebook.sandbox.comments import Comments
from tesselle.networks.facebook.sandbox.feed import Feed
from tesselle.networks.facebook.sandbox.films import Films
from tesselle.networks.facebook.sandbox.nodes import Nodes
from tesselle.networks.facebook.sandbox.pages import Pages
from tesselle.networks.facebook.sandbox.stories import Stories
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

SCOPES = (
    "pages_show_list pages_read_engagement pages_manage_posts pages_manage_engagement "
    "pages_read_user_content read_insights"
)


def make_app(network: SimulatedNetwork) -> AsgiApp:
    login, pages, nodes = GraphLoginPages(network), Pages(network), Nodes(network)
    feed, films, stories, comments = Feed(network), Films(network), Stories(network), Comments(network)
    version = "/{version:str}"
    app = Starlette(
        routes=[
            Route(f"{version}/dialog/oauth", login.pages.authorize, methods=["GET"]),
            Route(f"{version}/dialog/oauth", login.pages.approve, methods=["POST"]),
            Route(f"{version}/oauth/access_token", login.token, methods=["GET", "POST"]),
            Route(f"{version}/debug_token", login.debug, methods=["GET"]),
            Route(f"{version}/me", pages.me, methods=["GET"]),
            Route(f"{version}/me/accounts", pages.accounts, methods=["GET"]),
            Route(f"{version}/me/permissions", pages.permissions, methods=["GET"]),
            Route(f"{version}/video-upload/{{version_again}}/{{video}}", films.bytes, methods=["POST"]),
            Route(f"{version}/{{id}}/photos", feed.photo, methods=["POST"]),
            Route(f"{version}/{{id}}/feed", feed.post, methods=["POST"]),
            Route(f"{version}/{{id}}/published_posts", feed.published, methods=["GET"]),
            Route(f"{version}/{{id}}/feed", feed.published, methods=["GET"]),
            Route(f"{version}/{{id}}/videos", films.pieces, methods=["POST"]),
            Route(f"{version}/{{id}}/video_reels", films.reel, methods=["POST"]),
            Route(f"{version}/{{id}}/video_stories", films.story, methods=["POST"]),
            Route(f"{version}/{{id}}/photo_stories", stories.photo, methods=["POST"]),
            Route(f"{version}/{{id}}/stories", stories.all, methods=["GET"]),
            Route(f"{version}/{{id}}/comments", comments.write, methods=["POST"]),
            Route(f"{version}/{{id}}/comments", comments.all, methods=["GET"]),
            Route(f"{version}/{{id}}/insights", nodes.insights, methods=["GET"]),
            Route(f"{version}/{{id}}", nodes.read, methods=["GET"]),
            Route(f"{version}/{{id}}", nodes.change, methods=["POST"]),
            Route(f"{version}/{{id}}", nodes.delete, methods=["DELETE"]),
        ],
        exception_handlers={HTTPException: errors.answer_refusal},
    )
    return with_slashes(app)


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    if effect is Effect.THROTTLE:
        return errors.throttled("pages", 32, fault.account, fault.seconds)
    if effect is Effect.EXPIRED:
        return JSONResponse(errors.expired().answer, 400)
    words = "Your photos couldn't be uploaded. Photos should be less than 4 MB and saved as JPG, PNG or GIF."
    return JSONResponse(errors.body(324, words, 1366046), 400)


async def open_account(
    network: SimulatedNetwork,
    base: str,
    handle: str,
    name: str,
    *,
    owner: str = "1",
    scopes: str = SCOPES,
    tasks: str = "CREATE_CONTENT MODERATE ANALYZE MANAGE",
) -> SandboxAccount:
    """A Page with its own token. `owner`: the person who signs in for it, `tasks`: what they may do there."""
    number = str(10**14 + await network.next_id("accounts"))
    facts = {"owner": owner, "tasks": tasks.split(), "category": "Tile shop"}
    await network.add_account(SimAccount(number, handle, name, facts=facts))
    token = f"page-token-{number}"
    row = {"account": number, "app": PRACTICE_ID, "scopes": scopes, "type": "PAGE"}
    await network.keep("tokens", token, row)
    answers = {
        "access_token": token,
        "client_id": PRACTICE_ID,
        "client_secret": PRACTICE_SECRET,
        "way": "facebook",
        "base": base,
    }
    return SandboxAccount(number, base, answers)
