"""What signing in on a network's own page promises, for each way that its card names.

Part of the contract suite, like `contract`. The make-believe network's page is answered as a
person would: by sending its form.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from tesselle.connectors import oauth2
from tesselle.connectors.card import SignIn
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Dialect, Identity, OwnApp
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.errors import BlockedError
from tesselle.domain.verdicts import BlockReason

REDIRECT = "https://tesselle.example/channels/signed-in/"
VERIFIER = "a-verifier-of-forty-three-characters-at-least-0"


def dialect_of(stage: Stage, way: SignIn) -> Dialect:
    dialect: Dialect = stage.plugin.connector.dialect(way.slug)
    return dialect


async def app_for(stage: Stage, way: SignIn) -> OwnApp:
    if way.app == "server":
        return await dialect_of(stage, way).register(stage.opened.server, REDIRECT, "", stage.api())
    return OwnApp(PRACTICE_ID, PRACTICE_SECRET, stage.opened.server)


async def came_back(stage: Stage, address: str, **form: str) -> dict[str, str]:
    """What the network's page sends the person back with."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    exchange = await stage.transport.exchange(Request("POST", address, headers, urlencode(form).encode()))
    assert exchange.response is not None, f"nobody answers at {address}"
    location = exchange.response.headers.get("location", "")
    assert exchange.response.status == 302 and location.startswith(REDIRECT), (
        f"{stage.plugin.card.slug}: its page does not lead back: {exchange.response}"
    )
    return dict(parse_qsl(urlsplit(location).query))


async def signed_in(stage: Stage, way: SignIn, app: OwnApp | None = None) -> dict[str, str]:
    """The credentials of the stage's account, got as a person gets them."""
    app = app or await app_for(stage, way)
    address = dialect_of(stage, way).address(app, REDIRECT, "the-state", VERIFIER)
    returned = await came_back(stage, address, account=stage.opened.id)
    assert returned.get("state") == "the-state", "the state does not come back"
    return dict(await dialect_of(stage, way).exchange(app, REDIRECT, returned, VERIFIER, stage.api()))


async def identities(stage: Stage, way: SignIn, kept: dict[str, str]) -> tuple[Identity, ...]:
    api = stage.api(oauth2.account_with(kept, stage.opened.server))
    found: tuple[Identity, ...] = await stage.plugin.connector.accounts(way.slug, api)
    return found


async def it_opens_the_account(stage: Stage, way: SignIn) -> None:
    slug = stage.plugin.card.slug
    found = await identities(stage, way, await signed_in(stage, way))
    own = [one for one in found if one.account.remote_id == stage.account.remote_id]
    assert len(own) == 1, f"{slug}: the sign-in opens {[one.account.handle for one in found]}"
    assert not own[0].missing, f"{slug}: {own[0].missing}"
    assert own[0].account.credentials.get("access_token"), f"{slug}: nothing to keep"
    assert way.chooses or len(found) == 1, f"{slug}: several accounts, but the card says none is chosen"


async def a_no_is_understood(stage: Stage, way: SignIn) -> None:
    app = await app_for(stage, way)
    dialect = dialect_of(stage, way)
    returned = await came_back(stage, dialect.address(app, REDIRECT, "s", VERIFIER), deny="1")
    assert "code" not in returned
    await _refused(stage, way, app, returned, VERIFIER, "a no on the network's page")


async def a_code_is_good_once(stage: Stage, way: SignIn) -> None:
    app, dialect = await app_for(stage, way), dialect_of(stage, way)
    address = dialect.address(app, REDIRECT, "s", VERIFIER)
    returned = await came_back(stage, address, account=stage.opened.id)
    await dialect.exchange(app, REDIRECT, returned, VERIFIER, stage.api())
    await _refused(stage, way, app, returned, VERIFIER, "a code that was used")


async def a_code_needs_its_verifier(stage: Stage, way: SignIn) -> None:
    if way.pkce == "none":
        return
    app, dialect = await app_for(stage, way), dialect_of(stage, way)
    address = dialect.address(app, REDIRECT, "s", VERIFIER)
    returned = await came_back(stage, address, account=stage.opened.id)
    await _refused(stage, way, app, returned, f"other-{VERIFIER}", "another verifier")


async def _refused(
    stage: Stage, way: SignIn, app: OwnApp, returned: dict[str, str], verifier: str, what: str
) -> None:
    try:
        await dialect_of(stage, way).exchange(app, REDIRECT, returned, verifier, stage.api())
    except BlockedError as error:
        assert error.reason == BlockReason.SIGN_IN, error.reason
    else:
        raise AssertionError(f"{stage.plugin.card.slug}: {what} was taken")


async def it_is_renewed(stage: Stage, way: SignIn) -> None:
    """Where there is something to renew with. What was rotated away is worth nothing."""
    first = await signed_in(stage, way)
    if not first.get("refresh_token"):
        return
    stage.clock.forward(86_400)  # some networks renew no token of the same day
    api = stage.api(oauth2.account_with(first, stage.opened.server))
    second = dict(await dialect_of(stage, way).refresh(first, api))
    assert second["access_token"] != first["access_token"], "nothing was renewed"
    assert await identities(stage, way, second)
    rotated = second.get("refresh_token") != first["refresh_token"]
    if rotated and first["refresh_token"] != first["access_token"]:
        try:
            await dialect_of(stage, way).refresh(first, stage.api())
        except BlockedError:
            return
        raise AssertionError(f"{stage.plugin.card.slug}: a refresh token was good twice")


async def what_is_revoked_is_over(stage: Stage, way: SignIn) -> None:
    kept = await signed_in(stage, way)
    if not way.revoke:
        return
    await dialect_of(stage, way).revoke(kept, stage.api())
    try:
        await identities(stage, way, kept)
    except BlockedError as error:
        assert error.reason == BlockReason.SIGN_IN
    else:
        raise AssertionError(f"{stage.plugin.card.slug}: revoked, yet it still speaks for the account")
