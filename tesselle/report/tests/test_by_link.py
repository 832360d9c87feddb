"""The report by a link: read without an account, for as long as it lasts, and told to nobody else."""

import hashlib
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.journal.models import Entry
from tesselle.measure.models import BusinessResult
from tesselle.report.links import make_link
from tesselle.report.models import ReportLink
from tesselle.report.month import Month
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def month(workspace: Workspace) -> Month:
    month = Month.of(workspace.today(), workspace.tz)
    BusinessResult.objects.create(workspace=workspace, day=month.first, kind="quote", count=7)
    return month


@pytest.fixture
def token(workspace: Workspace, month: Month, alice: User) -> str:
    return make_link(workspace, month, name="Mme Rochat", days=30, by=alice)[1]


def give(client: Client, month: Month) -> str:
    page = client.post(f"{reverse('report:give')}?month={month.key}", {"name": "Mme Rochat", "days": 30})
    assert page.status_code == 200, page.content.decode()
    return str(page.context["address"])


def test_a_member_makes_a_link_that_reads_without_an_account(as_alice: Client, month: Month):
    address = give(as_alice, month)

    page = Client().get("/report/" + address.rsplit("/", 1)[1])

    assert page.status_code == 200
    assert "7 demandes de devis" in page.content.decode()
    assert Entry.objects.get(verb="report.link_made").params["name"] == "Mme Rochat"


def test_its_end_is_told_in_the_zone_of_the_company(client: Client, workspace: Workspace, token: str):
    Workspace.objects.filter(pk=workspace.pk).update(zone="America/Montreal")
    ends = (timezone.now() + timedelta(days=9)).replace(hour=20, minute=17, tzinfo=UTC)
    ReportLink.objects.update(expires_at=ends)

    page = client.get(f"/report/{token}").content.decode()

    assert f"{ends.astimezone(ZoneInfo('America/Montreal')):%H:%M}" in page
    assert f"{ends.astimezone(ZoneInfo('Europe/Zurich')):%H:%M}" not in page


@pytest.mark.parametrize(("language", "word"), [("fr", "Quotes"), ("en", "Quote requests")])
def test_it_is_read_in_the_readers_language(client: Client, token: str, language: str, word: str):
    page = client.get(f"/report/{token}", headers={"accept-language": language}).content.decode()

    assert (word in page) == (language == "en")


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_files_can_be_taken(client: Client, token: str, month: Month, kind: str):
    answer = client.get(f"/report/{token}/file.{kind}")

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="tesselle-{month.key}.{kind}"'
    assert client.get(f"/report/{token}/file.exe").status_code == 404


def test_it_is_told_to_no_other_site_and_kept_nowhere(client: Client, token: str):
    for path in (f"/report/{token}", "/report/guess"):
        headers = client.get(path).headers

        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"


def test_opening_it_changes_nothing(client: Client, token: str):
    before = list(ReportLink.objects.values()), Entry.objects.count()

    client.get(f"/report/{token}")
    assert client.post(f"/report/{token}").status_code == 405

    assert (list(ReportLink.objects.values()), Entry.objects.count()) == before


def test_only_the_hash_of_the_token_is_kept(token: str):
    assert ReportLink.objects.get().digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(Entry.objects.values_list("params", flat=True)))


@pytest.mark.parametrize("why", ["expired", "withdrawn", "unknown", "workspace deleted"])
def test_a_link_that_is_no_longer_good_opens_nothing(client: Client, token: str, why: str):
    match why:
        case "expired":
            ReportLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "withdrawn":
            ReportLink.objects.update(withdrawn_at=timezone.now())
        case "workspace deleted":
            Workspace.objects.update(deleted_at=timezone.now())
        case _:
            token = token[:-1] + ("a" if token[-1] != "a" else "b")

    page = client.get(f"/report/{token}")

    assert page.status_code == 404
    assert "Demandez un nouveau lien" in page.content.decode()
    assert "devis" not in page.content.decode()
    assert client.get(f"/report/{token}/file.pdf").status_code == 404


def test_a_member_withdraws_it(as_alice: Client, token: str):
    link = ReportLink.objects.get()

    assert as_alice.post(reverse("report:withdraw", args=[link.pk])).status_code == 302

    assert Client().get(f"/report/{token}").status_code == 404
    assert Entry.objects.filter(verb="report.link_withdrawn").count() == 1


def test_who_only_reads_gives_nothing_away(client: Client, chloe: User, month: Month):
    client.force_login(chloe)

    assert "report/share" not in client.get(reverse("report:report")).content.decode()
    assert client.get(reverse("report:share")).status_code == 403
    assert client.post(reverse("report:give"), {"name": "x", "days": 30}).status_code == 403


def test_a_stranger_can_neither_see_nor_withdraw_a_link(client: Client, mallory: User, token: str):
    client.force_login(mallory)

    assert "Mme Rochat" not in client.get(reverse("report:share")).content.decode()
    assert client.post(reverse("report:withdraw", args=[ReportLink.objects.get().pk])).status_code == 404
    assert ReportLink.objects.get().withdrawn_at is None


def test_too_many_tries_are_turned_away(client: Client, token: str):
    for _ in range(60):
        client.get("/report/guess")

    assert client.get(f"/report/{token}").status_code == 429


@pytest.mark.parametrize("world", ["real", "practice"])
def test_practice_says_that_it_is_practice(client: Client, token: str, world: str):
    Workspace.objects.update(world_kind=world)

    assert ("entraînement" in client.get(f"/report/{token}").content.decode()) == (world == "practice")
