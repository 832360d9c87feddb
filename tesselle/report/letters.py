"""Mailing the reports that are due: the link in the letter, the PDF with it. A campaign's is due once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tesselle.documents.formats import MIMES
from tesselle.documents.making import as_file
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import Message
from tesselle.journal.services import record
from tesselle.mail.sending import Attached, send_by
from tesselle.mail.services import Route, route
from tesselle.report.campaign import OfCampaign
from tesselle.report.campaigns_due import due_campaigns
from tesselle.report.letterhead import document_of
from tesselle.report.links import make_link
from tesselle.report.mailing import NO_SERVER, next_time
from tesselle.report.models import MailedCampaign, ReportMailing
from tesselle.report.month import Month
from tesselle.report.scope import Scope, file_name_of, journal_of, words_of
from tesselle.workspaces.models import Workspace

LINK_DAYS = 90
MOST_TRIES = 5


def mail_due() -> int:
    """Each in a transaction of its own; returns how many left."""
    due = ReportMailing.objects.filter(
        next_at__lte=timezone.now(),
        workspace__world_kind=Workspace.WorldKind.REAL,
        workspace__deleted_at=None,
    )
    return sum(_mail(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _mail(mailing_id: int) -> bool:
    """Whoever comes second finds the row taken, or done."""
    mailing = (
        ReportMailing.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("workspace", "made_by")
        .filter(pk=mailing_id, next_at__lte=timezone.now())
        .first()
    )
    if mailing is None:
        return False
    scope = _due_scope(mailing)
    if scope is None:
        _rest(mailing)
        return False
    try:
        # Within: a link that nobody was sent is not kept.
        with transaction.atomic():
            _send(mailing, scope)
    except RuleError as refused:
        _again(mailing, refused.message)
        return False
    mailing.sent_at = timezone.now()
    _rest(mailing)
    return True


def _due_scope(mailing: ReportMailing) -> Scope | None:
    """None: no campaign's report is due."""
    workspace = mailing.workspace
    if mailing.day is not None:
        return Month.of(workspace.today(), workspace.tz).previous
    campaign = due_campaigns(mailing).first()
    return OfCampaign(campaign) if campaign is not None else None


def _rest(mailing: ReportMailing) -> None:
    """Until its next time; not at all while another campaign is due."""
    waits = mailing.day is None and due_campaigns(mailing).exists()
    mailing.tries, mailing.trouble = 0, {}
    mailing.next_at = timezone.now() if waits else next_time(mailing.workspace, mailing.day)
    mailing.save(update_fields=["tries", "trouble", "sent_at", "next_at"])


def _send(mailing: ReportMailing, scope: Scope) -> None:
    """Raises RuleError: it did not leave, and why."""
    workspace = mailing.workspace
    way = route()
    if way is None:
        raise RuleError(NO_SERVER)
    _link, token = make_link(workspace, scope, name=mailing.address, days=LINK_DAYS, by=mailing.made_by)
    with translation.override(mailing.language):
        _hand_over(way, mailing, scope, token)
    if isinstance(scope, OfCampaign):
        MailedCampaign.objects.create(mailing=mailing, campaign=scope.campaign)
    verb, of = journal_of(scope, "mailed")
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=None,
        actor_name="",
        subject_kind="report_mailing",
        subject_id=mailing.pk,
        address=mailing.address,
        **of,
    )


def _hand_over(way: Route, mailing: ReportMailing, scope: Scope, token: str) -> None:
    workspace = mailing.workspace
    names = {
        "workspace": workspace,
        "scope": words_of(scope),
        "link": settings.PUBLIC_URL + reverse("report:by_link", args=[token]),
        "days": LINK_DAYS,
        "person": mailing.made_by or workspace,
    }
    subject = _("%(workspace)s: report for %(scope)s") % names
    body = (
        _(
            "Hello,\n\nhere is the report of %(workspace)s for %(scope)s, as a PDF with this letter and as a page:\n\n"
            "%(link)s\n\nThe page can be read for %(days)s days, by whoever has this address. %(person)s had this "
            "mail set up; if you do not want it any more, tell them.\n"
        )
        % names
    )
    document = document_of(workspace, scope)
    pdf = Attached(f"{file_name_of(scope)}.pdf", as_file(document, "pdf"), MIMES["pdf"])
    said = send_by(way, to=mailing.address, subject=" ".join(subject.split()), body=body, attached=pdf)
    if said is not None:
        raise RuleError(said)


def _again(mailing: ReportMailing, why: Message) -> None:
    """After ten minutes, twenty, forty and so on; then at its next time. The page shows why."""
    mailing.tries += 1
    mailing.trouble = {"sentence": why.sentence, "params": dict(why.params)}
    if mailing.tries < MOST_TRIES:
        mailing.next_at = timezone.now() + timedelta(minutes=10 * 2 ** (mailing.tries - 1))
    else:
        mailing.tries, mailing.next_at = 0, next_time(mailing.workspace, mailing.day)
    mailing.save(update_fields=["tries", "trouble", "next_at"])
