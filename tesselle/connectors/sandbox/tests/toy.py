"""The smallest network there can be: a text is posted with a token, and read back."""

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesselle.connectors.sandbox.contract import Operation, Sandbox, SandboxAccount
from tesselle.simulation.faults import Effect, Fault
from tesselle.simulation.network import SimAccount, SimulatedNetwork


async def account_of(request: Request, network: SimulatedNetwork) -> str:
    account = await network.account_with("token", request.headers.get("authorization", ""))
    return account.id if account is not None else ""


async def open_account(network: SimulatedNetwork, base: str, handle: str, name: str) -> SandboxAccount:
    token = f"token-of-{handle}"
    await network.add_account(SimAccount(handle, handle, name, secrets={"token": token}))
    return SandboxAccount(handle, base, {"token": token})


def make_app(network: SimulatedNetwork) -> Starlette:
    async def create(request: Request) -> JSONResponse:
        text = (await request.body()).decode()
        post = network.new_post(str(await network.next_id("posts")), await account_of(request, network), text)
        await network.add_post(post)
        return JSONResponse({"id": post.id, "address": f"{request.base_url}posts/{post.id}"})

    async def read(request: Request) -> Response:
        post = await network.post(request.path_params["id"])
        return JSONResponse({"text": post.text}) if post is not None else Response(status_code=404)

    return Starlette(
        routes=[Route("/posts", create, methods=["POST"]), Route("/posts/{id}", read, methods=["GET"])]
    )


def own_answer(effect: Effect, fault: Fault, network: SimulatedNetwork) -> Response:
    return Response(status_code=429, headers={"Retry-After": str(int(fault.seconds))})


TOY = Sandbox(
    slug="toy",
    host="toy.example",
    operations=(
        Operation("create", "POST", re.compile(r"^/posts$")),
        Operation("read", "GET", re.compile(r"^/posts/\d+$")),
    ),
    make_app=make_app,
    own_answer=own_answer,
    account_of=account_of,
    open_account=open_account,
)
