"""A key can be changed: everything sealed moves to the new one, and nothing is lost on the way."""

from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from pytest_django import Settings

from tesselle.channels.models import Channel
from tesselle.mail.models import MailServer
from tesselle.ops import sealed
from tesselle.ops.commands import doctor
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace
from tesselle.workspaces.sign_in.mfa import MfaAdapter

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def keys(settings: Settings) -> Any:
    def use(*wanted: str) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, encryption_keys=wanted)

    use(OLD)
    return use


@pytest.fixture
def secret_things(keys: Any, workspace: Workspace, alice: User) -> None:
    Channel.objects.create(
        workspace=workspace,
        network="bluesky",
        kind="account",
        remote_id="x",
        handle="us",
        sealed_credentials=secrets.seal({"password": "zellige"}),
        sealed_session=secrets.seal({"token": "t"}),
    )
    MailServer.objects.create(id=1, host="mail.example", sealed_password=secrets.seal({"password": "p"}))
    Authenticator.objects.create(
        user=alice, type=Authenticator.Type.TOTP, data={"secret": MfaAdapter().encrypt("JBSW")}
    )
    Authenticator.objects.create(
        user=alice,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": MfaAdapter().encrypt("grain"), "used_mask": 3},
    )


def opened() -> tuple[Any, ...]:
    channel = Channel.objects.get()
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data
    return (
        secrets.unseal(channel.sealed_credentials),
        secrets.unseal(channel.sealed_session),
        secrets.unseal(MailServer.objects.get().sealed_password),
        MfaAdapter().decrypt(Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]),
        MfaAdapter().decrypt(codes["seed"]),
        codes["used_mask"],
    )


def test_after_resealing_the_old_key_is_needed_no_more(secret_things: None, keys: Any):
    before = opened()
    keys(NEW, OLD)

    tallies = sealed.reseal_all()
    keys(NEW)

    assert opened() == before
    assert sum(tally.opened for tally in tallies.values()) == 5
    assert not any(tally.lost for tally in tallies.values())


def test_what_no_key_opens_is_counted_and_left_alone(secret_things: None, keys: Any):
    before = Channel.objects.get().sealed_credentials
    keys(NEW)

    tallies = sealed.reseal_all()

    assert {name: tally.lost for name, tally in tallies.items()} == {
        "channels.channel": 2,
        "mail.mailserver": 1,
        "mfa.authenticator": 2,
    }
    assert Channel.objects.get().sealed_credentials == before


def test_the_doctor_tries_every_secret(secret_things: None, keys: Any):
    (well,) = doctor.keys(None)  # type: ignore[arg-type]
    keys(NEW)
    (ill,) = doctor.keys(None)  # type: ignore[arg-type]

    assert well.ok and not ill.ok
    assert "1 of mail.mailserver" in ill.sentence
