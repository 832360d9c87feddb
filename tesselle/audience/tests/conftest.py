import pytest

from tesselle.audience.models import MailingList
from tesselle.audience.services import ensure_list
from tesselle.mail import services as mail
from tesselle.mail.services import Route
from tesselle.workspaces.models import Workspace


@pytest.fixture
def mailing_list(workspace: Workspace) -> MailingList:
    return ensure_list(
        workspace=workspace,
        key="atelier@example.org/x",
        name="L’atelier",
        sender="atelier@example.org",
        language="fr",
    )


@pytest.fixture
def open_list(mailing_list: MailingList, mailbox) -> MailingList:
    """Of a real workspace, its form open, a mail server at hand."""
    mailing_list.workspace.world_kind = Workspace.WorldKind.REAL
    mailing_list.workspace.save(update_fields=["world_kind"])
    mailing_list.is_open = True
    mailing_list.save(update_fields=["is_open"])
    return mailing_list


@pytest.fixture
def mailbox(db: None, monkeypatch):
    """What the installation's mail server was handed: (address, subject, body)."""
    sent: list[tuple[str, str, str]] = []
    mail.keep(Route("localhost", 25, "none", "", "", "tesselle@example.org"))

    def send(_route, *, to, subject, body):
        sent.append((to, subject, body))

    monkeypatch.setattr("tesselle.audience.letters.send_by", send)
    return sent
