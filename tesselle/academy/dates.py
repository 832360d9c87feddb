"""Days and lengths of time, as the pages and documents of a path write them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.models import Path
from tesselle.web.dates import written


def today(path: Path) -> date:
    """The work of a person is done on real days: not on those of a practice clock."""
    return timezone.localtime(timezone.now(), path.workspace.tz).date()


def day(instant: date | datetime | None) -> str:
    if instant is None:
        return ""
    if isinstance(instant, datetime):
        instant = timezone.localtime(instant).date()
    return written(instant, pgettext("date format", "j F Y"))


def length(minutes: int) -> str:
    """90 -> 1 h 30."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        return sign + ngettext("%(counted)s min", "%(counted)s min", rest) % {"counted": rest}
    if not rest:
        return sign + gettext("%(hours)s h") % {"hours": hours}
    return sign + gettext("%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{rest:02}"}
