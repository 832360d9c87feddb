"""Everything that is sealed in the database, wherever it stands: to be tried, or put under the newest key.

A column is found by its name (`sealed…`), so a folder that seals something else is found too; second
factors are allauth's own rows, sealed through its adapter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models, transaction

from tesselle.vault import secrets


@dataclass(slots=True)
class Tally:
    """How many secrets were opened, and how many no key of ours opens."""

    opened: int = 0
    lost: int = 0


@transaction.atomic
def look() -> dict[str, Tally]:
    """By model's name, such as `channels.channel`."""
    return _each(_tried)


def _tried(text: str) -> str:
    secrets.unseal(text)
    return text


@transaction.atomic
def reseal_all() -> dict[str, Tally]:
    """What no key opens stays as it is."""
    return _each(secrets.reseal)


def _each(act: Callable[[str], str]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for row, texts, put in _sealed():
        tally = tallies.setdefault(row._meta.label_lower, Tally())
        changed = False
        for name, text in texts.items():
            try:
                fresh = act(text)
            except InvalidToken:
                tally.lost += 1
                continue
            tally.opened += 1
            changed = changed or fresh != text
            put(row, name, fresh)
        if changed:
            row.save(update_fields=_columns(row))
    return tallies


Put = Callable[[Any, str, str], None]


def _sealed() -> Iterator[tuple[models.Model, dict[str, str], Put]]:
    """Each row with something sealed: the texts by name, and how to put one back."""
    for model in apps.get_models():
        if columns := _sealed_columns(model):
            for row in model._default_manager.select_for_update().iterator(chunk_size=500):
                texts = {name: getattr(row, name) for name in columns if getattr(row, name)}
                if texts:
                    yield row, texts, setattr
    for factor in _factors():
        texts = {name: factor.data[name] for name in ("secret", "seed") if factor.data.get(name)}
        if texts:
            yield factor, texts, _put_in_data


def _factors() -> Iterator[Any]:
    """Authenticator apps and recovery codes; a passkey keeps nothing secret here."""
    from allauth.mfa.models import Authenticator

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    yield from Authenticator.objects.select_for_update().filter(type__in=kinds)


def _put_in_data(row: Any, name: str, text: str) -> None:
    row.data = {**row.data, name: text}


def _sealed_columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name.startswith("sealed")]


def _columns(row: models.Model) -> list[str]:
    return _sealed_columns(type(row)) or ["data"]
