"""Making links, withdrawing them, counting who follows them."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from tesselle.compose.models import Revision
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.links import addresses
from tesselle.links.models import Link, LinkChoice
from tesselle.workspaces.models import User, Workspace


def make(workspace: Workspace, target: str, *, by: User | None, label: str = "") -> Link:
    """Raises RuleError for what is no page, and where nobody outside reaches this installation."""
    if not addresses.address_for(workspace):
        raise RuleError(NO_PUBLIC_ADDRESS)
    if not addresses.may_lead_to(target) or addresses.is_ours(target):
        raise RuleError(_NO_PAGE)
    return Link.objects.create(
        workspace=workspace, code=addresses.new_code(), target=target, label=label, made_by=by
    )


@transaction.atomic
def make_by_hand(workspace: Workspace, target: str, label: str, *, by: User) -> Link:
    """Raises RuleError as `make`."""
    link = make(workspace, target, by=by, label=label)
    _tell("link.made", link, by)
    return link


@transaction.atomic
def withdraw(link: Link, *, by: User) -> None:
    link.withdrawn_at = timezone.now()
    link.save(update_fields=["withdrawn_at"])
    _tell("link.withdrawn", link, by)


@transaction.atomic
def restore(link: Link, *, by: User) -> None:
    """The undo of withdrawing."""
    link.withdrawn_at = None
    link.save(update_fields=["withdrawn_at"])
    _tell("link.restored", link, by)


@transaction.atomic
def choose(workspace: Workspace, *, automatic: bool, by: User) -> None:
    LinkChoice.objects.update_or_create(workspace=workspace, defaults={"automatic": automatic})
    verb = "links.automatic" if automatic else "links.by_hand"
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
    )


def note_post(revision: Revision) -> None:
    """The post that carries a link first is the one its visits belong to."""
    codes = {code for text in _texts(revision.shared_content) for code in _codes(text)}
    for variant in revision.variants.all():
        codes |= {code for text in _texts(variant.content) for code in _codes(text)}
    if codes:
        Link.objects.filter(workspace=revision.post.workspace_id, code__in=codes, post=None, label="").update(
            post=revision.post
        )


def _texts(content: Content) -> tuple[str, ...]:
    return (*content.texts, content.link, content.first_comment)


def _codes(text: str) -> set[str]:
    found: set[str] = set()

    def keep(url: str) -> str:
        if addresses.is_ours(url):
            found.add(addresses.read_place(url.rsplit("/", 1)[1])[0])
        return url

    addresses.replaced(text, keep)
    return found


_COUNT = """
INSERT INTO links_linkday (link_id, channel_id, day, visits, filtered)
VALUES (%s, (SELECT id FROM channels_channel WHERE id = %s AND workspace_id = %s), %s, %s, %s)
ON CONFLICT (link_id, channel_id, day) DO UPDATE
SET visits = links_linkday.visits + excluded.visits, filtered = links_linkday.filtered + excluded.filtered
"""


def count(link: Link, channel_id: int, day: date, *, is_machine: bool) -> None:
    """One more. A channel of others counts as none. Nothing of who it was is kept."""
    visits, filtered = (0, 1) if is_machine else (1, 0)
    add(link, channel_id, day, visits=visits, filtered=filtered)


def add(link: Link, channel_id: int, day: date, *, visits: int, filtered: int) -> None:
    """So many more at once."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [link.pk, channel_id, link.workspace_id, day, visits, filtered])


def _tell(verb: str, link: Link, by: User) -> None:
    record(
        verb,
        workspace_id=link.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=link.workspace_id,
        code=link.code,
        target=link.target[:200],
    )


NO_PUBLIC_ADDRESS = N_(
    "Short links need an address that people outside can reach. Whoever looks after this installation sets "
    "PUBLIC_URL to it. Until then addresses are marked with UTM only, for your website’s own statistics."
)
_NO_PAGE = N_("This is no address of a web page. Write it whole, such as https://example.ch/floors.")
