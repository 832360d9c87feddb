"""Everything that is planned, as a table that can be brought back in: one row for each channel a post goes to."""

import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, pgettext

from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan.calendar.moving import local_of
from tesselle.plan.calendar.outings import GROUPS
from tesselle.plan.rhythm.names import ChannelNames
from tesselle.plan.selectors import Wanted, listed
from tesselle.web.cells import escape_cell
from tesselle.web.states import look
from tesselle.workspaces.models import Workspace

AHEAD = [state.value for name in ("planned", "under_way", "needs") for state in GROUPS[name]]
MOST_ROWS = 20_000


def head() -> list[str]:
    """The first eight are what an import reads."""
    return [
        pgettext("heading of a table", "date"),
        pgettext("heading of a table", "time"),
        pgettext("heading of a table", "text"),
        pgettext("heading of a table", "title"),
        pgettext("heading of a table", "link"),
        pgettext("heading of a table", "channel"),
        pgettext("heading of a table", "pillar"),
        pgettext("heading of a table", "campaign"),
        gettext("time zone"),
        gettext("state"),
        gettext("pictures"),
    ]


def planned_rows(workspace: Workspace, wanted: Wanted) -> Iterator[list[str]]:
    """As the list is narrowed; without a state: all that is still to come. The next one first."""
    rows = listed(workspace, wanted).filter(purpose=Purpose.POST)
    if not wanted.state:
        rows = rows.filter(state__in=AHEAD)
    joined = rows.select_related("workspace", "channel", "variant", "post__pillar", "post__campaign")
    names = ChannelNames.of(workspace)
    for row in joined.order_by("due_at", "id")[:MOST_ROWS]:
        yield _cells(row, names)


def _cells(row: Delivery, names: ChannelNames) -> list[str]:
    content, local, post = row.content, local_of(row), row.post
    pillar, campaign = (post.pillar, post.campaign) if post else (None, None)
    return [
        f"{local:%Y-%m-%d}",
        f"{local:%H:%M}",
        "\n\n".join(content.texts),
        content.title,
        content.link,
        names.write(row.channel),
        pillar.name if pillar else "",
        campaign.name if campaign else "",
        row.zone or row.workspace.zone,
        str(look(row.state).word),
        str(len(content.media)) if content.media else "",
    ]


def as_workbook(heading: Sequence[str], rows: Iterator[list[str]]) -> bytes:
    import openpyxl  # only who asks for a workbook needs it
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Tesselle")
    for row in (heading, *rows):
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", escape_cell(cell)) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
