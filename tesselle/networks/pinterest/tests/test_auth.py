from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tesselle.connectors.oauth2 import account_with
from tesselle.connectors.protocols import Account, OwnApp
from tesselle.connectors.tests.sign_in_contract import REDIRECT, app_for, signed_in
from tesselle.domain.errors import BlockedError, NotSentError, RejectedError
from tesselle.networks.pinterest import NETWORK, SCOPES
from tesselle.networks.pinterest.auth import PinterestSignIn

(WAY,) = NETWORK.sign_ins
DIALECT = PinterestSignIn(WAY)


@pytest.mark.parametrize(
    ("base", "page"),
    [
        ("", "https://www.pinterest.com/oauth/"),
        ("https://api-sandbox.pinterest.com", "https://www.pinterest.com/oauth/"),
        ("http://127.0.0.1:9/pinterest", "http://127.0.0.1:9/pinterest/oauth/"),
    ],
)
def test_one_signs_in_on_pinterests_page_whatever_api_is_spoken_to(base, page):
    address = DIALECT.address(OwnApp("12", "s3cret", base), REDIRECT, "state", "verifier")

    assert address.partition("?")[0] == page
    asked = parse_qs(urlsplit(address).query)
    assert asked["scope"] == [",".join(SCOPES)]
    assert "code_challenge" not in asked


async def test_the_last_refresh_token_is_the_one_that_is_kept(stage):
    kept = await signed_in(stage, WAY)
    stage.session.saved = {}  # what was pasted before
    api = stage.api(Account("business", stage.account.remote_id, "", stage.account.server, {}, kept))
    await api.session()
    until = stage.clock.now + timedelta(days=60)
    assert datetime.fromisoformat(kept["refresh_expires_at"]) == until

    stage.clock.forward(31 * 86_400)
    api = stage.api(api.account)
    renewed = await api.session()
    stage.clock.forward(31 * 86_400)
    again = await stage.api(api.account).session()

    assert len({kept["refresh_token"], renewed["refresh_token"], again["refresh_token"]}) == 3
    assert datetime.fromisoformat(again["expires_at"]) == stage.clock.now + timedelta(days=30)


async def test_an_app_that_pinterest_does_not_know_is_told_apart(stage):
    app = await app_for(stage, WAY)

    assert await DIALECT.knows(app, REDIRECT, stage.api())
    assert not await DIALECT.knows(replace(app, client_secret="wrong"), REDIRECT, stage.api())


async def test_rights_that_were_unticked_are_named(stage):
    kept = {**await signed_in(stage, WAY), "scope": "user_accounts:read boards:read pins:read"}
    api = stage.api(account_with(kept, stage.opened.server))

    (identity,) = await stage.plugin.connector.accounts("account", api)

    assert [str(one) for one in identity.missing] == [
        f"The sign-in lacks the right “{right}”. Connect again and leave every right ticked."
        for right in ("boards:write", "pins:write")
    ]


async def test_a_pasted_token_that_may_not_read_is_told_before_the_first_pin(stage):
    row = {"account": stage.account.remote_id, "app": "Tesselle", "scopes": "user_accounts:read"}
    await stage.network.keep("tokens", "pina_few", row)
    answers = {"access_token": "pina_few", "server": stage.opened.server}

    identity = await stage.plugin.connector.identify(answers, stage.api(account_with(answers, "")))

    assert len(identity.missing) == 1


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        ({"access_token": "wrong"}, BlockedError, "does not know this access token"),
        ({"server": "https://nowhere.example"}, NotSentError, "nowhere.example"),
        ({"server": "api sandbox"}, RejectedError, "is no address"),
    ],
)
async def test_what_was_typed_wrong_is_named(stage, answers, error, words):
    whole = {**stage.opened.answers, **answers}

    with pytest.raises(error, match=words):
        await stage.plugin.connector.identify(whole, stage.api(account_with(whole, "")))


@pytest.mark.parametrize("ending", ["", "/", "/v5", "/v5/"])
async def test_the_address_of_the_api_may_be_copied_with_its_version(stage, ending):
    answers = {**stage.opened.answers, "server": stage.opened.server + ending}

    identity = await stage.plugin.connector.identify(answers, stage.api(account_with(answers, "")))

    assert identity.account.server == stage.opened.server


async def test_a_personal_account_is_known_as_one(stage):
    account = await stage.network.account(stage.account.remote_id)
    await stage.network.add_account(replace(account, facts={"kind": "personal"}))

    identity = await stage.plugin.connector.identify(stage.opened.answers, stage.api())

    assert (stage.account.kind, identity.account.kind) == ("business", "personal")
    assert identity.display_name == "carrelage"


async def test_a_pasted_token_that_ended_is_over(stage):
    api = stage.api()
    await api.session()
    await api.forget_session()

    with pytest.raises(BlockedError):
        await api.session()


async def test_apps_from_before_september_2025_ask_for_refresh_tokens_without_end(stage, monkeypatch):
    sent: list[dict[str, list[str]]] = []
    exchange = stage.transport.exchange

    async def noted(request, gate=None):
        sent.extend([parse_qs(request.body.decode())] if request.url.endswith("/oauth/token") else [])
        return await exchange(request, gate)

    monkeypatch.setattr(stage.transport, "exchange", noted)
    kept = await signed_in(stage, WAY)
    await DIALECT.refresh(kept, stage.api(account_with(kept, stage.opened.server)))

    assert [one.get("continuous_refresh") for one in sent] == [["true"], None]
