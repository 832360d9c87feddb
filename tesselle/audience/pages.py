"""What the pages of a list show, computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse

from tesselle.audience import selectors
from tesselle.audience.forms import AddForm, ImportForm, ListForm
from tesselle.audience.importing import Imported
from tesselle.audience.models import MailingList, Subscriber
from tesselle.mail import services as mail
from tesselle.web.sentences import say
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member, Workspace

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    subscriber: Subscriber
    may_leave: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line of an imported table that was left out."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ImportTold:
    added: int
    known: int
    troubles: Sequence[Trouble]
    not_told: int


@dataclass(frozen=True, slots=True)
class ListPage:
    list: MailingList
    counts: selectors.Counts
    page: Page[Subscriber]
    rows: Sequence[Row]
    states: Sequence[tuple[str, Any]]
    state: str
    search: str
    is_narrowed: bool
    form_url: str
    is_practice: bool
    mail_is_set_up: bool
    may_manage: bool


def list_page(mailing_list: MailingList, member: Member, asked: Any) -> ListPage:
    state, search = str(asked.get("state", "")), str(asked.get("search", "")).strip()[:100]
    found = selectors.subscribers(mailing_list, state=state, search=search)
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    return ListPage(
        list=mailing_list,
        counts=selectors.counts(mailing_list),
        page=page,
        rows=[_row(one) for one in page.object_list],
        states=Subscriber.State.choices,
        state=state,
        search=search,
        is_narrowed=bool(search) or state in Subscriber.State.values,
        form_url=settings.PUBLIC_URL + reverse("audience:join", args=[mailing_list.public_id]),
        is_practice=mailing_list.workspace.world_kind != Workspace.WorldKind.REAL,
        mail_is_set_up=mail.is_set_up(),
        may_manage=may(member, Right.MANAGE),
    )


def _row(one: Subscriber) -> Row:
    return Row(one, one.state != Subscriber.State.LEFT)


def forms_of(mailing_list: MailingList, **given: Any) -> dict[str, Any]:
    """The page's forms, those given (with their errors) in place of the empty ones."""
    return {
        "add_form": AddForm(prefix="add"),
        "import_form": ImportForm(prefix="import"),
        "list_form": ListForm(instance=mailing_list, prefix="list"),
        **given,
    }


def told(imported: Imported) -> ImportTold:
    troubles = [Trouble(problem.line, say(problem.message)) for problem in imported.problems]
    return ImportTold(imported.added, imported.known, troubles, imported.not_told)
