"""Which posts a page of figures looks at, from its address."""

from django.http import HttpRequest

from tesselle.domain.indicators import AGES
from tesselle.measure.pages import PERIODS
from tesselle.measure.selectors import Window
from tesselle.workspaces.models import Workspace

USUAL_AGE = 7


def window_of(request: HttpRequest, workspace: Workspace) -> Window:
    """What the address asks for; anything else means four weeks, at seven days."""
    days, age = (request.GET.get(name, "") for name in ("days", "age"))
    return Window(
        days=int(days) if days in map(str, PERIODS) else PERIODS[0],
        age_days=int(age) if age in map(str, AGES) else USUAL_AGE,
        now=workspace.now(),
    )
