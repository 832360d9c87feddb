"""LinkedIn as an ASGI application: the API and the sign-in pages on one make-believe host."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.http.asgi_transport import AsgiApp
from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.networks.linkedin.sandbox.comments import Comments
from tesselle.networks.linkedin.sandbox.figures import Statistics
from tesselle.networks.linkedin.sandbox.files import Files
from tesselle.networks.linkedin.sandbox.people import People
from tesselle.networks.linkedin.sandbox.posts import Posts
from tesselle.networks.linkedin.sandbox.wire import PAGE, PERSON, answer_refusal, bearer
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork

PAGE_SCOPES = (
    "r_organization_social w_organization_social rw_organization_admin "
    "r_organization_social_feed w_organization_social_feed"
)
MEMBER_SCOPES = "openid profile w_member_social"


def make_app(network: SimulatedNetwork) -> AsgiApp:
    files, people = Files(network), People(network)
    posts, comments, statistics = Posts(network, files), Comments(network), Statistics(network)
    pages = people.pages
    return Starlette(
        routes=[
            Route("/rest/posts", posts.create, methods=["POST"]),
            Route("/rest/posts", posts.find, methods=["GET"]),
            Route("/rest/posts/{urn}", posts.show, methods=["GET"]),
            Route("/rest/posts/{urn}", posts.change, methods=["POST"]),
            Route("/rest/posts/{urn}", posts.delete, methods=["DELETE"]),
            Route("/rest/socialActions/{urn}/comments", comments.create, methods=["POST"]),
            Route("/rest/socialActions/{urn}/comments", comments.find, methods=["GET"]),
            Route("/rest/socialActions/{urn}/comments/{number}", comments.show, methods=["GET"]),
            Route("/rest/socialActions/{urn}/comments/{number}", comments.delete, methods=["DELETE"]),
            Route("/rest/organizationAcls", people.roles, methods=["GET"]),
            Route("/rest/organizations/{number}", people.organization, methods=["GET"]),
            Route("/rest/organizationalEntityShareStatistics", statistics.of_page, methods=["GET"]),
            Route("/rest/memberCreatorPostAnalytics", statistics.of_member, methods=["GET"]),
            Route("/rest/videoAnalytics", statistics.film_of_page, methods=["GET"]),
            Route("/rest/memberCreatorVideoAnalytics", statistics.film_of_member, methods=["GET"]),
            Route("/rest/networkSizes/{urn}", statistics.followers, methods=["GET"]),
            Route("/rest/{kind}", files.act, methods=["POST"]),
            Route("/rest/{kind}/{urn}", files.show, methods=["GET"]),
            Route("/dms-uploads/{number}/{part}", files.put, methods=["PUT"]),
            Route("/v2/userinfo", people.userinfo, methods=["GET"]),
            Route("/v2/me", people.me, methods=["GET"]),
            Route("/oauth/v2/authorization", pages.authorize, methods=["GET"]),
            Route("/oauth/v2/authorization", pages.approve, methods=["POST"]),
            Route("/oauth/v2/accessToken", pages.token, methods=["POST"]),
            Route("/oauth/v2/revoke", pages.revoke, methods=["POST"]),
        ],
        exception_handlers={HTTPException: answer_refusal},
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    """A throttled call is told nothing but that: no header says when it is over."""
    status, code, words = {
        Effect.THROTTLE: (
            429,
            "TOO_MANY_REQUESTS",
            "Resource level throttle limit for calls to this resource is reached.",
        ),
        Effect.EXPIRED: (401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired"),
        Effect.REFUSE_MEDIA: (400, "MEDIA_ASSET_PROCESSING_FAILED", "The asset could not be processed"),
    }[effect]
    return JSONResponse({"status": status, "code": code, "message": words}, status)


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    kept = await network.kept("tokens", bearer(request))
    return str(kept["account"]) if kept is not None else ""


async def open_account(
    network: SimulatedNetwork, base: str, handle: str, name: str, *, kind: str = "page", scopes: str = ""
) -> SandboxAccount:
    """A member, and for `kind` page the page they administer. What is given is what a sign-in would
    have brought."""
    number = await network.next_id("accounts")
    person = f"{PERSON}p{number:07d}"
    author = f"{PAGE}{5_000_000 + number}" if kind == "page" else person
    owner_name = name if kind == "member" else f"Administrator {number}"
    await network.add_account(
        SimAccount(person, handle if kind == "member" else f"admin{number}", owner_name)
    )
    if kind == "page":
        facts = {"admin": person, "role": "ADMINISTRATOR"}
        await network.add_account(SimAccount(author, handle, name, facts=facts))
    scopes = scopes or (PAGE_SCOPES if kind == "page" else MEMBER_SCOPES)
    token = f"token-of-{number}"
    await network.keep("tokens", token, {"account": author, "app": "Tesselle", "scopes": scopes})
    answers = {
        "access_token": token,
        "scope": scopes,
        "author": author,
        "way": kind,
        "base": base,
        "server": base,
    }
    return SandboxAccount(author, base, answers)
