"""What is to be done by hand, on its day in the calendar: told apart from posts, and leading to its page."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from tesselle.plan.layers import BY_HAND, BY_HAND_DONE, DayMarks, Mark, Stretch
from tesselle.plan.models import ByHand
from tesselle.web.addresses import address_of
from tesselle.web.kept_query import SOME_ID, SOME_TIME, KeptQuery

AT_MOST = 500

_BEGIN, _END = SOME_TIME, SOME_TIME + timedelta(days=1)
_by_hand = KeptQuery(
    lambda: (
        ByHand.objects.filter(workspace=SOME_ID, due_at__gte=_BEGIN, due_at__lt=_END)
        .filter(called_off_at=None, post__deleted_at=None)
        .order_by("due_at", "id")
        .values_list("id", "due_at", "where", "done_at")[:AT_MOST]
    )
)


def by_hand_marks(stretch: Stretch) -> Mapping[date, DayMarks]:
    """Of the workspace's days; what is done stays, and says so."""
    zone, page = stretch.workspace.tz, address_of("plan:by_hand", "by_hand_id")
    rows = _by_hand.rows({SOME_ID: stretch.workspace.pk, _BEGIN: stretch.start, _END: stretch.end})
    found = {}
    for day, some in groupby(rows, key=lambda row: row[1].astimezone(zone).date()):
        marks = [
            Mark(at, 0, where, page(pk), BY_HAND_DONE if done_at else BY_HAND)
            for pk, at, where, done_at in some
        ]
        found[day] = DayMarks(len(marks), tuple(marks[: stretch.per_day]))
    return found
