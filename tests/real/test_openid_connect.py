"""Signing in with a real, certified provider: who comes in, who does not, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client

from tesselle.workspaces import invitations
from tesselle.workspaces.models import Member, Role, User, Workspace
from tesselle.workspaces.sign_in import oidc, providers
from tesselle.workspaces.tests.people import give_password, prove, verify
from tests.real.servers.oidc import CLIENT_ID, OidcProvider, running_oidc

pytestmark = pytest.mark.django_db
CALLBACK = "http://testserver/account/oidc/company/login/callback/"


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with running_oidc(CALLBACK) as found:
        yield found


@pytest.fixture(autouse=True)
def set_up(provider: OidcProvider, db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    here = replace(django_settings.ENVIRONMENT, allowed_private=("127.0.0.0/8",))
    monkeypatch.setattr(django_settings, "ENVIRONMENT", here)
    django_settings.ALLOWED_HOSTS.append("testserver")
    providers.keep(providers.Provider("Carreaux", provider.issuer, CLIENT_ID, provider.client_secret))


def begin(client: Client, process: str = "login", following: str = "") -> str:
    """The address at the provider that the browser is sent to."""
    query = urlencode({"process": process, **({"next": following} if following else {})})
    response = client.post(f"/account/oidc/company/login/?{query}")
    assert response.status_code == 302, response.content
    return response.headers["Location"]


def come_back(client: Client, provider: OidcProvider, person: str, **more: str):
    """All the way; the answer to the browser that comes back."""
    return client.get(provider.go_through(begin(client, **more), person, CALLBACK))


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_somebody_whose_address_both_sides_have_verified_comes_in(
    provider: OidcProvider, alice: User, client: Client
):
    verify(alice)

    assert come_back(client, provider, "alice").status_code == 302

    assert is_signed_in(client)
    assert SocialAccount.objects.get().user == alice
    assert User.objects.count() == 1


def test_afterwards_they_are_known_by_their_subject_not_their_address(provider: OidcProvider, alice: User):
    verify(alice)
    come_back(Client(), provider, "alice")
    alice.emailaddress_set.update(email="moved@example.org")

    again = Client()
    come_back(again, provider, "alice")

    assert is_signed_in(again)


def test_an_address_that_only_stands_in_an_account_opens_nothing(
    provider: OidcProvider, alice: User, client: Client
):
    """Somebody may have put it there who waits for its owner to come."""
    give_password(alice)
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=False)

    response = come_back(client, provider, "alice")

    assert response.status_code == 403
    assert not is_signed_in(client)
    alice.refresh_from_db()
    assert alice.has_usable_password()


def test_an_address_the_provider_has_not_verified_opens_nothing(
    provider: OidcProvider, alice: User, client: Client
):
    verify(alice)

    response = come_back(client, provider, "alice+unverified")

    assert response.status_code == 403
    assert not is_signed_in(client)


def test_a_stranger_gets_a_page_and_no_account(provider: OidcProvider, alice: User, client: Client):
    response = come_back(client, provider, "eve")

    assert response.status_code == 403
    assert "eve@example.org" in response.content.decode()
    assert not User.objects.filter(email="eve@example.org").exists()


def test_somebody_invited_gets_an_account_and_joins_by_the_link(
    provider: OidcProvider, workspace: Workspace, alice: User, client: Client
):
    _, token = invitations.invite(workspace, email="noa@example.org", role=Role.EDITOR, by=alice)
    page = f"/invitations/{token}/"

    back = come_back(client, provider, "noa", following=page)
    assert back.headers["Location"] == page
    noa = User.objects.get(email="noa@example.org")
    assert not Member.objects.filter(user=noa).exists(), "coming back is a GET and decides nothing"

    client.post(f"{page}join/")
    assert Member.objects.get(user=noa).role == Role.EDITOR
    assert (noa.name, noa.has_usable_password()) == ("Noa", False)


def test_a_revoked_invitation_lets_nobody_in(
    provider: OidcProvider, workspace: Workspace, alice: User, client: Client
):
    invitation, _ = invitations.invite(workspace, email="noa@example.org", role=Role.EDITOR, by=alice)
    invitations.revoke(invitation, by=alice)

    assert come_back(client, provider, "noa").status_code == 403
    assert not User.objects.filter(email="noa@example.org").exists()


def test_whoever_is_signed_in_connects_the_company_account(
    provider: OidcProvider, alice: User, client: Client
):
    give_password(alice)
    client.force_login(alice)
    prove(client)

    come_back(client, provider, "alice", process="connect")

    elsewhere = Client()
    come_back(elsewhere, provider, "alice")
    assert is_signed_in(elsewhere)


def test_an_answer_used_twice_opens_nothing(provider: OidcProvider, alice: User):
    verify(alice)
    first = Client()
    back = provider.go_through(begin(first), "alice", CALLBACK)
    first.get(back)
    first.post("/account/logout/")

    assert first.get(back).status_code == 401, "the state is spent"
    assert not is_signed_in(first)


def test_a_code_used_twice_is_refused_by_the_provider(provider: OidcProvider, alice: User):
    verify(alice)
    first = Client()
    used = parse_qs(urlsplit(provider.go_through(begin(first), "alice", CALLBACK)).query)
    first.get(f"{CALLBACK}?{urlencode({name: values[0] for name, values in used.items()})}")
    second = Client()
    fresh = parse_qs(urlsplit(begin(second)).query)["state"][0]

    response = second.get(f"{CALLBACK}?{urlencode({'code': used['code'][0], 'state': fresh})}")

    assert response.status_code == 401
    assert not is_signed_in(second)


def test_an_answer_for_another_browser_opens_nothing(provider: OidcProvider, alice: User):
    """A link with somebody else's code must not sign a victim into that person's account."""
    verify(alice)
    back = provider.go_through(begin(Client()), "alice", CALLBACK)

    victim = Client()
    assert victim.get(back).status_code == 401
    assert not is_signed_in(victim)


def test_a_wrong_state_opens_nothing(provider: OidcProvider, alice: User, client: Client):
    verify(alice)
    back = provider.go_through(begin(client), "alice", CALLBACK)
    code = parse_qs(urlsplit(back).query)["code"][0]

    assert client.get(f"{CALLBACK}?{urlencode({'code': code, 'state': 'made-up'})}").status_code == 401
    assert not is_signed_in(client)


def test_a_wrong_nonce_opens_nothing(
    provider: OidcProvider, alice: User, client: Client, monkeypatch: pytest.MonkeyPatch
):
    """The token answers a question that this browser did not ask."""
    verify(alice)
    address = begin(client)
    given = parse_qs(urlsplit(address).query)["nonce"][0]
    back = provider.go_through(address.replace(given, "0" * len(given)), "alice", CALLBACK)

    assert client.get(back).status_code == 401
    assert not is_signed_in(client)
    assert oidc.nonce_for("a") != oidc.nonce_for("b")


def test_a_wrong_client_secret_is_told_and_opens_nothing(provider: OidcProvider, alice: User, client: Client):
    verify(alice)
    providers.keep(providers.Provider("Carreaux", provider.issuer, CLIENT_ID, "wrong"))

    assert come_back(client, provider, "alice").status_code == 401
    assert not is_signed_in(client)


def test_calling_it_off_at_the_provider_is_told(client: Client, provider: OidcProvider):
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]

    response = client.get(f"{CALLBACK}?{urlencode({'error': 'access_denied', 'state': state})}", follow=True)

    assert response.redirect_chain[-1][0] == "/account/company/cancelled/"
