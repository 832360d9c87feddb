"""A certified OpenID Connect provider (npm `oidc-provider`): whoever it is asked to be, it vouches for."""

import contextlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from tests.real.servers.installation import PEERS, cached
from tests.real.servers.process import answers, free_port, private_folder, running

CLIENT_ID = "tesselle"


@dataclass(frozen=True, slots=True)
class OidcProvider:
    issuer: str
    client_secret: str = field(repr=False)

    def go_through(self, address: str, person: str, callback: str) -> str:
        """Sign in there as a person would, by its two forms; where the browser is sent back to."""
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=30.0) as browser:
            response = browser.get(address)
            for _ in range(10):
                while response.is_redirect:
                    onward = str(response.next_request.url) if response.next_request else ""
                    if onward.startswith(callback):
                        return onward
                    response = browser.get(onward)
                form = re.search(r'action="([^"]+)"', response.text)
                assert form, response.text
                answers_ = {"prompt": "login", "login": person, "password": "any"}
                if 'value="consent"' in response.text:
                    answers_ = {"prompt": "consent"}
                response = browser.post(form[1], data=answers_)
        raise AssertionError("the provider did not send the browser back")


@contextlib.contextmanager
def running_oidc(callback: str) -> Iterator[OidcProvider]:
    """`callback`: the one redirect address it accepts."""
    node, port = cached("node/wheel/bin/node"), free_port()
    provider = OidcProvider(f"http://127.0.0.1:{port}", secrets.token_urlsafe(24))
    env = {
        "TESSELLE_REAL_PEERS": str(cached("peers")),
        "TESSELLE_REAL_OIDC_PORT": str(port),
        "TESSELLE_REAL_OIDC_SECRET": provider.client_secret,
        "TESSELLE_REAL_OIDC_CALLBACK": callback,
    }
    with private_folder("oidc") as folder:
        ready = answers(f"{provider.issuer}/.well-known/openid-configuration")
        command = [str(node), str(PEERS / "oidc.mjs")]
        with running(command, log=folder / "log", ready=ready, env=env):
            yield provider
