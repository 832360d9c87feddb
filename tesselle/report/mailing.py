"""To whom the report goes by mail, each month on a day or after each campaign. Nobody unless a person said so;
never from practice."""

from datetime import datetime, timedelta

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.mail.services import is_set_up
from tesselle.report.models import ReportMailing
from tesselle.report.month import Month
from tesselle.workspaces.models import User, Workspace

LAST_DAY = 28
HOUR = 8
MOST = 10


@transaction.atomic
def mail_to(workspace: Workspace, *, address: str, day: int | None, language: str, by: User) -> ReportMailing:
    """From the next such day on, or each campaign's where `day` is None; an address that has it already
    gets the new day.

    Raises:
        RuleError: practice, no mail server, or too many addresses.
    """
    refuse_where_no_mail_leaves(workspace)
    others = ReportMailing.objects.filter(workspace=workspace).exclude(address=address)
    if others.values("address").distinct().count() >= MOST:
        raise RuleError(_TOO_MANY)
    mailing, _new = ReportMailing.objects.update_or_create(
        workspace=workspace,
        address=address,
        day__isnull=day is None,
        defaults={
            "day": day,
            "language": language,
            "next_at": next_time(workspace, day),
            "tries": 0,
            "trouble": {},
            "made_by": by,
        },
    )
    if day is None:
        _tell(mailing, "report.campaign_mailing_set", by)
    else:
        _tell(mailing, "report.mailing_set", by, day=day)
    return mailing


@transaction.atomic
def stop_mailing(mailing: ReportMailing, *, by: User) -> None:
    verb = "report.campaign_mailing_stopped" if mailing.day is None else "report.mailing_stopped"
    _tell(mailing, verb, by)
    mailing.delete()


def refuse_where_no_mail_leaves(workspace: Workspace) -> None:
    """Raises RuleError: with what stands in the way."""
    if workspace.is_practice:
        raise RuleError(_PRACTICE)
    if not is_set_up():
        raise RuleError(NO_SERVER)


def next_time(workspace: Workspace, day: int | None) -> datetime:
    """The next such day at eight in the morning, where the workspace is; None: the next day of all."""
    if day is None:
        today = workspace.now().astimezone(workspace.tz).replace(hour=HOUR, minute=0, second=0, microsecond=0)
        return today if today > workspace.now() else today + timedelta(days=1)
    month = Month.of(workspace.today(), workspace.tz)
    this = _at(month, day)
    return this if this > workspace.now() else _at(month.following, day)


def _at(month: Month, day: int) -> datetime:
    return datetime(month.first.year, month.first.month, day, HOUR, tzinfo=month.zone)


def _tell(mailing: ReportMailing, verb: str, by: User, **params: object) -> None:
    record(
        verb,
        workspace_id=mailing.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="report_mailing",
        subject_id=mailing.pk,
        address=mailing.address,
        **params,
    )


_PRACTICE = N_("Practice sends no mail. Take the PDF, or give a link.")
NO_SERVER = N_(
    "No mail server is set up, so no report can be mailed. The person who looks after this installation sets it "
    "up; until then give a link."
)
_TOO_MANY = N_("The report already goes to ten addresses. Stop one of them first.")
