"""Who answers for a sign-in. Posts nothing."""

from collections.abc import Mapping

from tesselle.connectors.dialects.graph.login import inspect
from tesselle.connectors.dialects.graph.wire import base_of
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.networks.threads.wire import APP_PREFIX, ME, THREADS

BASIC, PUBLISH, REPLY = "threads_basic", "threads_content_publish", "threads_manage_replies"
SCOPES = (BASIC, PUBLISH, REPLY, "threads_read_replies", "threads_manage_insights", "threads_delete")
NEEDED = (BASIC, PUBLISH)
FIELDS = "id,username,name,is_verified"
KEPT = ("access_token", "refresh_token", "expires_at", "scope", "client_id", "client_secret", "way", "base")

NOT_GIVEN = N_("The right %(right)s was not given. Sign in again and leave every right ticked.")
NO_PROFILE = N_("Threads does not say whose sign-in this is. Begin again.")
SIGN_IN_AGAIN = N_("The network no longer accepts the sign-in. Connect the channel again.")


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    told = {**api.account.credentials, **answers}
    kept = {name: value for name, value in told.items() if name in KEPT and value}
    try:
        me = await THREADS.ask(api, ME, {"fields": FIELDS}, kept)
        number, name = str(me["id"]), str(me.get("username") or "")
        token = await inspect(THREADS, kept, api, APP_PREFIX)
    except (ValueError, KeyError) as error:
        raise NotSentError(Message(NO_PROFILE)) from error
    if not token.valid:
        raise BlockedError(Message(SIGN_IN_AGAIN), BlockReason.SIGN_IN)
    account = Account(
        "profile", number, f"@{name}", base_of(api, kept), {"scopes": sorted(token.scopes)}, kept
    )
    missing = tuple(Message(NOT_GIVEN, {"right": right}) for right in NEEDED if right not in token.scopes)
    address = f"https://www.threads.com/@{name}"
    return Identity(account, str(me.get("name") or name), address, missing)
