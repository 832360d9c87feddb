"""Connecting a website's statistics, and letting go of them."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction

from tesselle.domain.errors import NetworkError, RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.measure.models import VisitSource
from tesselle.measure.site.reading import ask
from tesselle.measure.site.told import Asked
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace


def connect(workspace: Workspace, kind: str, server: str, site: str, token: str, *, by: User) -> VisitSource:
    """Asked for yesterday first: what does not answer is not kept. One that is known gets the new token.

    Raises:
        RuleError: a practice company, no address, or what the statistics said.
    """
    if workspace.is_practice:
        raise RuleError(PRACTICE)
    server = _origin(server)
    yesterday = workspace.today() - timedelta(days=1)
    try:
        ask(kind, Asked(VisitSource.Kind(kind).label, server, site, token), yesterday, yesterday)
    except NetworkError as error:
        raise RuleError(error.message) from error
    return _keep(workspace, kind, server, site, token, by)


@transaction.atomic
def _keep(workspace: Workspace, kind: str, server: str, site: str, token: str, by: User) -> VisitSource:
    fresh = {
        "sealed_token": secrets.seal({"token": token}),
        "next_at": workspace.now(),
        "failures": 0,
        "problem": {},
        "made_by": by,
    }
    source, _made = VisitSource.objects.update_or_create(
        workspace=workspace, kind=kind, server=server, site=site, defaults=fresh
    )
    _tell("visits.source_connected", source, by)
    return source


@transaction.atomic
def let_go(source: VisitSource, *, by: User) -> None:
    """The token is forgotten; what was read stays."""
    source.sealed_token, source.next_at, source.problem = "", None, {}
    source.save(update_fields=["sealed_token", "next_at", "problem"])
    _tell("visits.source_let_go", source, by)


@transaction.atomic
def read_again(source: VisitSource) -> None:
    """As soon as the worker comes round."""
    VisitSource.objects.filter(pk=source.pk).exclude(sealed_token="").update(next_at=source.workspace.now())


def _origin(server: str) -> str:
    """Its folder belongs to it, as Matomo often stands in one."""
    try:
        parts = urlsplit(server.strip())
        is_server = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half a bracket, a port that there is none of
        raise RuleError(_NO_ADDRESS) from None
    if not is_server or "@" in parts.netloc:
        raise RuleError(_NO_ADDRESS)
    return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('index.php').rstrip('/')}"


def _tell(verb: str, source: VisitSource, by: User) -> None:
    record(
        verb,
        workspace_id=source.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=source.workspace_id,
        name=str(source),
    )


PRACTICE = N_("A practice company speaks to nobody outside. Bring a file to see how visits look.")
_NO_ADDRESS = N_("This is no address of a server. Write it whole, such as https://plausible.io.")
