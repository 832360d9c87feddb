"""The access token in use. Mastodon's never run out; some cousins' do and are renewed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tesselle.connectors.protocols import Account, Api
from tesselle.domain.errors import BlockedError
from tesselle.domain.messages import Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.mastodon import auth
from tesselle.networks.mastodon.answers import SIGN_IN

RENEW_BEFORE = timedelta(hours=1)


def can_renew(account: Account) -> bool:
    return bool(account.credentials.get("refresh_token"))


def is_fresh(saved: Mapping[str, str], now: datetime) -> bool:
    if not saved.get("access_token"):
        return False
    expires_at = saved.get("expires_at", "")
    return not expires_at or datetime.fromisoformat(expires_at) - RENEW_BEFORE > now


async def open_or_renew(saved: Mapping[str, str], api: Api) -> Mapping[str, str]:
    """Each renewal brings the next refresh token, kept with the session."""
    kept = {**api.account.credentials, **saved}
    refresh_token = kept.get("refresh_token", "")
    first = not saved.get("access_token") and is_fresh(api.account.credentials, api.now)
    if first or not refresh_token:
        if not kept.get("access_token"):
            raise BlockedError(Message(SIGN_IN), BlockReason.SIGN_IN)
        return {name: kept[name] for name in ("access_token", "refresh_token") if kept.get(name)} | (
            {"expires_at": kept["expires_at"]} if refresh_token and kept.get("expires_at") else {}
        )
    client = auth.Client(kept.get("client_id", ""), kept.get("client_secret", ""))
    return await auth.renew(api.account.server, client, refresh_token, api)
