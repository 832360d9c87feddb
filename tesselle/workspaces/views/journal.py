"""Who did what, when: of the workspace, for its managers; of the installation, for the operator."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_GET

from tesselle.journal import selectors
from tesselle.journal.models import Entry
from tesselle.journal.selectors import Wanted
from tesselle.journal.words import subjects
from tesselle.web.cells import as_csv
from tesselle.web.page_clock import Clock
from tesselle.web.sentences import say
from tesselle.workspaces.access import Right, member_of, operator_of
from tesselle.workspaces.clocks import clock_of
from tesselle.workspaces.journal_pages import ITSELF, lines
from tesselle.workspaces.selectors import members_of
from tesselle.workspaces.sign_in.openings import in_own_zone

ITSELF_CODE = "tesselle"


@in_own_zone
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    people = [(str(one.user_id), str(one.user)) for one in members_of(member.workspace)]
    kinds = [kind for kind in subjects() if kind not in selectors.OF_INSTALLATION]
    values: dict[str, object] = {
        "export_url": reverse("workspaces:journal_export"),
        "people": [*people, (ITSELF_CODE, ITSELF)],
    }
    return _page(request, _wanted(request, member.workspace_id), values, kinds, clock_of(member.workspace))


@in_own_zone
@require_GET
def of_installation(request: HttpRequest) -> HttpResponse:
    operator_of(request)
    values: dict[str, object] = {"is_of_installation": True, "people": []}
    return _page(request, _wanted(request, None), values, list(selectors.OF_INSTALLATION), Clock())


@in_own_zone
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """What the page is narrowed to, as a table for other programs."""
    member = member_of(request, Right.MANAGE)
    head = [
        pgettext("journal column", "When"),
        pgettext("journal column", "Who"),
        pgettext("journal column", "What"),
        pgettext("journal column", "Kind"),
        pgettext("journal column", "About"),
        gettext("Code"),
    ]
    text = as_csv(head, _rows(_wanted(request, member.workspace_id), clock_of(member.workspace)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="journal-{day}.csv"'
    return response


def _rows(wanted: Wanted, clock: Clock) -> Iterator[list[str]]:
    batch: list[Entry] = []
    for entry in selectors.exported(wanted):
        batch.append(entry)
        if len(batch) == 2000:
            yield from _cells(batch, clock)
            batch = []
    yield from _cells(batch, clock)


def _cells(batch: list[Entry], clock: Clock) -> Iterator[list[str]]:
    for entry, line in zip(batch, lines(batch, clock), strict=True):
        at = timezone.localtime(line.at).isoformat(timespec="seconds")
        yield [at, line.who, line.what, line.kind_word, line.subject, entry.verb]


def _wanted(request: HttpRequest, workspace_id: int | None) -> Wanted:
    """Read from the address; what makes no sense narrows nothing."""
    person = request.GET.get("person", "")
    kind = request.GET.get("kind", "")
    return Wanted(
        workspace_id,
        person_id=_number(person),
        nobody=person == ITSELF_CODE,
        kind=kind if kind in subjects() else "",
        subject_id=_number(request.GET.get("subject", "")),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _page(
    request: HttpRequest, wanted: Wanted, values: dict[str, object], kinds: list[str], clock: Clock
) -> HttpResponse:
    before = _number(request.GET.get("before", ""))
    found = selectors.page(wanted, before)
    values |= {
        "lines": lines(found.entries, clock),
        "older": found.older,
        "is_newest": not before,
        "wanted": wanted,
        "person": ITSELF_CODE if wanted.nobody else str(wanted.person_id or ""),
        "kinds": [(kind, say(subjects()[kind].word)) for kind in kinds],
        "is_narrowed": any((wanted.person_id, wanted.nobody, wanted.kind, wanted.subject_id)),
    }
    return render(request, "workspaces/journal.html", values)
