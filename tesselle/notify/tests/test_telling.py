"""Who is told what: once, in the page at once, by mail when it is due, never from a practice workspace."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from tesselle.domain.messages import Message
from tesselle.mail.models import MailServer
from tesselle.mail.tests.test_answers import Handler, mail_server
from tesselle.notify import wishes
from tesselle.notify.models import Kind, Letter, Notice, Wish
from tesselle.notify.outbox import send_due
from tesselle.notify.services import mark_read, next_digest, tell
from tesselle.workspaces.models import Member, Role, User, Workspace

WHAT = Message("Your approval is asked for: “%(post)s”", {"post": "Zellige"})


@pytest.fixture
def post_office(db: None) -> Iterator[Handler]:
    handler = Handler()
    with mail_server(handler) as port:
        MailServer.objects.create(
            pk=1,
            host="127.0.0.1",
            port=port,
            security=MailServer.Security.NONE,
            from_address="nous@example.org",
        )
        yield handler


@pytest.fixture
def real(db: None, alice: User) -> Workspace:
    made = Workspace.objects.create(name="Atelier")
    Member.objects.create(workspace=made, user=alice, role=Role.OWNER)
    return made


def told(workspace: Workspace, user: User, key: str = "a", kind: str = Kind.APPROVAL) -> int:
    return tell(workspace, [user.pk], kind, WHAT, url="/posts/1/approval", key=key)


def make_due() -> None:
    Letter.objects.update(due_at=timezone.now())


def test_the_same_thing_is_told_once_and_to_members_only(real: Workspace, alice: User, mallory: User) -> None:
    assert (told(real, alice), told(real, alice), told(real, mallory)) == (1, 0, 0)
    assert Notice.objects.get().user == alice


def test_all_that_is_due_goes_in_one_mail_in_the_readers_language(
    real: Workspace, alice: User, post_office: Handler
) -> None:
    told(real, alice, "a")
    told(real, alice, "b")
    assert send_due() == 0  # it gathers for a moment
    make_due()

    assert send_due() == 2 and send_due() == 0

    (mail,) = post_office.taken
    read = message_from_bytes(mail.original_content or b"", policy=policy.default)
    assert read["To"] == alice.email and "choses à savoir" in read["Subject"]
    assert read.get_content().count("Votre approbation est demandée") == 2
    assert "/settings/notifications" in read.get_content()


def test_nobody_is_mailed_from_a_practice_workspace_and_its_own_time_counts(
    workspace: Workspace, alice: User, post_office: Handler
) -> None:
    workspace.clock_shift = timedelta(days=30)
    workspace.save()

    told(workspace, alice)

    assert not Letter.objects.exists()
    assert Notice.objects.get().at > timezone.now() + timedelta(days=29)


def test_without_a_mail_server_nothing_piles_up_and_the_page_says_so(
    as_alice: Client, real: Workspace, alice: User
) -> None:
    told(real, alice)

    assert not Letter.objects.exists()
    assert "Aucun serveur de messagerie" in as_alice.get("/settings/notifications").content.decode()


def test_whoever_does_not_want_mail_gets_none(real: Workspace, alice: User, post_office: Handler) -> None:
    wishes.keep(alice, {Kind.APPROVAL: wishes.Way(Wish.Mail.NO)})

    told(real, alice)

    assert not Letter.objects.exists() and Notice.objects.exists()


def test_what_was_read_meanwhile_is_not_mailed(real: Workspace, alice: User, post_office: Handler) -> None:
    told(real, alice)
    mark_read(alice, real)
    make_due()

    assert send_due() == 0 and post_office.taken == []


def test_a_mail_server_that_is_away_is_tried_again_and_then_left(
    real: Workspace, alice: User, post_office: Handler
) -> None:
    MailServer.objects.update(port=1)
    told(real, alice)
    for tries in range(1, 5):
        make_due()
        send_due()
        assert Letter.objects.get().tries == tries
    make_due()
    send_due()

    assert not Letter.objects.exists() and Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-07-01T04:59:00", "2026-07-01T05:00:00"),  # 6:59 in Zurich
        ("2026-07-01T05:00:00", "2026-07-02T05:00:00"),
        ("2026-10-24T12:00:00", "2026-10-25T06:00:00"),  # the night the clocks go back
    ],
)
def test_a_digest_leaves_at_seven_where_the_reader_is(now: str, due: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert next_digest(at, ZoneInfo("Europe/Zurich")) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_the_bell_counts_until_it_is_read(as_alice: Client, workspace: Workspace, alice: User) -> None:
    told(workspace, alice)
    notice = Notice.objects.get()
    assert "1 non lue" in as_alice.get("/notifications/bell").content.decode()
    assert "Votre approbation est demandée" in as_alice.get("/notifications").content.decode()

    answer = as_alice.get(f"/notifications/{notice.pk}")

    assert answer.status_code == 302 and answer.headers["Location"] == "/posts/1/approval"
    assert "non lue" not in as_alice.get("/notifications/bell").content.decode()


def test_ones_wishes_are_kept(as_alice: Client, alice: User) -> None:
    said = {f"mail_{kind}": "daily" for kind in Kind.values} | {f"push_{Kind.MENTION}": "on"}

    assert as_alice.post("/settings/notifications", said).status_code == 302

    ways = wishes.ways_of(alice)
    assert ways[Kind.DELIVERY] == wishes.Way(Wish.Mail.DAILY, push=False)
    assert ways[Kind.MENTION] == wishes.Way(Wish.Mail.DAILY, push=True)


def test_nobody_opens_the_notice_of_another(
    client: Client, workspace: Workspace, alice: User, mallory: User
) -> None:
    told(workspace, alice)
    client.force_login(mallory)

    assert client.get(f"/notifications/{Notice.objects.get().pk}").status_code == 404
