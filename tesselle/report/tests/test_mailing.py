"""The report by mail: only where a person set it up, once a month or once a campaign, never from practice."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.compose.models import Post
from tesselle.journal.models import Entry
from tesselle.mail.models import MailServer
from tesselle.mail.tests.test_answers import Handler, mail_server
from tesselle.measure.tests.factories import make_channel, make_mark
from tesselle.ops.notifying import _WAITS
from tesselle.report.letters import MOST_TRIES, mail_due
from tesselle.report.models import ReportLink, ReportMailing
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import User, Workspace

WANTED = {"address": "rochat@example.org", "day": 9, "language": "en"}


@pytest.fixture
def post_office(db: None) -> Iterator[Handler]:
    handler = Handler()
    with mail_server(handler) as port:
        MailServer.objects.create(
            pk=1, host="127.0.0.1", port=port, security="none", from_address="nous@example.org"
        )
        yield handler


@pytest.fixture
def real(workspace: Workspace) -> Workspace:
    workspace.world_kind = Workspace.WorldKind.REAL
    workspace.save()
    return workspace


@pytest.fixture
def due(real: Workspace, alice: User) -> ReportMailing:
    return ReportMailing.objects.create(
        workspace=real, made_by=alice, next_at=timezone.now() - timedelta(minutes=1), **WANTED
    )


@pytest.fixture
def after_campaigns(real: Workspace, alice: User) -> ReportMailing:
    """Set up two weeks ago, and due."""
    return ReportMailing.objects.create(
        workspace=real,
        made_by=alice,
        made_at=timezone.now() - timedelta(days=14),
        next_at=timezone.now() - timedelta(minutes=1),
        **{**WANTED, "day": None},
    )


def add(client: Client, **more: object) -> int:
    return client.post(reverse("report:add_mailing"), {"what": "month", **WANTED, **more}).status_code


def ended(workspace: Workspace, days_ago: int, name: str = "Salon", *, is_out: bool = True) -> Campaign:
    """A campaign whose last day is so long ago; one of its posts went out."""
    last = workspace.today() - timedelta(days=days_ago)
    campaign = Campaign.objects.create(
        workspace=workspace, name=name, first_day=last - timedelta(days=20), last_day=last
    )
    if is_out:
        mark = make_mark(make_channel(workspace, name), days_ago + 1)
        Post.objects.filter(deliveries__series=mark.series).update(campaign=campaign)
    return campaign


def test_nothing_is_mailed_unless_somebody_set_it_up(real: Workspace, post_office: Handler):
    assert mail_due() == 0
    assert post_office.taken == []


def test_a_manager_sets_it_up_for_the_next_such_day(as_alice: Client, real: Workspace, post_office: Handler):
    assert add(as_alice) == 302

    mailing = ReportMailing.objects.get()
    local = mailing.next_at.astimezone(real.tz)
    assert (local.day, local.hour) == (9, 8)
    assert timezone.now() < mailing.next_at < timezone.now() + timedelta(days=32)
    assert Entry.objects.get(verb="report.mailing_set").params["address"] == "rochat@example.org"
    assert "rochat@example.org" in as_alice.get(reverse("report:share")).content.decode()
    assert mail_due() == 0


def test_link_and_pdf_go_once_in_the_language_that_was_chosen(
    client: Client, due: ReportMailing, post_office: Handler
):
    assert mail_due() == 1
    assert mail_due() == 0

    (letter,) = post_office.taken
    mail = message_from_bytes(letter.original_content or b"", policy=policy.default)
    assert mail["To"] == "rochat@example.org"
    assert "report for" in mail["Subject"]
    (pdf,) = mail.iter_attachments()
    assert pdf.get_content().startswith(b"%PDF-")
    link = re.search(r"/report/\S+", mail.get_body(("plain",)).get_content())
    assert link is not None
    assert client.get(link.group()).status_code == 200
    due.refresh_from_db()
    assert due.next_at > timezone.now()
    assert Entry.objects.filter(verb="report.mailed").count() == 1


@pytest.mark.parametrize("why", ["practice", "no server"])
def test_where_no_mail_leaves_the_page_says_why_and_takes_no_address(
    as_alice: Client, workspace: Workspace, post_office: Handler, why: str
):
    if why == "no server":
        MailServer.objects.all().delete()
    Workspace.objects.update(world_kind="practice" if why == "practice" else "real")
    said = "n’envoie pas d’e-mail" if why == "practice" else "Aucun serveur de messagerie"

    page = as_alice.get(reverse("report:share")).content.decode()

    assert said in page
    assert reverse("report:add_mailing") not in page
    assert add(as_alice) == 422
    assert not ReportMailing.objects.exists()


def test_practice_never_mails_even_when_a_row_says_so(due: ReportMailing, post_office: Handler):
    Workspace.objects.update(world_kind="practice")

    assert mail_due() == 0
    assert post_office.taken == []


def test_a_server_that_is_away_is_tried_again_then_left_until_next_month(
    as_alice: Client, due: ReportMailing, post_office: Handler
):
    MailServer.objects.update(port=1)
    for tries in range(1, MOST_TRIES):
        ReportMailing.objects.update(next_at=timezone.now())
        assert mail_due() == 0
        due.refresh_from_db()
        assert due.tries == tries
    ReportMailing.objects.update(next_at=timezone.now())
    mail_due()

    due.refresh_from_db()
    assert due.tries == 0 and due.next_at.astimezone(due.workspace.tz).day == 9
    assert "127.0.0.1" in as_alice.get(reverse("report:share")).content.decode()
    assert not ReportLink.objects.exists()


def test_a_manager_has_each_campaigns_report_mailed_beside_the_month_s(
    as_alice: Client, real: Workspace, post_office: Handler
):
    assert add(as_alice) == 302
    assert add(as_alice, what="campaign", day="") == 302
    assert add(as_alice, what="campaign", day="99") == 302

    assert sorted(ReportMailing.objects.values_list("day", flat=True), key=str) == [9, None]
    assert Entry.objects.filter(verb="report.campaign_mailing_set").count() == 2
    assert "après chaque campagne" in as_alice.get(reverse("report:share")).content.decode()


def test_a_monthly_report_needs_its_day(as_alice: Client, real: Workspace, post_office: Handler):
    assert add(as_alice, day="") == 422


def test_a_campaign_s_report_goes_once_when_its_last_posts_have_their_figures(
    client: Client, after_campaigns: ReportMailing, post_office: Handler
):
    ended(after_campaigns.workspace, 9)

    assert mail_due() == 1
    ReportMailing.objects.update(next_at=timezone.now())
    assert mail_due() == 0

    (letter,) = post_office.taken
    mail = message_from_bytes(letter.original_content or b"", policy=policy.default)
    assert "the campaign “Salon”" in mail["Subject"]
    (pdf,) = mail.iter_attachments()
    assert pdf.get_filename() == "tesselle-salon.pdf"
    link = re.search(r"/report/\S+", mail.get_body(("plain",)).get_content())
    assert link is not None
    assert "Salon" in client.get(link.group()).content.decode()
    assert Entry.objects.get(verb="report.campaign_mailed").params["campaign"] == "Salon"
    after_campaigns.refresh_from_db()
    assert after_campaigns.next_at.astimezone(after_campaigns.workspace.tz).hour == 8
    assert after_campaigns.next_at > timezone.now()


def test_campaigns_that_are_not_due_or_were_due_before_are_not_mailed(
    after_campaigns: ReportMailing, post_office: Handler
):
    workspace = after_campaigns.workspace
    ended(workspace, 8, "young")
    ended(workspace, 24, "before")
    ended(workspace, 10, "silent", is_out=False)
    Campaign.objects.filter(pk=ended(workspace, 10, "retired").pk).update(retired_at=timezone.now())

    assert mail_due() == 0
    assert post_office.taken == []


def test_two_campaigns_that_end_together_go_as_two_letters_one_after_the_other(
    after_campaigns: ReportMailing, post_office: Handler
):
    for name in ("Salon", "Foire"):
        ended(after_campaigns.workspace, 9, name)

    assert [mail_due(), mail_due(), mail_due()] == [1, 1, 0]


def test_a_campaign_s_report_that_could_not_leave_is_tried_again(
    after_campaigns: ReportMailing, post_office: Handler
):
    ended(after_campaigns.workspace, 9)
    port = MailServer.objects.get().port
    MailServer.objects.update(port=1)
    assert mail_due() == 0
    MailServer.objects.update(port=port)
    ReportMailing.objects.update(next_at=timezone.now())

    assert mail_due() == 1
    after_campaigns.refresh_from_db()
    assert after_campaigns.trouble == {}


def test_it_can_be_stopped(as_alice: Client, due: ReportMailing):
    assert as_alice.post(reverse("report:stop_mailing", args=[due.pk])).status_code == 302

    assert not ReportMailing.objects.exists()
    assert Entry.objects.filter(verb="report.mailing_stopped").exists()


def test_the_worker_sees_that_one_is_due(due: ReportMailing):
    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_WAITS.replace("$1", "%s"), [["nothing"]])
            return bool(cursor.fetchone()[0])

    assert waits()
    ReportMailing.objects.update(next_at=timezone.now() + timedelta(hours=1))
    assert not waits()


def test_who_does_not_manage_and_strangers_change_nothing(
    client: Client, bob: User, mallory: User, due: ReportMailing, post_office: Handler
):
    for person, status in ((bob, 403), (mallory, 404)):
        client.force_login(person)
        assert "rochat@example.org" not in client.get(reverse("report:share")).content.decode()
        assert client.post(reverse("report:stop_mailing", args=[due.pk])).status_code == status

    assert ReportMailing.objects.count() == 1
