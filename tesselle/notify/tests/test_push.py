"""Messages to a browser: readable by it alone, signed as us, and what a push service's answers mean."""

import asyncio
import json
import socket
import time
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from cryptography.exceptions import InvalidTag
from django.test import Client

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.guarded import Guard, GuardedResolver, GuardedTransport
from tesselle.notify import push
from tesselle.notify.models import Device, PushKeys
from tesselle.notify.push import Reached
from tesselle.notify.tests.browser import Browser, claims_of
from tesselle.workspaces.models import User


@dataclass
class Service:
    """A push service of our own on loopback."""

    status: int = 201
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append((headers, await request.read()))
        return web.Response(status=self.status)


def sent(
    service: Service, browser: Browser, signed_by: dict[str, str], allowed: tuple[str, ...]
) -> tuple[Reached, str]:
    async def talk() -> tuple[Reached, str]:
        app = web.Application()
        app.router.add_post("/to/{who}", service.take)
        runner = web.AppRunner(app)
        await runner.setup()
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            port = place.getsockname()[1]
        await web.TCPSite(runner, "127.0.0.1", port).start()
        guard = Guard(allowed)
        inner = AiohttpTransport(user_agent="test", resolver=GuardedResolver(guard))
        endpoint = f"http://127.0.0.1:{port}/to/us"
        words = {"title": "Carreaux", "body": "Une approbation vous est demandée", "url": "/notifications/7"}
        try:
            reached = await push.push(
                GuardedTransport(inner, guard), browser.address(endpoint), words, signed_by=signed_by
            )
        finally:
            await inner.close()
            await runner.cleanup()
        return reached, f"http://127.0.0.1:{port}"

    return asyncio.run(talk())


@pytest.fixture
def signed_by(db: None) -> dict[str, str]:
    return push.signer()


LOOPBACK = ("127.0.0.1",)


def test_only_the_browser_reads_it_and_the_service_learns_who_wrote(signed_by: dict[str, str]) -> None:
    service, browser = Service(), Browser()

    reached, origin = sent(service, browser, signed_by, LOOPBACK)

    headers, body = service.got[0]
    assert reached is Reached.YES and b"approbation" not in body
    assert browser.read(body)["body"] == "Une approbation vous est demandée"
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", str(push.KEPT_SECONDS))
    claims, key = claims_of(headers["authorization"])
    assert claims["aud"] == origin and key == push.public_key()
    assert time.time() < claims["exp"] <= time.time() + 24 * 3600
    assert claims["sub"].startswith(("mailto:", "https://"))
    with pytest.raises(InvalidTag):
        Browser().read(body)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (410, Reached.GONE),
        (404, Reached.GONE),
        (429, Reached.LATER),
        (503, Reached.LATER),
        (413, Reached.NEVER),
    ],
)
def test_each_answer_of_the_service_says_what_to_do(
    signed_by: dict[str, str], status: int, meaning: Reached
) -> None:
    assert sent(Service(status), Browser(), signed_by, LOOPBACK)[0] is meaning


def test_an_address_inside_our_own_network_is_never_called(signed_by: dict[str, str]) -> None:
    service = Service()

    reached, _origin = sent(service, Browser(), signed_by, ())

    assert reached is Reached.LATER and service.got == []


def test_the_pair_is_made_once_and_its_private_half_is_sealed(db: None) -> None:
    first = push.public_key()

    assert push.public_key() == first
    kept = PushKeys.objects.get()
    assert push.signer()["private"] not in kept.sealed_private


def test_a_device_is_kept_sealed_and_forgotten_by_its_owner_only(
    as_alice: Client, client: Client, alice: User, mallory: User
) -> None:
    told = Browser().subscription("https://push.example/secret-place")
    answer = as_alice.post("/settings/devices", json.dumps(told), content_type="application/json")
    device = Device.objects.get()
    assert answer.status_code == 200 and "secret-place" not in device.sealed_address

    client.force_login(mallory)
    assert client.post(f"/settings/devices/{device.pk}/forget").status_code == 404
    client.force_login(alice)
    assert client.post(f"/settings/devices/{device.pk}/forget").status_code == 302
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "told",
    ["{}", "[]", "nonsense", '{"endpoint": "http://push.example/x", "keys": {"p256dh": "", "auth": ""}}'],
)
def test_what_is_no_subscription_is_refused_in_words(as_alice: Client, told: str) -> None:
    answer = as_alice.post("/settings/devices", told, content_type="application/json")

    assert answer.status_code == 422 and answer.json()["said"]
    assert not Device.objects.exists()
