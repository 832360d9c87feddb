"""Writing into the register: who agreed to what, on which pictures, and that they no longer do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.library.models import Asset, Consent, ConsentOnAsset
from tesselle.workspaces.models import User, Workspace


@dataclass(frozen=True, slots=True)
class Agreed:
    """As it is noted. `networks` empty: all."""

    who: str
    concerns: str
    agreed: str
    given_on: date
    networks: Sequence[str] = ()
    until: date | None = None
    proof: str = ""


@transaction.atomic
def note_consent(workspace: Workspace, agreed: Agreed, *, by: User) -> Consent:
    consent = Consent(workspace=workspace, noted_by=by)
    _write(consent, agreed)
    consent.save()
    _tell(consent, "consent.noted", by)
    return consent


@transaction.atomic
def change_consent(consent: Consent, agreed: Agreed, *, by: User) -> None:
    _write(consent, agreed)
    consent.save()
    _tell(consent, "consent.changed", by)


@transaction.atomic
def withdraw(consent: Consent, *, by: User) -> None:
    """For good: who agrees again is noted again. What is planned with those pictures does not go out."""
    done = Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(
        withdrawn_at=consent.workspace.now()
    )
    if done:
        consent.refresh_from_db()
        _tell(consent, "consent.withdrawn", by)


@transaction.atomic
def forget(consent: Consent, *, by: User) -> None:
    """Raises RuleError: pictures still depend on it."""
    if consent.shown_on.exists():
        raise RuleError(Message(_STILL_SHOWN, {"who": consent.who}))
    _tell(consent, "consent.forgotten", by)
    consent.delete()


@transaction.atomic
def say_who(asset: Asset, *, recognisable: bool, consents: Sequence[Consent], by: User) -> None:
    """All that is known of one picture, in place of what was said before."""
    _mark([asset], recognisable=recognisable or bool(consents))
    ConsentOnAsset.objects.filter(asset=asset).exclude(consent__in=consents).delete()
    _link([asset], consents)
    record(
        "asset.people_told",
        workspace_id=asset.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="asset",
        subject_id=asset.pk,
        count=len(consents),
    )


@transaction.atomic
def add_to(consent: Consent, assets: Sequence[Asset], *, by: User) -> None:
    """This person is on these pictures too."""
    _mark(assets, recognisable=True)
    _link(assets, [consent])
    _tell(consent, "consent.extended", by, count=len(assets))


def _mark(assets: Iterable[Asset], *, recognisable: bool) -> None:
    Asset.objects.filter(pk__in=[asset.pk for asset in assets]).update(recognisable=recognisable)


def _link(assets: Sequence[Asset], consents: Sequence[Consent]) -> None:
    links = [ConsentOnAsset(asset=asset, consent=consent) for asset in assets for consent in consents]
    ConsentOnAsset.objects.bulk_create(links, ignore_conflicts=True)


def _write(consent: Consent, agreed: Agreed) -> None:
    consent.who, consent.concerns, consent.agreed = agreed.who, agreed.concerns, agreed.agreed
    consent.networks, consent.proof = list(agreed.networks), agreed.proof
    consent.given_on, consent.until = agreed.given_on, agreed.until


def _tell(consent: Consent, verb: str, by: User, **params: object) -> None:
    """Without the name: the journal is kept for ever, and what it says of somebody could not be forgotten."""
    record(
        verb,
        workspace_id=consent.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="consent",
        subject_id=consent.pk,
        **params,
    )


_STILL_SHOWN = N_(
    "What %(who)s agreed to still stands on pictures, so it stays. Take it off those pictures first."
)
